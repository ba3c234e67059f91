"""Exports of tools that nobody prepared for: without a mapping, what is known comes back."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from calibration import calibrate
from calibration.backtest import Playing, backtest
from calibration.cleaning import log_findings
from calibration.exports.columns import guessed
from calibration.exports.counts import parsed_counts
from calibration.exports.dates import parsed_times, pattern_of
from calibration.exports.history import steps_of
from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Cleaning, Dates, load_mapping
from calibration.exports.routes import ON_THE_WAY
from calibration.exports.source import Source, categories
from calibration.exports.synonyms import kind_of_state, rank_of_priority
from calibration.fit.cases import cases_of
from calibration.fit.visits import visits_of
from calibration.quality import MEASURES, FitRow, told
from results.learnt import is_assumed
from scenarios import load
from scenarios.errors import BadInput
from tests.calibration.foreign import (
    ACTIVE,
    DESK,
    RESOLVED,
    Ticket,
    freshservice,
    german,
    one_cell,
    organisation,
    zendesk,
)

SHAPES: dict[str, Callable[[Path, list[Ticket]], Path]] = {
    "epochs": zendesk,
    "twelve hours": freshservice,
    "German": german,
    "one cell": one_cell,
}


@pytest.fixture(scope="module")
def truth() -> list[Ticket]:
    return organisation()


@pytest.fixture(scope="module", params=SHAPES)
def shape(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def log(shape: str, truth: list[Ticket], tmp_path_factory: pytest.TempPathFactory) -> TicketLog:
    path = SHAPES[shape](tmp_path_factory.mktemp("foreign") / "tickets.csv", truth)
    given = load_mapping("auto")
    return read_log(path, given.model_copy(update={"dates": Dates(zone="Europe/Berlin")}))


@pytest.fixture(scope="module")
def cases(log: TicketLog) -> pd.DataFrame:
    found = cases_of(log)
    return found.set_index(found["case"].str.extract(r"(\d+)$")[0].astype(int)).sort_index()


def test_times_are_those_that_passed(cases: pd.DataFrame, truth: list[Ticket], shape: str) -> None:
    if shape == "one cell":  # its states tell an earlier resolution of tickets that are open again
        truth = [one for one in truth if one.last(RESOLVED) or not one.reopens]
        assert len(truth) > 3200
        cases = cases.loc[[one.number for one in truth]]
    known = pd.Series({one.number: one.hours for one in truth})
    opened = pd.Series({one.number: pd.Timestamp(one.opened) for one in truth})
    assert (cases["opened"].dt.floor("min") == opened.dt.floor("min")).all()
    assert (cases["hours"].isna() == known.isna()).all()
    over = opened < pd.Timestamp("2026-03-29")
    over &= opened + pd.to_timedelta(known, unit="h") > pd.Timestamp("2026-03-29 03:00")
    assert over.sum() > 10
    # The clock went forward: an hour less than it shows has passed.
    assert (cases["hours"] - known + over).abs().max() < 0.02


def test_priorities_kinds_and_categories_are_those_of_the_export(
    cases: pd.DataFrame, truth: list[Ticket], shape: str
) -> None:
    assert cases["priority"].tolist() == [one.priority for one in truth]
    if shape in ("epochs", "one cell"):
        assert not cases["request"].any()
        return
    assert cases["request"].tolist() == [one.request for one in truth]
    assert cases["category"].tolist() == [one.category for one in truth]


def test_teams_handoffs_and_reopenings_are_those_of_the_export(
    log: TicketLog, cases: pd.DataFrame, truth: list[Ticket], shape: str
) -> None:
    last = log.rows.groupby("case", sort=False)["team"].last()
    number = last.index.str.extract(r"(\d+)$")[0].astype(int)
    assert dict(zip(number, last, strict=True)) == {one.number: one.team for one in truth}
    if shape in ("twelve hours", "one cell"):
        return
    assert cases["handoffs"].tolist() == [one.handoffs for one in truth]
    again = [one.reopens > 0 and one.events[-1][1] != ACTIVE for one in truth]
    assert sum((cases["reopens"] > 0).to_numpy() != again) <= 10


def test_what_an_export_does_not_tell_is_not_compared(log: TicketLog, shape: str) -> None:
    """A list without a count of reassignments has no handoffs to agree with."""
    rows = told(log, [FitRow(name, 0.5, 0.5, unit, 0.4, 0.6) for name, unit, _ in MEASURES])
    silent = {row.measure for row in rows if row.log is None}
    handoffs = {name for name, *_ in MEASURES if "handoff" in name.casefold()}
    assert silent == {
        "twelve hours": {*handoffs, "Settled at first contact", "Reopened"},
        "one cell": {*handoffs, "Settled at first contact"},
    }.get(shape, set())
    assert len(handoffs) == 8
    assert all(row.judgement == ("" if row.log is None else "good") for row in rows)


def test_findings_say_what_was_made_of_it(log: TicketLog, cases: pd.DataFrame, shape: str) -> None:
    found = [*log.findings, *log_findings(log, cases_of(log))]
    told = {item.name: item.text for item in found}
    assert not {"unknown_priority", "priority_not_faster", "business_hours_clock"} & set(told)
    assert log.rejects == []
    assert "2026-03-29" in told["clock_changes"]
    if shape == "German":
        assert "'Wartend / Rückmeldung des Anwenders' for the user" in told["waiting_states"]
        assert told["end_states"] == "Taken by their names: 'Gelöst' as resolved; 'Geschlossen' as closed."
        assert RESOLVED not in log.rows["state"].to_numpy()
    elif shape == "one cell":
        assert "'Historique des statuts'" in told["history_cells"]
        assert "'En attente utilisateur' for the user" in told["waiting_states"]
        assert told["end_states"] == "Taken by their names: 'Résolu' as resolved; 'Clos' as closed."
    else:
        assert "list_export" in told
    if shape == "twelve hours":
        assert told["sla_values"].startswith("Taken as a kept service level: 'Within SLA'; as a missed one")
        assert cases["made_sla"].dropna().eq(cases["hours"].dropna() <= 48).mean() > 0.99
    assert "Please help" not in " ".join(str(item) for item in found)
    assert "Geht nicht" not in " ".join(str(item) for item in found)


def test_a_list_with_a_count_of_reassignments_has_routes_unless_the_mapping_forbids_it(
    truth: list[Ticket], tmp_path: Path
) -> None:
    """The desk ends all tickets that never change teams, so that it is where the others would begin."""
    path = zendesk(tmp_path / "tickets.csv", truth)
    given = load_mapping("auto")
    log = read_log(path, given.model_copy(update={"cleaning": Cleaning(list_routes=False)}))
    assert "list_route" not in {item.name for item in log.findings}
    assert visits_of(log, cases_of(log))["first"].all()

    log = read_log(path, given)
    told = {item.name: item.text for item in log.findings}
    assert "begin at the team that ended 100% of those that never did" in told["list_route"]
    assert "shown by no row" in told["list_route"]
    visits = visits_of(log, cases_of(log))
    assert visits.loc[visits["first"], "team"].eq(DESK).all()
    assert (visits["hidden"] + ~visits["first"]).sum() == sum(one.handoffs for one in truth)
    assert (visits["hours"].dropna() >= 0).all()
    # What a ticket took in all is the list's.
    took = visits.groupby("case")["hours"].sum()
    known = cases_of(log).set_index("case")["hours"].dropna()
    assert took[known.index].to_numpy() == pytest.approx(known.to_numpy(), abs=0.01)
    first = visits[visits["first"]].set_index("case")["hours"][known.index]
    count = visits.groupby("case").size()[known.index]
    assert (first <= known / count + 0.01).all()


def test_a_list_without_numbers_has_a_ticket_a_row(truth: list[Ticket], tmp_path: Path) -> None:
    path = zendesk(tmp_path / "tickets.csv", truth)
    cells = pd.read_csv(path, dtype=str)
    bare = tmp_path / "bare.csv"
    cells.drop(columns=[cells.columns[0]]).to_csv(bare, index=False)
    log = read_log(bare, load_mapping("auto"))
    assert "rows_as_tickets" in {item.name for item in log.findings}
    assert len(cases_of(log)) == len(cells)
    # The mapping that was used reads it again in the same way; a history without numbers is refused.
    assert len(cases_of(read_log(bare, log.mapping))) == len(cells)
    pd.concat([cells, cells]).drop(columns=[cells.columns[0]]).to_csv(bare, index=False)
    with pytest.raises(BadInput, match="no column case"):
        read_log(bare, load_mapping("auto"))


def test_where_no_team_ends_most_of_the_others_the_first_one_is_not_known(
    truth: list[Ticket], tmp_path: Path
) -> None:
    path = zendesk(tmp_path / "tickets.csv", [one for one in truth if one.handoffs])
    log = read_log(path, load_mapping("auto"))
    told = {item.name: item.text for item in log.findings}
    assert "begin at a team that is not known" in told["list_route"]
    visits = visits_of(log, cases_of(log))
    assert visits.loc[visits["first"], "team"].eq(ON_THE_WAY).all()


@pytest.mark.parametrize("form", [zendesk, one_cell])
def test_a_base_is_learnt_and_tested_with_the_mapping_that_it_remembers(
    truth: list[Ticket], tmp_path: Path, form: Callable[[Path, list[Ticket]], Path]
) -> None:
    path = form(tmp_path / "tickets.csv", truth)
    base = tmp_path / "real.yaml"
    calibrate(path, "auto", base, holdout=0.3, replay=False)
    again = calibrate(
        path, str(tmp_path / "real.mapping.yaml"), tmp_path / "again.yaml", holdout=0.3, replay=False
    )
    assert again.path.read_text(encoding="utf-8") == base.read_text(encoding="utf-8")
    found = backtest(str(base), path, wanted=Playing(2))
    assert found.resolved > 800
    assert is_assumed("handoffs_per_incident", load(str(base)).assumed)  # no row shows from whom to whom
    assert not is_assumed("reopen_share", load(str(base)).assumed)
    counted = form is zendesk  # the others tell nothing of handoffs, and are not judged by them
    assert ("handoffs_per_incident" in base.read_text(encoding="utf-8")) == counted
    assert (found.medians[0].log is not None) == (found.reassignments["0"].log is not None) == counted
    assert any(check.name.startswith("handoff_median") for check in found.checks) == counted
    assert any("does not tell reassignments" in note for note in found.notes) != counted


DATE = "12.01.2026 08:25"
HEADERS = {
    "Remedy": (
        "Incident ID*+=case, Summary*, Status*=state, Status Reason=substate, Priority*=priority, "
        "Assigned Group*+=team, Assignee+=person, Reported Date+=opened, Last Resolved Date=resolved, "
        "Closed Date=closed, Last Modified Date=time, Operational Categorization Tier 1=category, "
        "Group Transfers=reassignments, Customer=caller"
    ),
    "GLPI": (
        "ID=case, Titre, Statut=state, Dernière modification=time, Date d'ouverture=opened, "
        "Priorité=priority, Demandeur - Demandeur=caller, Assigné à - Technicien=person, Catégorie=category, "
        "Assigné à - Groupe de techniciens=team, Date de résolution=resolved, Date de clôture=closed"
    ),
    "TOPdesk": (
        "Incident number=case, Creation date=opened, Closure date=closed, Operator group=team, "
        "Operator=person, Status=state, Category=category, Subcategory=subcategory, Target date, "
        "Caller=caller, Completed"
    ),
    "OTRS": "Ticket#=case, Age, Created=opened, Closed=closed, State=state, Queue=team, Lock",
    "Ivanti": (
        "IncidentNumber=case, CreatedDateTime=opened, ResolvedDateTime=resolved, ClosedDateTime=closed, "
        "OwnerTeam=team, Owner=person, Status=state, Priority=priority, Category=category"
    ),
    "Spanish": (
        "Número de ticket=case, Fecha de creación=opened, Fecha de resolución=resolved, Estado=state, "
        "Fecha de cierre=closed, Prioridad=priority, Grupo asignado=team, Asignado a=person"
    ),
    "iTop": (
        "Ref=case, Statut=state, Demandeur->Nom complet=caller, Equipe->Nom=team, Priorité=priority, "
        "Agent->Nom complet=person, Service->Nom=category, Date de début=opened, Date de fermeture=closed, "
        "Date de dernière mise à jour=time, Date de résolution=resolved, Organisation->Nom"
    ),
    "SysAid": (
        "#=case, Title, Status=state, Request user=caller, Assigned to=person, Admin group=team, "
        "Request time=opened, Due Date, Close time=closed, Modify time=time, Category=category"
    ),
    "SMAX": (
        "Id=case, CreateTime=opened, SolvedTime=resolved, CloseTime=closed, LastUpdateTime=time, "
        "Status=state, Priority=priority, AssignedToGroup=team, AssignedToPerson=person, "
        "RequestedByPerson=caller, RegisteredForActualService=category, ImpactScope=impact"
    ),
    "Salesforce": (
        "Case Number=case, Case Owner=person, Status=state, Priority=priority, Case Origin=channel, "
        "Date/Time Opened=opened, Date/Time Closed=closed, Case Record Type=kind, Case Reason=category, "
        "Contact Name=caller"
    ),
    "ServiceDesk Plus": (
        "Request ID=case, Requester=caller, Request Type=kind, Created Time=opened, DueBy Time, "
        "Resolved Time=resolved, Completed Time=closed, Technician=person, Group=team, Priority=priority"
    ),
    "a duration": "Id=case, Created=opened, Resolution time, Closed=closed, Group=team, Queue=category",
}
"""Columns of tools, and what each of them is."""


@pytest.mark.parametrize("tool", HEADERS)
def test_columns_are_recognised_by_name_and_content(tool: str) -> None:
    parts = [part.strip().partition("=") for part in HEADERS[tool].split(",")]
    wanted = {canonical: column for column, _, canonical in parts if canonical}
    dated = {"time", "opened", "resolved", "closed"}
    row = {
        column: DATE if canonical in dated else "2" if canonical == "reassignments" else f"value {number}"
        for number, (column, _, canonical) in enumerate(parts)
    }
    row |= {column: "5:30" for column in ("Resolution time", "Age") if column in row}
    row |= {"Completed": "true"} if "Completed" in row else {}
    cells = categories(pd.DataFrame([row, row], dtype=object))
    assert guessed(Source("x.csv", "", "UTF-8", cells, ()), [""])[0] == wanted


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("1768202707", "2026-01-12 08:25:07"),
        ("1768202707123", "2026-01-12 08:25:07.123"),
        ("Jan 12, 2026 3:45 PM", "2026-01-12 15:45"),
        ("January 12 2026", "2026-01-12"),
        ("2026-01-12 07:25 UTC", "2026-01-12 08:25"),
        ("2026-01-12 09:25:00 +02:00", "2026-01-12 08:25"),
        ("12-Jan-2026 08:25:00 AM", "2026-01-12 08:25"),
        ("Jan  1 2026  8:25PM", "2026-01-01 20:25"),
        ("12/01/2026 à 08:25", "2026-01-12 08:25"),
        ("12/01/2026 8h25", "2026-01-12 08:25"),
        ("lundi 1er décembre 2025 08:25", "2025-12-01 08:25"),
        ("12 de enero de 2026, 8:25 p. m.", "2026-01-12 20:25"),
        ("Mo, 12. Jänner 2026, 08:25 Uhr", "2026-01-12 08:25"),
        ("Mon, 12 Jan 2026 08:25:07 +0100", "2026-01-12 08:25:07"),
        ("Mon Jan 12 08:25:07 CET 2026", "2026-01-12 08:25:07"),
        ("Monday, January 12, 2026 08:25 PM", "2026-01-12 20:25"),
        ("20260112T072507Z", "2026-01-12 08:25:07"),
        ("20260112082507", "2026-01-12 08:25:07"),
    ],
)
def test_dates_in_many_ways(text: str, local: str) -> None:
    pattern = pattern_of(text)
    assert pattern is not None
    dates = Dates(zone="Europe/Berlin", formats=[pattern[0]])
    assert parsed_times(pd.Series([text]), dates)[0] == pd.Timestamp(local)


@pytest.mark.parametrize(
    "cell",
    [
        "Neu 12.01.2026 08:25 | In Arbeit 12.01.2026 09:00",
        "12.01.2026 08:25: Neu; 12.01.2026 09:00: In Arbeit",
        "[12.01.2026 08:25] Offen -> Neu\n[12.01.2026 09:00] Neu -> In Arbeit",
        "Neu (12.01.2026 08:25); without a time; In Arbeit (12.01.2026 09:00)",
    ],
)
def test_steps_in_one_cell(cell: str) -> None:
    assert steps_of(cell) == [("12.01.2026 08:25", "Neu"), ("12.01.2026 09:00", "In Arbeit")]


def test_a_ticket_number_is_no_time() -> None:
    assert [pattern_of(text) for text in ("12345", "9999999999", "20260112", "0012345678")] == [None] * 4
    words = ("20261312082507", "1 problem 2026", "on 12 January", "at 8h25", "", "a", "12 uhr", "Mo 12")
    assert [pattern_of(text) for text in words] == [None] * len(words)


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["0,25", "1,5", "2"], [0.25, 1.5, 2.0]),
        (["1,234", "12,000.5"], [1234.0, 12000.5]),
        (["5:30", "26:00:36", "-", "-1"], [5.5, 26.01, None, None]),
    ],
)
def test_numbers_in_many_ways(texts: list[str], numbers: list[float | None]) -> None:
    found = parsed_counts(pd.Series(texts, dtype=object))
    assert [None if pd.isna(value) else value for value in found] == numbers


@pytest.mark.parametrize(
    ("word", "rank"),
    [
        ("Kritisch", 1),
        ("hoch", 2),
        ("Mittel", 3),
        ("Niedrig", 4),
        ("Très haute", 1),
        ("Élevée", 2),
        ("1-Crítica", 1),
    ],
)
def test_words_for_priorities(word: str, rank: int) -> None:
    assert rank_of_priority(word) == rank


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("Warten auf Rückmeldung des Kunden", "user_wait"), ("Wartend", "user_wait"),
        ("Beim Hersteller", None),
        ("En attente fournisseur", "other_wait"), ("Nicht gelöst", None), ("Erledigt", "resolved"),
        ("Résolu", "resolved"), ("Clôturé", "closed"), ("Wiedereröffnet", None), ("Hold", "other_wait"),
    ],
)  # fmt: skip
def test_words_for_states(state: str, kind: str | None) -> None:
    assert kind_of_state(state) == kind
