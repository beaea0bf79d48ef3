"""options.score_weights and the score of an answer."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from service.schemas.base import Response, wrong

PartName = Literal["cost", "capacity_factor", "grid", "land", "carbon", "confidence"]
Weight = Annotated[float, Field(ge=0.0, le=1e6)]


def _some_weight(weights: dict[PartName, float]) -> dict[PartName, float]:
    if sum(weights.values()) <= 0.0:
        raise wrong("out_of_range", "one weight at least must be over 0")
    return weights


ScoreWeights = Annotated[dict[PartName, Weight], AfterValidator(_some_weight)]


class ScorePart(Response):
    """One part: 0 at one anchor, 1 at the other, linear between, held beyond."""

    part: PartName
    quantity: str
    unit: str
    value: float | None = Field(description="Null where it is not known here.")
    at_0: float
    at_1: float
    reason: str = Field(description="Why these anchors.")
    score: float | None
    weight: float = Field(description="As asked or by default; 0 counts for nothing.")


class Score(Response):
    """How the site ranks on a 0-1 scale: the mean of the known parts by weight."""

    total: float | None
    weight_basis: float = Field(description="Share of all weight that the known parts carry.")
    parts: list[ScorePart]
