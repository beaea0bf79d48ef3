"""What can shift, by hand."""

import numpy as np
import pytest

from models.demand.catalogue import catalogue, find_process
from models.demand.flexible import electrolyser_turndown, flexible_load
from models.demand.load import Demand, demand_of
from models.demand.operation import Clock, Operation
from tests.unit.demand.electrolyser import ELECTROLYSER

YEAR = np.arange("2019-01-01", "2020-01-01", dtype="datetime64[h]")


def demand(process_id: str, **inputs: object) -> Demand:
    given = {"clock": Clock(YEAR), "hours": 8760, "electrolyser_kwh_per_kg": ELECTROLYSER} | inputs
    return demand_of(find_process(process_id), **given)  # type: ignore[arg-type]  # inputs vary by test


def test_a_lime_kiln() -> None:
    # 1.05 MWh/t down to half of it, of 1.05 + 0.035 + 0.1 x 0.785 x 0.9; a silo of 8 hours at the least; the other
    # steps state no minimum load
    found = demand("lime", capacity=876_000.0, utilisation=0.8)
    flexible = flexible_load(found)
    assert flexible is not None
    assert flexible.steps == ("electric_calcination",)
    assert flexible.share == pytest.approx(0.525 / (1.05 + 0.035 + 0.07065))
    assert flexible.window_hours == 8
    # 80 t an hour in the mean, 100 at the rating: the kiln may take 20 x 1.05 MW more
    assert flexible.max_load_mw == pytest.approx(found.peak_mw + 21.0)
    assert [figure.name for figure in flexible.figures] == ["lime.electric_calcination.shift_hours"]


def test_the_window_moves_the_most_energy() -> None:
    # steel: the shaft's 0.39 MWh/t down to half, 8 hours of briquettes; the arc furnace cannot wait an hour
    flexible = flexible_load(demand("steel-h2-dri-eaf"))
    assert flexible is not None
    assert flexible.steps == ("dri_preheating", "dri_gas_compression")
    assert (flexible.share * (0.3 + 0.09 + 0.6 + 0.04 + 0.01 + 0.105 + 0.468 / 0.95 + 0.07)) == pytest.approx(0.195)
    # alumina: 1.92 x 0.98 for 2 hours and 0.9 x 0.5 for 4: both for 2 hours, 4.66 MWh h, before one for 4, 1.8
    both = flexible_load(demand("alumina"))
    assert both is not None
    assert both.window_hours == 2
    assert both.share == pytest.approx((1.92 * 0.98 + 0.9 * 0.5) / 3.02)


@pytest.mark.parametrize("process_id", list(catalogue()))
def test_it_keeps_to_the_load_and_the_rating(process_id: str) -> None:
    found = demand(process_id, **({"custom_load_mw": 5.0} if process_id == "custom" else {}))
    flexible = flexible_load(found)
    if flexible is None:
        return
    assert 0.0 < flexible.share <= 1.0
    assert flexible.window_hours >= 1
    own = found.specific_electricity_mwh_per_unit * found.product_per_year / 8760 / found.utilisation
    assert found.load_mw.max() <= flexible.max_load_mw <= max(own, found.load_mw.max()) * (1 + 1e-9)
    assert all(figure.source for figure in flexible.figures)


def test_a_plant_at_its_rating_goes_no_higher() -> None:
    shift = demand("lime", operation=Operation(start_hour=6, hours_per_day=16), utilisation=0.9)
    flexible = flexible_load(shift)
    assert flexible is not None
    assert flexible.max_load_mw == shift.load_mw.max()  # 0.9 x 1.5 of the capacity already


def test_electrolysers() -> None:
    steel = electrolyser_turndown(demand("steel-h2-dri-eaf"))
    assert steel is not None
    assert (steel.min_load_share, steel.ramp_share_per_hour) == (0.1, 1.0)
    assert electrolyser_turndown(demand("cement")) is None
