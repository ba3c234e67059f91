"""What an appraisal means, in sentences for somebody who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from results.finance.appraisal import Appraisal, Verdicts
from results.finance.assumed import Assumed
from results.finance.drivers import FEWEST, Driver
from results.finance.flows import CLASSES
from results.finance.steps import STEPS, Course
from results.finance.twoway import RATES
from results.statistics.intervals import Probability
from results.wording import money, part
from sim.spec.calendars import Floats

SURE, LIKELY = 0.15, 0.5
"""It pays for sure if the interval of the probability of a loss ends below the first, and probably below the
second; likewise that it does not."""
CLOSE = {
    "stop": "Go ahead for a year, and stop if that year speaks against it: it is a close call.",
    "trial": "Do not decide on all of it yet: do a fifth for a year, the rest if that speaks for it.",
}
"""What to do where nobody can tell yet, and a way in steps is worth more."""
FEW, DECIDING = 32, 128
"""With fewer futures than the first it is said that they are few, and what to play instead."""
SHOWN = 3
"""Assumptions that a case names."""
FIRST = 5
"""Drivers that are told."""

ANSWERS = {
    "pays": "pays",
    "probably pays": "probably pays",
    "open": "may pay or not, nobody can tell yet",
    "probably does not pay": "probably does not pay",
    "does not pay": "does not pay",
    "changes nothing": "changes nothing that is worth money",
}
FREE = {
    "pays": "brings money",
    "probably pays": "probably brings money",
    "open": "may bring or cost money, nobody can tell yet",
    "probably does not pay": "probably loses money",
    "does not pay": "loses money",
}
"""Answers on what nothing is paid for."""
GOOD, BAD = ("pays", "probably pays"), ("does not pay", "probably does not pay")


@dataclass(frozen=True, slots=True)
class Advice:
    """``answer`` is one of ``ANSWERS``, ``words`` what it is called here.

    ``sentence`` says it with its condition, ``decision`` what to do.
    """

    answer: str
    words: str
    sentence: str
    decision: str
    condition: str
    how_sure: tuple[str, ...]
    steps: str
    rests_on: tuple[str, ...]


def advice(verdicts: Verdicts, found: Appraisal, assumed: Mapping[str, Assumed]) -> Advice:
    """What is recommended on one scenario, how sure that is, and what it rests on."""
    answer = _answer(found)
    condition = _condition(found, assumed, answer)
    words = ANSWERS if found.statement.costs.any() else ANSWERS | FREE
    sentence = f"{found.title}: {words[answer]}{condition}."
    return Advice(
        answer,
        words[answer],
        sentence,
        _decision(verdicts, found, assumed, answer),
        condition.strip(" ,;"),
        tuple(_how_sure(verdicts, found)),
        _steps(verdicts, found),
        tuple(_rests_on(verdicts, found, assumed)),
    )


def futures(found: Probability, of: str = "simulated futures") -> str:
    """'in 9 of 10 simulated futures', in the numbers that were played."""
    return f"in {round(found.share * found.n)} of {found.n} {of}"


STRAIGHT = " (by a straight line through all futures; those beyond its zero do not bear it out)"
"""Said of what regression alone makes of an assumption."""

CASES = {
    "bad": "A bad future, one in ten is worse",
    "middle": "A middling future",
    "good": "A good future, one in ten is better",
}


def case_sentences(found: Appraisal, assumed: Mapping[str, Assumed], currency: str) -> list[str]:
    """Whole futures, each with what its strongest assumptions were."""
    sentences = []
    for item in found.cases:
        values = [
            f"{assumed[name].title}: {assumed[name].text(value)}" for name, value in item.values.items()
        ]
        told = f" ({'; '.join(values[:SHOWN])})" if values else ""
        sentences.append(f"{CASES[item.title]}: {money(item.npv, currency)}{told}.")
    return sentences


def name_of(driver: Driver, assumed: Mapping[str, Assumed]) -> str:
    """What an assumption is called."""
    return assumed[driver.name].title if driver.name in assumed else driver.name


def value_text(driver: Driver, value: float, assumed: Mapping[str, Assumed]) -> str:
    """A value of an assumption with its unit."""
    return assumed[driver.name].text(value) if driver.name in assumed else f"{value:.3g}"


def _answer(found: Appraisal) -> str:
    if not found.statement.npv.any():
        return "changes nothing"
    loss = found.p_loss
    low, high = (0.0, 1.0) if loss.low is None or loss.high is None else (loss.low, loss.high)
    if high < LIKELY:
        return "pays" if high <= SURE else "probably pays"
    if low > LIKELY:
        return "does not pay" if low >= 1.0 - SURE else "probably does not pay"
    return "open"


def _condition(found: Appraisal, assumed: Mapping[str, Assumed], answer: str) -> str:
    if answer in BAD and found.npv.mean > 0:
        return "; a few futures that gain very much make its mean a gain"
    if answer in GOOD and found.npv.mean < 0:
        return "; a few futures that lose very much make its mean a loss"
    turning = next((item for item in found.drivers if item.turns is not None), None)
    if turning is None or turning.turns is None:
        used = turning_use(found) if found.statement.costs.any() else None
        if used is not None:
            return _use_condition(used, answer)
        if answer == "open" or not found.clear_drivers:
            return ""
        where = "the futures that were played" if any(map(_unborne, found.clear_drivers)) else "its range"
        return f"; no single assumption turns that in {where}"
    rises = turning.at_high > turning.at_low
    name, value = name_of(turning, assumed), value_text(turning, turning.turns, assumed)
    if answer == "open":
        return f"; on average it pays with '{name}' {'above' if rises else 'below'} {value}"
    if answer in GOOD:
        return f", unless '{name}' {'stays below' if rises else 'is above'} {value}"
    return f"; it would, on average, with '{name}' {'above' if rises else 'below'} {value}"


def _unborne(driver: Driver) -> bool:
    """Whether only the straight line crosses 0 in the range, and the futures beyond do not bear it out."""
    return driver.turns is None and driver.at_low * driver.at_high < 0


def _use_condition(used: float, answer: str) -> str:
    time = f"{part(used)} of the working time that people get back"
    if answer == "open":
        return f"; on average it pays if more than {time} is used"
    if answer in GOOD:
        return f", unless less than {time} is used"
    return f"; it would, on average, if more than {time} were used"


def _decision(verdicts: Verdicts, found: Appraisal, assumed: Mapping[str, Assumed], answer: str) -> str:
    if answer == "changes nothing":
        return "There is nothing to decide."
    if not found.statement.costs.any() and answer != "open":
        return "Welcome it." if answer in GOOD else "Avoid it."
    if answer == "pays":
        return "Go ahead."
    steps = _best_steps(found)
    if answer == "probably pays":
        way = "in steps" if steps is not None and _clearly_more(steps) else "and look back after a year"
        return f"Go ahead, {way}: it is not certain."
    if answer != "open":
        return "Do not do it as it stands."
    worth = max(found.drivers, key=lambda item: item.known, default=None)
    if verdicts.draws < FEW:
        return f"Do not decide yet: {verdicts.draws} futures are too few to tell."
    if worth is not None and worth.known > 0:
        return (
            f"Do not decide yet: first find out '{name_of(worth, assumed)}', which is worth up to "
            f"{money(worth.known, verdicts.currency)}."
        )
    if steps is not None and not _is_all(steps) and steps.mean > max(0.0, found.npv.mean):
        return CLOSE[steps.name]
    if found.npv.mean <= 0:
        return "Leave it, unless it serves something that is not counted here: it is a close call."
    return f"A close call: go ahead only if a result of {money(found.p5, verdicts.currency)} can be borne."


def _best_steps(found: Appraisal) -> Course | None:
    """The better way that looks again after a year; None if nothing is paid, or too little was played."""
    if not found.steps or not found.statement.costs.any():
        return None
    return max(found.steps[1:], key=lambda item: item.mean)


def _is_all(way: Course) -> bool:
    """Whether a way is to do all of it, because no first year speaks against going on."""
    return way.name == "stop" and way.goes_on == 1.0


def _clearly_more(way: Course) -> bool:
    return way.low is not None and way.low > 0


def _how_sure(verdicts: Verdicts, found: Appraisal) -> list[str]:
    currency, loss = verdicts.currency, found.p_loss
    spread = f"{money(found.p5, currency)} and {money(found.p95, currency)}"
    sentences = [
        (
            f"Over {verdicts.years} years it is worth {money(found.npv.mean, currency)} today, after tax and "
            f"discounting; nine in ten futures lie between {spread}."
        ),
        f"It loses money {futures(loss)}"
        + (
            f" (probability {part(loss.low)} to {part(loss.high)})"
            if loss.low is not None and loss.high is not None
            else ""
        )
        + f"; in the worst one in twenty it comes to {money(found.cvar, currency)}.",
    ]
    if found.npv.mean * found.npv.p50 < 0:
        sentences.append(
            f"Its mean and its middle disagree: half of the futures are worse than "
            f"{money(found.npv.p50, currency)}; a few extreme ones make the mean."
        )
    if found.beyond:
        sentences.append(
            f"In {found.beyond} of {verdicts.draws} futures employees would lose more hours in a year than "
            "they have: there the model has left what it can tell, and its figures are too large."
        )
    if found.luck is not None:
        luck = found.luck
        sentences.append(
            f"{part(luck.share)} of that spread is luck, which nobody can know beforehand (between "
            f"{part(luck.low)} and {part(luck.high)}); the rest is ignorance of the assumptions, which can "
            "be measured."
        )
    if verdicts.draws < FEW:
        sentences.append(
            f"{verdicts.draws} futures give a first impression: play {DECIDING} to decide on it."
        )
    return sentences


def _steps(verdicts: Verdicts, found: Appraisal) -> str:
    """Whether it is better to look again after a year; empty if nothing is paid, or too little was played."""
    best, currency = _best_steps(found), verdicts.currency
    if best is None:
        return ""
    if best.mean <= 0:
        return (
            f"Going in steps does not make it worth doing: at best it comes to "
            f"{money(best.mean, currency)} on average."
        )
    told = f"it is worth {money(best.mean, currency)} on average and loses money {futures(best.p_loss)}"
    if _is_all(best):
        return "Looking again after a year changes nothing: no first year speaks against going on."
    if _clearly_more(best):
        return f"In steps it is worth more. {STEPS[best.name]}: {told}."
    way = STEPS[best.name]
    return f"Going in steps is not clearly worth more; at best, {way[0].lower()}{way[1:]}: {told}."


def _rests_on(verdicts: Verdicts, found: Appraisal, assumed: Mapping[str, Assumed]) -> list[str]:
    currency = verdicts.currency
    named = found.clear_drivers[:FIRST]
    sentences = [
        f"{name_of(item, assumed)}: {money(item.at_low, currency)} at "
        f"{value_text(item, item.low, assumed)}, {money(item.at_high, currency)} at "
        f"{value_text(item, item.high, assumed)}{STRAIGHT if _unborne(item) else ''}."
        for item in named
    ]
    if not found.varies:
        sentences.append(
            "All assumptions are held at their most likely values: what it rests on is not known, and only "
            "luck tells how sure it is."
        )
    elif verdicts.draws < FEWEST:
        sentences.append(
            f"{verdicts.draws} futures are too few to tell which assumptions matter; it takes {FEWEST}."
        )
    elif not named:
        sentences.append(
            f"In {verdicts.draws} futures no single assumption stands out from chance; more would show more."
        )
    if found.swings and not named:
        first = found.swings[0]
        sentences.append(
            f"What weighs most is '{first.title}': a fifth less makes it {money(first.at_low, currency)}, "
            f"a fifth more {money(first.at_high, currency)}."
        )
    return [*sentences, *_classes(verdicts, found)]


def _classes(verdicts: Verdicts, found: Appraisal) -> list[str]:
    benefits = {name: present(found, name) for name in CLASSES}
    freed = benefits["capacity"]
    if abs(freed) < 0.01 * max(1.0, abs(found.npv.mean)):
        return []
    cash = float(found.statement.npv_cash_only.mean())
    hours = money(abs(freed), verdicts.currency)
    if freed < 0:
        return [
            f"{hours} of the harm are hours that people lose, counted as far as they would have been used."
        ]
    alone = money(cash, verdicts.currency)
    return [
        f"{hours} of the benefits are hours that people get back, counted as far as they are used.",
        f"With money saved alone it is worth {alone} before tax.",
        *_use(verdicts, found),
    ]


def _use(verdicts: Verdicts, found: Appraisal) -> list[str]:
    """How much of the regained time must be used."""
    if not found.statement.costs.any():
        return []
    if (enough := turning_use(found)) is not None:
        return [
            f"On average it breaks even if {part(enough)} of the working time that people get back is used."
        ]
    worth = _by_use(found)
    if worth[-1] <= worth[0]:
        return []
    if worth[0] >= 0:
        return ["It is worth something on average even if none of the working time people get back is used."]
    most = money(float(worth[-1]), verdicts.currency)
    return [f"Even if all working time that people get back were used, it would come to {most} on average."]


def turning_use(found: Appraisal) -> float | None:
    """The share of the regained time at which it breaks even on average; None if none does.

    In straight lines between the rows of the two-way table.
    """
    worth = _by_use(found)
    if not worth[0] < 0 <= worth[-1]:
        return None
    return float(np.interp(0.0, worth, found.two_way[0].row_values))


def _by_use(found: Appraisal) -> Floats:
    """The column of the own discount rate."""
    return np.asarray(found.two_way[0].npv[:, RATES.index(1.0)])


def tax_present(found: Appraisal) -> float:
    """Present value of the tax, a mean of the futures."""
    return float((found.statement.tax * found.statement.factor).sum(axis=1).mean())


def present(found: Appraisal, name: str) -> float:
    """Present value of one class of benefits, a mean of the futures."""
    return float((found.statement.benefits[name] * found.statement.factor).sum(axis=1).mean())
