"""What a log left open about an organisation: draws of what only simulation could tell, taken together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from scenarios.quantities import refuse
from scenarios.schema.parts import Name, Part, described

Factor = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]


class Posterior(Part):
    """Draws of factors that belong together; one is used as a whole wherever assumptions are drawn."""

    factors: dict[Name, list[str]] = described(
        "Names of the factors, each with selectors of the keys that it multiplies.", decided=True
    )
    draws: list[list[Factor]] = described(
        "One row a draw: the factors in the order of `factors`.", decided=True
    )

    @model_validator(mode="after")
    def check(self) -> Posterior:
        """Refuse what no single key shows."""
        if not self.factors or not self.draws:
            raise refuse("must have at least one factor and one draw")
        if any(len(row) != len(self.factors) for row in self.draws):
            raise refuse(f"must have {len(self.factors)} numbers in each draw, one a factor")
        return self
