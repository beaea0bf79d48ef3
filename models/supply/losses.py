"""Losses of a plant, named one by one. Each takes a share of what the ones before leave."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from models.figure import Figure, Status

DATA = Path(__file__).parent / "data" / "losses.yaml"


@dataclass(frozen=True, slots=True)
class LossSet:
    """Losses as figures with shares 0-1."""

    losses: tuple[Figure, ...]

    @property
    def share(self) -> float:
        """The share lost in all: 1 - product of (1 - loss)."""
        return 1.0 - float(np.prod([1.0 - loss.value for loss in self.losses]))


def given_losses(technology: str, share: float) -> LossSet:
    """One lumped share stated by the caller, in place of all. Raises ValueError outside 0-1."""
    if not 0.0 <= share < 1.0:
        raise ValueError("losses_share must lie between 0 and 1")
    figure = Figure(f"{technology}.losses_share", share, "1", "given by the caller", status=Status.GIVEN)
    return LossSet((figure,))


@cache
def default_losses(kind: str, technology: str) -> LossSet:
    """The losses of a kind of plant (`pv`, `wind_onshore`, `wind_offshore`) from the data file."""
    section = yaml.safe_load(DATA.read_text("utf-8"))[kind]
    return LossSet(
        tuple(
            Figure(
                name=f"{technology}.loss.{item['name']}",
                value=item["share"],
                unit="1",
                source=section["source"],
                year=section["year"],
                low=item["low"],
                high=item["high"],
                status=Status(section["status"]),
                note=section["note"],
            )
            for item in section["losses"]
        )
    )
