"""The score on hand-computed examples, and anchors that are what they say."""

import numpy as np
import pytest

from models.connection_data import connection_data
from models.country_electricity import countries, country_electricity
from models.score import scales, score_of
from models.technologies import technology

VALUES = {
    "cost": 104.5,  # half way from 167.5 to 41.5
    "capacity_factor": 0.3,  # half way from 0.1 to 0.5
    "grid": 25.0,  # 0.75
    "land": 0.2,  # 0.8
    "carbon": 0.95,  # 0.95
    "confidence": 1.2,  # 0.4
}


def test_by_hand() -> None:
    score = score_of(VALUES)
    assert {part.name: part.score for part in score.parts} == pytest.approx(
        {"cost": 0.5, "capacity_factor": 0.5, "grid": 0.75, "land": 0.8, "carbon": 0.95, "confidence": 0.4}
    )
    # 0.4 x 0.5 + 0.1 x (0.5 + 0.75 + 0.8 + 0.4) + 0.2 x 0.95 = 0.2 + 0.245 + 0.19
    assert score.total == pytest.approx(0.635)
    assert score.weight_basis == pytest.approx(1.0)
    assert score.warnings == ()


def test_weights_of_ones_own_need_no_sum() -> None:
    score = score_of(VALUES, {"cost": 30.0, "carbon": 10.0})
    assert score.total == pytest.approx((30.0 * 0.5 + 10.0 * 0.95) / 40.0)
    assert {part.name: part.weight for part in score.parts if part.weight} == {"cost": 30.0, "carbon": 10.0}


def test_what_is_not_known_reduces_the_basis_and_is_said() -> None:
    score = score_of(VALUES | {"land": None, "carbon": None})
    # 0.2 + 0.1 x (0.5 + 0.75 + 0.4) = 0.365 of a basis of 0.7
    assert score.total == pytest.approx(0.365 / 0.7)
    assert score.weight_basis == pytest.approx(0.7)
    (notice,) = score.warnings
    assert notice.code == "score_part_missing"
    assert "land, carbon" in notice.detail
    assert score_of(VALUES | {"land": None}, {"cost": 1.0}).warnings == ()
    nothing = score_of({}, {"cost": 1.0})
    assert (nothing.total, nothing.weight_basis) == (None, 0.0)


@pytest.mark.parametrize("name", list(scales()))
def test_scales_hold_beyond_their_anchors(name: str) -> None:
    scale = scales()[name]
    step = scale.at_1 - scale.at_0
    assert [scale.of(scale.at_0 + part * step) for part in (-1.0, 0.0, 1.0, 2.0)] == [0.0, 0.0, 1.0, 1.0]


@pytest.mark.parametrize("weights", [{"cost": -1.0}, {"cost": 0.0}, {"beauty": 1.0}, {"cost": float("nan")}, {}])
def test_weights_that_are_none(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"weights|parts"):
        score_of(VALUES, weights)


def test_the_anchors_of_cost_are_deciles_of_what_industry_pays() -> None:
    prices = [price.value for iso3 in countries() if (price := country_electricity(iso3).industrial_price)]
    assert len(prices) == 86
    first, ninth = np.quantile(prices, (0.1, 0.9))
    assert (scales()["cost"].at_1, scales()["cost"].at_0) == pytest.approx((first, ninth), abs=0.06)


def test_the_anchor_of_the_way_to_the_grid() -> None:
    data, wind = connection_data(), technology("wind_onshore").capex_usd_per_mw
    assert wind is not None
    per_mw = data.line_usd_per_km["teppc"][230] / data.line_capacity_mw[230] * 100.0 * data.detour_factor.value
    assert per_mw / 1000.0 == pytest.approx(386.0, abs=1.0)
    assert per_mw / wind.value == pytest.approx(0.25, abs=0.01)
