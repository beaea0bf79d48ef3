"""A demand whose process draws more or less for the same product, hour by hour alike."""

from dataclasses import replace

import numpy as np

from models.demand.band import Band, total
from models.demand.catalogue import Carrier
from models.demand.load import HOURS_PER_YEAR, Demand
from models.figure import Figure


def load_band(demand: Demand) -> Band:
    """Electricity without electrolysis, MWh per unit of product: every step at its low end, central, at its high."""
    return total([step.band for step in demand.steps if step.carrier is not Carrier.HYDROGEN])


def hydrogen_band(demand: Demand, electrolyser_kwh_per_kg: Figure) -> Band:
    """Hydrogen, kg per unit of product: what the bands of the steps leave once the electrolyser's own is taken out."""
    drawn = total([step.band for step in demand.steps if step.carrier is Carrier.HYDROGEN]).scaled(1000.0)
    per_kg = Band.of(electrolyser_kwh_per_kg)
    central = drawn.central / per_kg.central
    return Band(min(drawn.low / per_kg.low, central), central, max(drawn.high / per_kg.high, central))


def scaled(demand: Demand, load: float, hydrogen: float) -> Demand:
    """The demand with its electric load and heat times one factor, its hydrogen load times another; the product stays.

    The step table stays as it is, central with its bands.
    Raises ValueError for factors that are not positive.
    """
    if not (load > 0.0 and hydrogen > 0.0):
        raise ValueError("factors must be positive")
    heating = demand.heat_load_mw / demand.heater_cop
    mean_load, mean_gas = float(np.mean(demand.load_mw + heating)), float(np.mean(demand.hydrogen_load_mw))
    per_gas = (demand.mean_mw - mean_load) / mean_gas if mean_gas > 0.0 else 0.0
    load_mw, gas_mw = demand.load_mw * load, demand.hydrogen_load_mw * hydrogen
    drawn = load_mw + heating * load + per_gas * gas_mw
    mean = float(np.mean(drawn))
    return replace(
        demand,
        load_mw=load_mw,
        heat_load_mw=demand.heat_load_mw * load,
        hydrogen_load_mw=gas_mw,
        electricity_mwh_per_year=HOURS_PER_YEAR * mean,
        mean_mw=mean,
        peak_mw=float(np.max(drawn)),
        specific_electricity_mwh_per_unit=HOURS_PER_YEAR * mean / demand.product_per_year,
        hydrogen_t_per_year=demand.hydrogen_t_per_year * hydrogen,
        hydrogen_kg_per_unit=demand.hydrogen_kg_per_unit * hydrogen,
    )
