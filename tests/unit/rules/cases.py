"""The hydrogen plant that the tests reckon with: four hours, two months, 100 MWh, 2,000 kg at 50 kWh/kg."""

from dataclasses import replace
from typing import Any

import numpy as np

from models.compliance.hydrogen import HydrogenFacts, HydrogenPower, month_number

CLAIM = np.array([25.0, 25.0, 25.0, 25.0])
MONTH = np.array([0, 0, 1, 1])


def power(own: list[float], produced: list[float] | None = None, **changes: Any) -> HydrogenPower:
    """Own power by the hour; what generators produce is the same unless it is given."""
    base = HydrogenPower(
        claim_mw=CLAIM,
        own_mw=np.array(own),
        produced_mw=np.array(own if produced is None else produced),
        month_of_hour=MONTH,
        hydrogen_kg=2000.0,
        full_load_hours=5000.0,
        grid_t_co2_per_mwh=0.4,
    )
    return replace(base, **changes)


def facts(**changes: Any) -> HydrogenFacts:
    """On the grid, all that can be stated stated in the plant's favour but zone and direct line."""
    base = HydrogenFacts(
        year=2030,
        grid_connected=True,
        direct_line=False,
        smart_metering=True,
        plant_operation=month_number(2030, 1),
        generation_operation=month_number(2028, 1),
        construction_year=2027,
        zone_renewable_share=0.5,
        zone_g_per_mj=100.0,
        power_purchase_agreement=True,
        generation_aided=False,
        same_zone=True,
        prevailing_wage=True,
    )
    return replace(base, **changes)
