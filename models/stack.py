"""Replacement of electrolyser stacks: when, at what cost, and what it adds to a year.

A stack lasts so many hours of full load; each replacement costs a share of the electrolyser's investment.
"""

from dataclasses import dataclass

from models.figure import Figure
from models.finance import crf
from models.plant_cost import Asset
from models.project_figures import project_figure


@dataclass(frozen=True, slots=True)
class StackReplacement:
    """Stacks of an electrolyser; the first set is in the electrolyser's own investment.

    every_years : years between two sets. cost_usd : of a set. annual_usd : level cost of all sets over the life.
    """

    every_years: float
    cost_usd: float
    annual_usd: float
    asset: Asset
    provenance: tuple[Figure, ...]


def stack_replacement(
    electrolyser_capex_usd: float, full_load_hours: float, lifetime_years: float, rate: float
) -> StackReplacement:
    """Stacks replaced whenever their hours are over, but not within the electrolyser's last half year.

    annual = sum over replacements at t of cost (1 + r)^-t, x crf(r, lifetime).
    Raises ValueError on full-load hours outside 0-8,784.
    """
    if not 0.0 <= full_load_hours <= 8784.0:
        raise ValueError("full_load_hours must lie between 0 and 8784")
    hours, share = project_figure("stack_lifetime"), project_figure("stack_cost_share")
    cost = share.value * electrolyser_capex_usd
    every = lifetime_years if full_load_hours == 0.0 else min(hours.value / full_load_hours, lifetime_years)
    worth, time = 0.0, every
    while time < lifetime_years - 0.5:
        worth += cost * (1.0 + rate) ** -time
        time += every
    annual = worth * crf(rate, lifetime_years)
    return StackReplacement(every, cost, annual, Asset("electrolyser_stack", cost, every, first=False), (hours, share))
