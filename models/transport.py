"""Ways of hydrogen to the plant and of the product to a port.

pipeline = [capex x (crf + O&M) x km x MW + MW/MW/1000 km x km x MWh x LCOE] / kg
product  = USD/t/km x straight distance x detour
"""

from dataclasses import dataclass

from models.cost_table import LHV_KWH_PER_KG
from models.demand.band import Band
from models.figure import Figure
from models.finance import crf
from models.project_figures import project_figure


@dataclass(frozen=True, slots=True)
class TransportCost:
    """USD per unit of what is carried: kg of hydrogen, t of product."""

    per_unit: Band
    provenance: tuple[Figure, ...]


def pipeline_cost(length_km: float, load_factor: float, power_usd_per_mwh: Band, wacc: Figure) -> TransportCost:
    """Hydrogen through a pipeline, USD/kg. load_factor : mean over rated flow, above 0, at most 1.

    Raises ValueError.
    """
    if length_km < 0.0 or not 0.0 < load_factor <= 1.0:
        raise ValueError("length_km must not be negative, load_factor must lie above 0 and at most at 1")
    names = ("capex", "fixed_opex_share", "lifetime", "electricity")
    capex, share, life, electricity = (project_figure(f"hydrogen_pipeline_{name}") for name in names)
    annuity = Band(*(crf(rate, life.value) for rate in Band.of(wacc)))
    per_mwh = Band.of(capex).times(annuity.plus(Band.of(share))).scaled(length_km / (8760.0 * load_factor))
    per_mwh = per_mwh.plus(Band.of(electricity).times(power_usd_per_mwh).scaled(length_km / 1000.0))
    return TransportCost(per_mwh.scaled(LHV_KWH_PER_KG / 1000.0), (capex, share, life, electricity))


def product_transport(distance_km: float) -> TransportCost:
    """A tonne of product over land, USD/t; `distance_km` is straight."""
    rate, detour = project_figure("product_transport"), project_figure("product_detour")
    return TransportCost(Band.of(rate).times(Band.of(detour)).scaled(distance_km), (rate, detour))
