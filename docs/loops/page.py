"""The page docs/loops.md: each loop in plain words, with what was measured and its picture."""

from __future__ import annotations

from collections.abc import Mapping

from docs.loops.experiments import HERE, LOOPS, Effect, Loop, Measured

PAGE = HERE.parent / "loops.md"

HEAD = """<!-- Made by `python -m docs.loops`: change it there. -->

# Seven loops that feed themselves

Most of what goes wrong between IT and the business goes wrong slowly, because a consequence comes back to
its cause. Nothing of this is built in as a result: it comes out of queues, people and chance. For each
loop this page says what moves it, what breaks it and which lever a planner has, and shows it in a small
organisation made for the purpose. These are files in `docs/loops`, which you may play and change:

```console
$ watermelon show docs/loops/team.yaml
$ watermelon compare docs/loops/team.yaml docs/loops/bad_quarter.yaml -r 5 --set requests.wishes.demand=1.3
$ watermelon run docs/loops/hotline.yaml -r 5 --set teams.hotline.people.strain_effect=0
```

They are exercises, not companies: their numbers are assumed, chosen so that a loop shows within a year or
two, with strong effects. What your own organisation does is to be seen with your own base.

## How each was measured

One lever is moved, and the outcome at the far end of the loop is compared under the same luck. Then one
link of the loop is cut and the same lever is moved again. What the lever does more with the link than
without is what the loop adds. Means of paired differences with 95% intervals, seed 1; the tests play the
same again.

| loop | lever | outcome | with the loop | with the link cut | the loop adds |
| --- | --- | --- | ---: | ---: | ---: |
"""

PICTURES = {
    "Firefighting trap": (
        "trap",
        "paths",
        "worse-before-better",
    ),
    "Change": ("change",),
    "Prevention": ("prevention",),
    "People": ("people",),
    "Silo": ("silo",),
    "Debt": ("debt",),
    "Measurement": ("measurement",),
}
"""Loop -> its pictures."""

ALT = {
    "trap": "Futures trapped, by requests a week: none at 36, all at 76, more after a bad quarter",
    "paths": "Share of firefighting after a bad quarter: half return to a third, the others climb",
    "worse-before-better": "Open tickets with a ring-fence less without: more for a year, then ever fewer",
    "change": "Firefighting by requests a week: it rises with the loop, hardly without",
    "prevention": "Time to solve a problem: it falls, or rises if hours for problems are fixed",
    "people": "Overload against incidents a week: twice as steep where the overloaded leave",
    "silo": "Handoffs to a wrong team by work lost at handoffs: they rise with the loop alone",
    "debt": "Maintenance overdue by week: it stays with the loop, and is worked off without",
    "measurement": "Mean time to restore falls while more customers are lost",
}

WORDS = {
    "Firefighting trap": """\
Tickets come first, prevention gets what is left. While something is left, faults go as fast as
they come. Beyond a certain load they don't: faults bring incidents, incidents take what time there was, and
the team ends up doing nothing but repairs.

There is no gentle slope in between but a **tipping point**. Below some 40 requests a week this team
shakes off a bad quarter; above some 70 it is lost even without one. In between its past decides: with 52
requests a week, about half of its futures go back to a third of firefighting after one bad quarter, and
the others have not done so three years on, although the load is long back to what it was. Trapped means
here: less than five hours a week for planned work in the last half of three years. The model sets the
trap no bottom: a trapped team's backlog grows without end, because its users never stop asking and nobody
comes to help.

*What moves it*: load, whatever it comes from; maintenance put off. *What breaks it*: time for prevention
that tickets cannot take. *Lever*: `teams.NAME.ring_fenced`. It is **worse before it is better**: with one
of four people ring-fenced in a congested team, more tickets are open for over a year, because fewer
people answer them; then the faults that are gone are felt. (The share of firefighting falls at once; it
is the queue that gets worse.) Who judges after a quarter ends the cure.""",
    "Change": """\
A team that is overloaded tests less, puts more into one change, skips approval, and steps on its
own toes. More changes fail; each failure is an incident, something to undo and something to build again; so
the team is more overloaded. In the picture requests alone are moved, which are no firefighting at all.

*What moves it*: anything that fills the week. *What breaks it*: tests that do not depend on anybody's
mood, small batches, approval that is quick enough not to be skipped. *Levers*:
`change_enablement.test_automation`, `initiatives[*].parts[*].batch`, `change_enablement.meetings` and
`capacity`. Under very heavy load the effect turns round, because a team that only fights fires delivers
too few changes to break much.""",
    "Prevention": """\
The firefighting trap run backwards. Asking more often why something keeps happening means more
problems to solve, and one would think that each takes longer. With a specialist of fixed hours it does. In
the team that also answers the incidents it is the other way round: faults that are gone bring no incidents,
and their time goes into the next problem.

*What moves it*: problem management, better diagnosis. *What breaks it*: that those who investigate have
nothing from fewer incidents, or that the time saved is taken away as a saving. *Levers*:
`problems.maturity`, `faults[*].finds_cause`. The incidents themselves become fewer either way; that the
loop adds to this as well is not clear in as few futures as these, because some of them are in the trap.""",
    "People": """\
Who is overloaded leaves sooner. Until somebody new has been found and has learnt, the others do
the work, with less knowledge, and are overloaded more. Here a fifth more incidents bring about twice the
overload that they would bring if nobody left because of it.

*What moves it*: load, vacancies that stay open. *What breaks it*: slack, quick hiring, knowledge that is
written down. *Levers*: `teams.NAME.seats`, `people.vacancy`, `people.written_down`, `people.learning`.""",
    "Silo": """\
What gets lost at a handoff is worked out again. Incidents take longer, more of them are open at
once, and people in a hurry pass them on without looking where they belong: to the wrong team, which costs a
handoff more. Nothing but the cost of a handoff is moved here, and the *number* of handoffs rises.

*What moves it*: context lost, slow handoffs, wrong beliefs about who owns what. *What breaks it*: tickets
that carry their story, teams that work together instead of in turn. *Levers*:
`categories[*].context_loss`, `handoff_delay`, `misrouting`, `second_team.swarming`. How much an
overloaded team misroutes is `misrouting_pressure`. It is 0 unless a base says otherwise, and the shipped
bases do not: in them this loop stays open.""",
    "Debt": """\
Maintenance waits when tickets are many. What is overdue brings new faults, and findings of
auditors that have to be mended; both take the time in which it could have been made good. Without these
consequences most futures work the arrears off within a few months; with them the arrears of one bad quarter
are there nine months later and still growing, because some futures have tipped into the firefighting trap.

*What moves it*: whatever postpones maintenance, such as a project or a freeze. *What breaks it*: catching
up at once while the arrears are small. *Levers*: `teams.NAME.ring_fenced`,
`changes[purpose=maintenance].demand`.""",
    "Measurement": """\
A team that is rewarded for closed tickets takes the easy ones first. That is quicker on average,
and the dashboard says so. But the ones that matter are rarely the easy ones: they wait, and customers
leave. If all work is alike there is nothing to pick, and no more customers leave than before, rather a few
less.

*What moves it*: how people are judged, and how unequal the work is. *What breaks it*: working by what an
hour of waiting costs the business. *Levers*: `teams[*].policy` (`business_impact`),
`services[*].believed_weight`.

This is the one loop that the model plays only in part. That a green dashboard makes managers keep the
reward is left to you: nobody in the model changes the policy because of it. We also tried whether short
jobs first keeps causes from being found (an investigation is a long job), so that incidents come back: in
`team.yaml` it made no difference that is clear of zero.""",
}


def number(value: float) -> str:
    """Three digits, with thousands apart and a real minus."""
    digits = 0 if abs(value) >= 99.5 else 1 if abs(value) >= 9.95 else 2
    text = f"{value:,.{digits}f}"
    return f"{0:.{digits}f}" if float(text.replace(",", "")) == 0 else text.replace("-", "−")


def told(effect: Effect) -> str:
    """A difference with its interval."""
    sign = "+" if effect.mean > 0 and number(effect.mean).strip("0.") else ""
    return f"{sign}{number(effect.mean)} ({number(effect.low)} to {number(effect.high)})"


def row(loop: Loop, measured: Measured) -> str:
    """A loop's line of the table."""
    cells = (
        f"[{loop.name}](#{loop.name.lower().replace(' ', '-')})",
        loop.moved,
        loop.what if loop.unit in loop.what else f"{loop.what}, {loop.unit}",
        told(measured.with_link),
        f"{told(measured.without)}: {loop.without}",
        told(measured.added),
    )
    return f"| {' | '.join(cells)} |"


def page(measured: Mapping[str, Measured]) -> str:
    """The whole page."""
    parts = [HEAD + "\n".join(row(loop, measured[loop.name]) for loop in LOOPS)]
    for loop in LOOPS:
        shown = "\n\n".join(f"![{ALT[name]}](images/loop-{name}.svg)" for name in PICTURES[loop.name])
        parts.append(f"## {loop.name}\n\n**{loop.sentence}.**\n\n{WORDS[loop.name]}\n\n{shown}")
    return "\n\n".join(parts) + "\n"
