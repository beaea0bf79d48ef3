"""A score for ranking: parts on linear scales between two anchors, weighted. Anchors and weights: `data/score.yaml`."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from models.notice import Notice


@dataclass(frozen=True, slots=True)
class Scale:
    """One part: `at_0` scores 0, `at_1` scores 1, linear between, held beyond. `weight` is the default one."""

    quantity: str
    unit: str
    at_0: float
    at_1: float
    reason: str
    weight: float

    def of(self, value: float) -> float:
        """The score of a value, 0-1."""
        return min(max((value - self.at_0) / (self.at_1 - self.at_0), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score; value and score are None where the quantity is not known. weight : as given."""

    name: str
    scale: Scale
    value: float | None
    score: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """total : mean of the known parts by weight, 0-1; None where none has any. weight_basis : their share of it all."""

    total: float | None
    weight_basis: float
    parts: tuple[Part, ...]
    warnings: tuple[Notice, ...]


@cache
def scales() -> dict[str, Scale]:
    """The packaged scales by part."""
    text = (files("models") / "data" / "score.yaml").read_text(encoding="utf-8")
    return {name: Scale(**fields) for name, fields in yaml.safe_load(text)["parts"].items()}


def score_of(values: Mapping[str, float | None], weights: Mapping[str, float] | None = None) -> Score:
    """The score of an answer.

    values : of each part, in the unit of its scale; a part that is left out or None is not known.
    weights : by part, not negative; parts left out of them weigh nothing. None takes the default weights.

    Raises ValueError for an unknown part, and for weights that are negative, not finite or all nil.
    """
    known = scales()
    chosen = {name: scale.weight for name, scale in known.items()} if weights is None else dict(weights)
    if not (set(values) | set(chosen)) <= set(known):
        raise ValueError(f"the parts of a score are {', '.join(known)}")
    if not all(math.isfinite(weight) and weight >= 0.0 for weight in chosen.values()) or sum(chosen.values()) <= 0.0:
        raise ValueError("weights are finite and not negative, one of them positive")
    parts = []
    for name, scale in known.items():
        value = values.get(name)
        score = None if value is None else scale.of(value)
        parts.append(Part(name, scale, value, score, chosen.get(name, 0.0)))
    basis = sum(part.weight for part in parts if part.score is not None)
    total = sum(part.weight * part.score for part in parts if part.score is not None)
    missing = [part.name for part in parts if part.score is None and part.weight > 0.0]
    notices = []
    if missing:
        whole = sum(chosen.values())
        detail = (
            f"not known here and left out: {', '.join(missing)}; the rest carries {basis / whole:.0%} of the weight"
        )
        notices.append(Notice("score_part_missing", detail))
    return Score(total / basis if basis > 0.0 else None, basis / sum(chosen.values()), tuple(parts), tuple(notices))
