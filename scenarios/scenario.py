"""A scenario: a whole organisation with everything that changes it, ready to be compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from results.finance.terms import Terms
from results.prices import Prices, Target
from results.wording import length
from scenarios.check import endless
from scenarios.compile.model import ModelCompiler
from scenarios.compile.numbers import Numbers, Uncertain, assumptions
from scenarios.compile.prices import TargetCompiler, prices
from scenarios.compile.times import Axis
from scenarios.digest import digest_of
from scenarios.errors import BadInput
from scenarios.merged import Layer, Merged
from scenarios.quantities import Quantity
from scenarios.schema.finance import Finance
from scenarios.wording import change_text, path_title
from sim.spec.check_planned import FAULT_BOUND
from sim.spec.model import Model

FINANCE = "finance."
"""Begins the names of what is reckoned with after playing."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number somebody had to assume, in the unit as written; ``source`` is a key of ``Scenario.sources``.

    ``decided`` marks what the organisation decides (seats, service levels): it needs no interval.
    """

    path: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    grade: str
    title: str
    decided: bool = False
    note: str = ""
    factor: float = 1.0
    """Inner value of one unit, in which draws come."""


@dataclass(frozen=True, slots=True)
class Change:
    """One key that an override, a scenario file or ``--set`` changes; values as text with units."""

    path: str
    old: str
    new: str
    when: str
    override: str
    text: str
    why: str = ""


class Scenario:
    """A resolved scenario.

    Parameters
    ----------
    name
        As it is called in reports: ``baseline+automation``.
    merged
        The base and all that changes it.
    layers
        Overrides in force.
    horizon
        Measured seconds.
    """

    def __init__(self, name: str, merged: Merged, layers: Sequence[Layer], horizon: int) -> None:
        self.name = name
        self.merged = merged
        self.layers = tuple(layers)
        self.horizon = horizon
        self.axis = Axis(merged.base, horizon)
        self.warnings: list[str] = list(merged.warnings)
        self.check_routes()
        self.check_demand()
        # What is wrong with a shape shows when it is compiled.
        self.model()
        TargetCompiler(merged, self.axis).targets()
        ends = {target.name: target.end for target in self.targets() if target.end > horizon}
        if ends:
            self.warnings.append(
                f"this run lasts {length(horizon)}, too short to judge {len(ends)} of {len(self.targets())} "
                f"targets (the longest needs {length(max(ends.values()))}): {', '.join(ends)}"
            )

    def __repr__(self) -> str:
        return f"<Scenario {self.name}: {self.title}, {self.horizon / 604_800:g} weeks>"

    @property
    def title(self) -> str:
        """Title of the base and of all that changes it."""
        return " + ".join([self.merged.base.title, *(layer.file.title for layer in self.layers)])

    @property
    def text(self) -> str:
        """Story of the base and of all that changes it, a paragraph each."""
        stories = [self.merged.base.story, *(layer.file.story for layer in self.layers)]
        return "\n\n".join(story for story in stories if story)

    @property
    def sources(self) -> dict[str, str]:
        """Sources by key: author, title, year, address."""
        return {
            key: " ".join(
                part
                for part in (
                    source.text,
                    f"({source.year})" if source.year and str(source.year) not in source.text else "",
                    source.url,
                )
                if part
            )
            for key, source in self.merged.sources.items()
        }

    @property
    def since_always(self) -> list[str]:
        """Names of the overrides that shape the warm-up too."""
        return [layer.name for layer in self.layers if layer.file.since == "always"]

    @property
    def assumed(self) -> list[str]:
        """What a learnt base could not get from its log."""
        return list(self.merged.base.assumed)

    @property
    def learnt(self) -> dict[str, object]:
        """How a learnt base was learnt; empty for others."""
        return dict(self.merged.base.learnt)

    @cached_property
    def assumptions(self) -> list[Assumption]:
        """Every number that was written down, base first."""
        titles = {op.draw: op.why for ops in self.merged.ops.values() for op in ops}
        for item in self.merged.costs:
            titles |= {f"{item.draw} {part}": item.cost.name for part in ("amount", "per_year")}
        for layer in self.layers:
            for key, milestone in layer.file.milestones.items():
                title = milestone.title or key.replace("_", " ")
                titles[f"{layer.name}: milestone {key}"] = f"How late: {title} ({milestone.at})"
        return [self.assumption(item, titles) for item in assumptions(self.merged)]

    def assumption(self, item: Uncertain, titles: dict[str, str]) -> Assumption:
        """One number in its own unit."""
        name, quantity = item.name, item.quantity
        factor = quantity.factor
        chosen = item.dimension is not None and bool(item.dimension.choices)
        leaf = self.merged.leaves.get(name)
        return Assumption(
            name,
            clean(quantity.mode / factor),
            clean(quantity.low / factor),
            clean(quantity.high / factor),
            quantity.unit,
            quantity.source,
            quantity.grade,
            titles.get(name) or (path_title(self.merged.base, name) if leaf is not None else name),
            leaf.decided if leaf is not None else chosen,
            quantity.note,
            factor,
        )

    @cached_property
    def changes(self) -> list[Change]:
        """Every applied change, old to new."""
        return [
            Change(
                item.path,
                item.before,
                item.after,
                item.when,
                item.origin,
                change_text(self.merged.base, item),
                item.why,
            )
            for item in self.merged.applied
        ]

    def numbers(self, draw: int | Mapping[str, float] | None, seed: int) -> Numbers:
        """Values of all keys."""
        return Numbers(self.merged, self.horizon, seed, draw)

    def model(self, draw: int | Mapping[str, float] | None = None, seed: int = 1) -> Model:
        """The model to play; ``draw`` None holds every assumption at its mode."""
        if draw is None:
            return self.plain_model
        return ModelCompiler(self.merged.base, self.axis, self.numbers(draw, seed)).model(self.name)

    @cached_property
    def plain_model(self) -> Model:
        """The model with every assumption at its mode."""
        return ModelCompiler(self.merged.base, self.axis, self.numbers(None, 1)).model(self.name)

    def prices(self, draw: int | Mapping[str, float] | None = None, seed: int = 1) -> Prices:
        """What its hours are worth."""
        return prices(self.merged, self.axis, self.numbers(draw, seed))

    def terms(self, draw: int | Mapping[str, float] | None = None, seed: int = 1) -> Terms:
        """How its money is reckoned, and the two prices that a workbook can change."""
        return self.terms_of(self.numbers(draw, seed))

    def terms_of(self, numbers: Numbers) -> Terms:
        """The same, of numbers that are at hand."""
        value = numbers.value
        return Terms(
            **{name: value(f"finance.{name}") for name in Finance.model_fields},
            employee_cost=value("business.employee_cost"),
            customer_margin=value("business.margin_per_customer_month"),
        )

    def targets(self, draw: int | Mapping[str, float] | None = None, seed: int = 1) -> tuple[Target, ...]:
        """Business targets: decisions, the same in every draw."""
        del draw, seed
        return TargetCompiler(self.merged, self.axis).targets()

    @cached_property
    def digest(self) -> str:
        """Hex hash of model, prices, targets and intervals: equal for scenarios that play the same.

        How money is reckoned afterwards is not in it: another discount rate needs no new replications.
        """
        played = (item for item in assumptions(self.merged) if not item.name.startswith(FINANCE))
        posterior = self.merged.plain.posterior
        open_still = () if posterior is None else (tuple(posterior.factors.items()), posterior.draws)
        return digest_of((self.model(), self.prices(), self.targets(), *open_still), played)

    def check_routes(self) -> None:
        """Refuse levers that leave a ticket no way to an end."""
        numbers = self.numbers(None, 1)
        for name, category in self.merged.base.categories.items():
            path = f"categories.{name}.stages"

            def lowest(team: str, _: Quantity, path: str = path) -> float:
                first, steps = numbers.path(f"{path}.{team}.resolves")
                return min([first, *(value for _, value in steps)])

            for team in endless(category, lowest):
                raise BadInput(
                    f"{self.name}: {path}.{team}.resolves falls to 0 %, and no team after it resolves any"
                )

    def check_demand(self) -> None:
        """Refuse demand on incidents from faults that is higher than faults can follow."""
        numbers = self.numbers(None, 1)
        for name in dict.fromkeys(pool.incidents for pool in self.merged.base.faults.values()):
            path = f"incidents.{name}.demand"
            first, steps = numbers.path(path)
            highest = max([first, *(value for _, value in steps)])
            if highest > FAULT_BOUND:
                raise BadInput(
                    f"{self.name}: {path} rises to {highest:.4g}; "
                    f"it must be at most {FAULT_BOUND:g}, because `faults` cause some of these incidents"
                )


def clean(value: float) -> float:
    """A number without the dust of unit conversion."""
    return float(f"{value:.12g}")
