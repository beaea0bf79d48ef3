"""Near-zero emission steel of the IEA: E = 400 - 350 s kg CO2e per tonne of crude steel, and the bands above it.

s is the share of scrap in the metallic input. Low-emission bands A to E end at two to six times the near-zero value:
800, 1,200, 1,600, 2,000 and 2,400 at s = 0, the last 2,400 - 2,100 s. The definition counts scope 1 and 2 and the
upstream of fuels and materials; where the ore's pelletising is not known, the verdict holds only where it could not
change it.
"""

from models.compliance.finding import Check, Finding, Measure, Verdict, at_most
from models.compliance.rule_table import article, threshold

RULE = "iea_near_zero_steel"
BANDS = "ABCDE"
NEAR_ZERO = "near_zero"
ABOVE = "above_low_emission"


def near_zero_threshold(scrap_share: float) -> float:
    """Near-zero threshold, kg CO2e per t of crude steel; raises ValueError outside 0-1.

    >>> near_zero_threshold(0.3)
    295.0
    """
    if not 0.0 <= scrap_share <= 1.0:
        raise ValueError("scrap_share must lie between 0 and 1")
    return threshold(RULE, "without_scrap") - threshold(RULE, "scrap_slope") * scrap_share


def band_limit(band: str, scrap_share: float) -> float:
    """Upper limit of a low-emission band A to E, kg CO2e per t of crude steel.

    >>> band_limit("E", 1.0)
    300.0
    """
    return (BANDS.index(band) + 2) * near_zero_threshold(scrap_share)


def steel_band(kg_co2_per_t: float, scrap_share: float) -> str:
    """`near_zero`, A to E, or `above_low_emission`; a limit itself belongs to the cleaner side."""
    if at_most(kg_co2_per_t, near_zero_threshold(scrap_share)):
        return NEAR_ZERO
    return next((band for band in BANDS if at_most(kg_co2_per_t, band_limit(band, scrap_share))), ABOVE)


def near_zero_steel(kg_co2_per_t: float, scrap_share: float, ore_kg_co2_per_t: float | None) -> Finding:
    """Where steel stands.

    kg_co2_per_t : scope 1 and 2 and the upstream that is known.
    ore_kg_co2_per_t : what the ore's pelletising may add at most, to bound what is left out; None where unknown.
    """
    limit, last = near_zero_threshold(scrap_share), band_limit(BANDS[-1], scrap_share)
    most = None if ore_kg_co2_per_t is None else kg_co2_per_t + ore_kg_co2_per_t
    bands = [steel_band(kg_co2_per_t, scrap_share), *([] if most is None else [steel_band(most, scrap_share)])]
    label = bands[0] if len(set(bands)) == 1 else f"{bands[0]} to {bands[-1]}"
    room = max(0.0, limit - kg_co2_per_t)
    ore = (
        f"what pelletising the ore adds is not known; the near-zero limit leaves it {room:.1f} kg CO2e/t"
        if most is None
        else f"with pelletising the ore at most {most:.1f} kg CO2e/t"
    )
    where = article(RULE, "without_scrap")
    checks = tuple(
        Check(name, _verdict(kg_co2_per_t, most, edge), label, where, _measures(kg_co2_per_t, most, edge))
        for name, edge in (("near_zero", limit), ("low_emission", last))
    )
    reason = f"{kg_co2_per_t:.1f} kg CO2e/t against {limit:g} at a scrap share of {scrap_share:g}: band {label}"
    return Finding(
        rule=RULE,
        title="Near-zero emission steel (IEA)",
        verdict=checks[0].verdict,
        reasons=(reason, ore, "hot rolling, where the plant has it, is in the figure and not in the definition"),
        measures=(
            *_measures(kg_co2_per_t, most, limit),
            *(Measure(f"band_{band}_limit", band_limit(band, scrap_share), "kg CO2e/t") for band in BANDS),
        ),
        checks=checks,
        article=where,
        source="IEA 2022, Achieving Net Zero Heavy Industry Sectors in G7 Members",
    )


def _verdict(least: float, most: float | None, limit: float) -> Verdict:
    if not at_most(least, limit):
        return Verdict.NOT_MET
    return Verdict.MET if most is not None and at_most(most, limit) else Verdict.UNKNOWN


def _measures(least: float, most: float | None, limit: float) -> tuple[Measure, ...]:
    return (
        Measure("emissions_intensity", least, "kg CO2e/t", limit),
        Measure("emissions_intensity_with_ore_at_most", most, "kg CO2e/t", limit),
    )
