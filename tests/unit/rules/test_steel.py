"""Near-zero steel: published thresholds (V37), bands and their edges."""

import pytest

from models.compliance.finding import Verdict
from models.compliance.near_zero_steel import (
    ABOVE,
    NEAR_ZERO,
    band_limit,
    near_zero_steel,
    near_zero_threshold,
    steel_band,
)


@pytest.mark.parametrize(("scrap", "limit"), [(0.0, 400.0), (0.3, 295.0), (1.0, 50.0)])
def test_published_thresholds(scrap: float, limit: float) -> None:
    assert near_zero_threshold(scrap) == limit


def test_published_bands() -> None:
    assert [band_limit(band, 0.0) for band in "ABCDE"] == [800.0, 1200.0, 1600.0, 2000.0, 2400.0]
    assert [band_limit("E", scrap) for scrap in (0.0, 0.5, 1.0)] == [2400 - 2100 * s for s in (0.0, 0.5, 1.0)]


@pytest.mark.parametrize(
    ("kg", "scrap", "band"),
    [
        (400.0, 0.0, NEAR_ZERO),
        (400.001, 0.0, "A"),
        (800.0, 0.0, "A"),
        (800.001, 0.0, "B"),
        (2400.0, 0.0, "E"),
        (2400.001, 0.0, ABOVE),
        (295.0, 0.3, NEAR_ZERO),
        (295.001, 0.3, "A"),
        (50.0, 1.0, NEAR_ZERO),
        (300.0, 1.0, "E"),
        (300.001, 1.0, ABOVE),
    ],
)
def test_bands_and_their_edges(kg: float, scrap: float, band: str) -> None:
    assert steel_band(kg, scrap) == band


@pytest.mark.parametrize(
    ("kg", "ore", "verdict"),
    [
        (300.0, 100.0, Verdict.MET),  # 400 with the ore
        (300.0, 100.1, Verdict.UNKNOWN),  # the ore could lift it over
        (300.0, None, Verdict.UNKNOWN),
        (400.1, None, Verdict.NOT_MET),  # whatever the ore
    ],
)
def test_ore_that_is_not_known_leaves_open_what_it_could_change(kg: float, ore: float | None, verdict: Verdict) -> None:
    assert near_zero_steel(kg, 0.0, ore).verdict is verdict


def test_low_emission_steel_ends_with_band_e() -> None:
    """At s = 0.5 near-zero is 225, band E ends at 1,350."""
    for kg, ore, near_zero, low in (
        (226.0, 1124.0, Verdict.NOT_MET, Verdict.MET),
        (226.0, 1124.1, Verdict.NOT_MET, Verdict.UNKNOWN),
        (1350.1, None, Verdict.NOT_MET, Verdict.NOT_MET),
        (225.0, 0.0, Verdict.MET, Verdict.MET),
    ):
        found = near_zero_steel(kg, 0.5, ore)
        assert [check.verdict for check in found.checks] == [near_zero, low]
        assert found.verdict is near_zero


@pytest.mark.parametrize("scrap", [-0.1, 1.1, float("nan")])
def test_a_share_is_a_share(scrap: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        near_zero_threshold(scrap)
