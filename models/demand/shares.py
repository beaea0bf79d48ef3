"""Electricity's share of final energy, before and after, on the two definitions a project is asked for.

direct : electricity the process itself uses, over that electricity, fuels and hydrogen delivered to it (LHV).
site : all electricity that crosses the boundary of site and electrolyser, over all energy that crosses it.

Before, the two are one number: the conventional route has no electrolyser, and its fuels count with its feedstock;
steam it exports is not deducted. Carbon that is consumed (electrodes, anodes, foaming) counts as fuel. A share is
None where it has no sourced input.

Reference: Mission Possible Partnership, Electrify Now! (2026), final energy consumption.
"""

from dataclasses import dataclass

from models.cost_table import LHV_KWH_PER_KG
from models.demand.catalogue import Carrier, ConventionalRoute, Scope
from models.demand.steps import StepDemand
from models.demand.variant import Variant


@dataclass(frozen=True, slots=True)
class ElectricityShare:
    """Shares 0-1."""

    before_direct: float | None
    after_direct: float | None
    before_site: float | None
    after_site: float | None


def electricity_share(variant: Variant, steps: tuple[StepDemand, ...]) -> ElectricityShare:
    """The shares of a variant with its steps priced in electricity; all None for the caller's own load."""
    process = variant.process
    if process.is_custom:  # what else the caller's plant burns is not known
        return ElectricityShare(None, None, None, None)
    before = conventional_share(variant.conventional_route)
    fuels = sum(item.energy.central for item in variant.residuals if item.residual.scope is Scope.DIRECT)
    all_electricity = sum(step.electricity_mwh_per_unit for step in steps)
    own = sum(step.electricity_mwh_per_unit for step in steps if step.carrier is not Carrier.HYDROGEN)
    hydrogen = sum(step.hydrogen_kg_per_unit for step in steps) * LHV_KWH_PER_KG / 1000.0
    if process.product == "hydrogen":  # the product is not final energy; the electrolyser is the process
        own, hydrogen = all_electricity, 0.0
    return ElectricityShare(
        before_direct=before,
        after_direct=_share(own, own + fuels + hydrogen),
        before_site=before,
        after_site=_share(all_electricity, all_electricity + fuels),
    )


def conventional_share(route: ConventionalRoute | None) -> float | None:
    """Electricity over all energy of a conventional route; None without a route."""
    if route is None:
        return None
    electricity = (route.gross_electricity or route.electricity).value
    if electricity < 0.0:  # an exporter whose own use is not known
        return None
    fuels = sum(max(0.0, energy) for energy in route.fuels_mwh.values())
    return _share(electricity, electricity + fuels)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0.0 else None
