"""A demand that draws more or less for the same product."""

import numpy as np
import pytest

from models.demand.catalogue import Carrier, find_process
from models.demand.load import Demand, demand_of
from models.demand.scaled import hydrogen_band, load_band, scaled
from models.technologies import technology

CONSUMPTION = technology("electrolyser").specific_electricity_kwh_per_kg
assert CONSUMPTION is not None


def steel() -> Demand:
    assert CONSUMPTION is not None
    return demand_of(find_process("steel-h2-dri-eaf"), capacity=1e6, hours=48, electrolyser_kwh_per_kg=CONSUMPTION)


def test_loads_and_totals_scale_and_the_product_stays() -> None:
    base, more = steel(), scaled(steel(), 1.2, 1.1)
    assert more.product_per_year == base.product_per_year
    assert more.load_mw == pytest.approx(1.2 * base.load_mw)
    assert more.hydrogen_load_mw == pytest.approx(1.1 * base.hydrogen_load_mw)
    own = 8760.0 * float(np.mean(base.load_mw))
    gas = base.electricity_mwh_per_year - own
    assert more.electricity_mwh_per_year == pytest.approx(1.2 * own + 1.1 * gas)
    assert more.mean_mw * 8760.0 == pytest.approx(more.electricity_mwh_per_year)
    assert more.hydrogen_t_per_year == pytest.approx(1.1 * base.hydrogen_t_per_year)


def test_a_factor_of_one_changes_nothing() -> None:
    base, same = steel(), scaled(steel(), 1.0, 1.0)
    for name in ("electricity_mwh_per_year", "mean_mw", "peak_mw", "specific_electricity_mwh_per_unit"):
        assert getattr(same, name) == pytest.approx(getattr(base, name), rel=1e-12)


def test_the_bands_are_those_of_the_steps() -> None:
    assert CONSUMPTION is not None
    demand = steel()
    own = [step for step in demand.steps if step.carrier is not Carrier.HYDROGEN]
    assert load_band(demand).high == pytest.approx(sum(step.high for step in own))
    gas = hydrogen_band(demand, CONSUMPTION)
    assert gas.central == pytest.approx(demand.hydrogen_kg_per_unit)
    (electrolysis,) = [step for step in demand.steps if step.carrier is Carrier.HYDROGEN]
    assert CONSUMPTION.high is not None
    assert gas.high * CONSUMPTION.high / 1000.0 == pytest.approx(electrolysis.high)


@pytest.mark.parametrize("factors", [(0.0, 1.0), (1.0, -1.0), (float("nan"), 1.0)])
def test_factors_that_are_none(factors: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        scaled(steel(), *factors)
