"""Water for electrolysis, bought or made from the sea.

bought       = L/kg x price
desalinated  = L/kg x [capex x (crf + O&M) / (8,760 h) + kWh/m3 x LCOE + USD/m3/100 km x distance to the coast]
"""

from collections.abc import Mapping
from dataclasses import dataclass

from models.demand.band import Band
from models.figure import Figure
from models.finance import crf
from models.prices import price_of
from models.project_figures import project_figure

HOURS = 8760.0


@dataclass(frozen=True, slots=True)
class WaterCost:
    """Water of a kilogram of hydrogen, USD/kg, and of a cubic metre, USD/m3."""

    usd_per_kg: Band
    usd_per_m3: Band
    provenance: tuple[Figure, ...]


def bought_water(iso3: str | None, prices: Mapping[str, float]) -> WaterCost | None:
    """Raw water at the country's price, or the caller's; None where no price is known."""
    price, amount = price_of("water", iso3, prices), project_figure("electrolysis_water")
    if price is None:
        return None
    per_m3 = Band.of(price)
    return WaterCost(per_m3.times(Band.of(amount)).scaled(1e-3), per_m3, (amount, price))


def desalinated_water(power_usd_per_mwh: Band, wacc: Figure, coast_km: float) -> WaterCost:
    """Seawater reverse osmosis that runs all year on the site's clean power, and the way from the coast.

    coast_km : distance the water is conveyed; 0 at the coast. The plant's electricity is priced at the levelised cost
        of clean power; it is not in the sizing (some 0.1 % of what electrolysis takes).
    """
    names = ("capex", "fixed_opex_share", "lifetime", "electricity")
    capex, share, life, electricity = (project_figure(f"desalination_{name}") for name in names)
    conveyance, amount = project_figure("water_conveyance"), project_figure("electrolysis_water")
    annuity = Band(*(crf(rate, life.value) for rate in Band.of(wacc)))
    plant = Band.of(capex).times(annuity.plus(Band.of(share))).scaled(1.0 / HOURS)
    per_m3 = plant.plus(Band.of(electricity).times(power_usd_per_mwh).scaled(1e-3))
    per_m3 = per_m3.plus(Band.of(conveyance).scaled(coast_km / 100.0))
    figures = (amount, capex, share, life, electricity, *([conveyance] if coast_km > 0.0 else []))
    return WaterCost(per_m3.times(Band.of(amount)).scaled(1e-3), per_m3, figures)
