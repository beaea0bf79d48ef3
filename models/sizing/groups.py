"""Generators that are one variable an hour, and which of them are never worth building."""

import numpy as np

from models.sizing.components import Generator
from models.sizing.problem import SizingProblem


def generator_groups(problem: SizingProblem) -> list[list[int]]:
    """Generators of the same marginal cost: what they make is one variable an hour, curtailed alike."""
    groups: dict[float, list[int]] = {}
    for index, generator in enumerate(problem.generators):
        groups.setdefault(generator.marginal_cost_usd_per_mwh, []).append(index)
    return list(groups.values())


def outdone(generator: Generator, group: list[Generator]) -> bool:
    """Whether another of the group, without limit, makes the same for less, or for as much and stands before it."""
    place = group.index(generator)
    return any(
        (other.annual_cost_usd_per_mw, index) < (generator.annual_cost_usd_per_mw, place)
        and other.max_mw is None
        and np.array_equal(other.usable_factor, generator.usable_factor)
        for index, other in enumerate(group)
    )
