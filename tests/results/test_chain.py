"""From a missed target back to the process and the levers."""

from results.catalogue import OUTCOMES
from results.compare import Comparison, compare_runs
from results.explain.chain import PROCESSES, Lever, walks
from results.summary import summarise
from sim.spec.calendars import DAY
from tests.results.diary import target
from tests.results.organisation import history, model, prices


def compared(process: str) -> Comparison:
    quick = target("handoffs_per_incident", 0.7, name="quick", end=28 * DAY, process=process, outcome="Quick")
    return compare_runs(
        {
            name: [summarise(model(), prices(), (quick,), history(name, number)) for number in range(4)]
            for name in ("base", "silos")
        }
    )


LEVERS = (
    Lever("6 of 10 handoffs go to a wrong team", ("categories.faults.misrouting",)),
    Lever("Approvals take longer", ("requests.access.approval.time.mean",)),
)


def test_a_missed_target_leads_to_its_process_and_its_levers() -> None:
    found = compared("Incident management")
    (walk,) = walks(found, found.scenarios["silos"], LEVERS)
    assert walk.process == "Incident management"
    (missed,) = walk.missed
    assert missed.startswith("objective: Quick. Met in 0 of 4 futures, in the base in ")
    assert "handoffs between teams per incident" in walk.moved
    assert "worse" in walk.moved
    assert walk.levers == "Levers that act on it: 6 of 10 handoffs go to a wrong team."


def test_a_process_that_no_lever_touches_says_so() -> None:
    found = compared("Problem management")
    (walk,) = walks(found, found.scenarios["silos"], LEVERS)
    assert walk.moved == "nothing moved clearly."
    assert walk.levers.startswith("No lever of this scenario acts on this process")


def test_a_target_that_is_met_is_not_walked_back() -> None:
    easy = target("handoffs_per_incident", 99.0, name="easy", end=28 * DAY)
    played = [summarise(model(), prices(), (easy,), history("base", number)) for number in range(2)]
    found = compare_runs({"base": played, "other": played})
    assert walks(found, found.scenarios["other"], LEVERS) == []


def test_measures_of_processes_exist() -> None:
    assert {name for measures, _ in PROCESSES.values() for name in measures} <= set(OUTCOMES)
