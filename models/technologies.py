"""What each technology costs in a year, real USD of 2025, on the rating the sizing uses.

PV per MW AC, electrolyser per MW of electric input, hydrogen turbine per MW of electric output, battery per MWh of
energy and per MW of inverter, hydrogen stores per MWh at LHV, heaters per MW and thermal stores per MWh of heat.
Figures, sources and bands: `data/technologies.csv`.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from models.cost_table import LHV_KWH_PER_KG, cost_figure
from models.figure import Figure, Status
from models.notice import FieldError
from models.technology_cost import TechnologyCost, scaled

FIRST_COST_YEAR, LAST_COST_YEAR = 2020, 2050
GENERATORS = ("pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore", "wind_offshore_floating")
HYDROGEN_STORES = ("buried_pipe", "lined_rock_cavern", "salt_cavern")
# Combined cycle is the default turbine: where no cavern is at hand hydrogen is dear to make and to keep, and its 58 %
# against 41 % of an open cycle saves more store and electrolyser than it costs (docs/costs.md works it out).
TURBINES = ("hydrogen_turbine", "hydrogen_turbine_open_cycle", "fuel_cell")
# By the choice of cells that a process offers; the default of all others is alkaline.
ELECTROLYSERS = {"alkaline": "electrolyser", "pem": "electrolyser_pem", "soec": "electrolyser_soec"}
HEATERS = ("heat_pump", "vapour_recompression", "electrode_boiler", "direct_heating")
TECHNOLOGY_IDS = (
    *GENERATORS,
    "battery",
    *ELECTROLYSERS.values(),
    *HYDROGEN_STORES,
    *TURBINES,
    *HEATERS,
    "thermal_store",
)
ALIASES = {"hydrogen_store": "buried_pipe"}

_PER_MW = ("capex_usd_per_mw", "fixed_opex_usd_per_mw_year")
_PER_MWH = ("capex_usd_per_mwh", "fixed_opex_usd_per_mwh_year")
# Parameters a caller may set, with the least and the greatest value that is taken.
_RANGES: dict[str, tuple[float, float]] = {
    "capex_usd_per_mw": (0.0, 1e8),
    "capex_usd_per_mwh": (0.0, 1e8),
    "fixed_opex_usd_per_mw_year": (0.0, 1e7),
    "fixed_opex_usd_per_mwh_year": (0.0, 1e7),
    "variable_opex_usd_per_mwh": (0.0, 1e4),
    "lifetime_years": (1.0, 100.0),
    "efficiency": (0.01, 1.0),
    "round_trip_efficiency": (0.01, 1.0),
    "specific_electricity_kwh_per_kg": (LHV_KWH_PER_KG, 1000.0),
    "standing_loss_per_day": (0.0, 0.9),
}


class InvalidCostInput(ValueError):
    """Wrong cost input; `errors` holds every wrong (field, message, code)."""

    def __init__(self, errors: list[FieldError]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))


def technology(
    technology_id: str,
    cost_year: int = 2030,
    overrides: Mapping[str, float] | None = None,
    *,
    dc_ac_ratio: float | None = None,
) -> TechnologyCost:
    """Costs of a technology in a year, with the caller's own figures in place of the defaults.

    technology_id : one of TECHNOLOGY_IDS, or `hydrogen_store` for the default store.
    cost_year : 2020-2050; before a series begins its first value is held.
    overrides : parameter -> value. A capex of one's own leaves the default fixed O&M, an absolute sum, as it is.
    dc_ac_ratio : of the PV design; moves the part of the cost that grows with the modules. PV only.

    Raises InvalidCostInput with every wrong field.
    """
    resolved = ALIASES.get(technology_id, technology_id)
    errors = check_cost_overrides({technology_id: overrides or {}})
    if not FIRST_COST_YEAR <= cost_year <= LAST_COST_YEAR:
        message = f"must lie between {FIRST_COST_YEAR} and {LAST_COST_YEAR}"
        errors.append(FieldError("cost_year", message, "out_of_range"))
    if dc_ac_ratio is not None and not 0.5 <= dc_ac_ratio <= 3.0:
        errors.append(FieldError("dc_ac_ratio", "must lie between 0.5 and 3", "out_of_range"))
    if errors:
        raise InvalidCostInput(errors)
    return _with_overrides(_default(resolved, cost_year, dc_ac_ratio), overrides or {})


def technologies(cost_year: int = 2030) -> tuple[TechnologyCost, ...]:
    """All technologies with their default costs in a year; raises InvalidCostInput."""
    return tuple(technology(name, cost_year) for name in TECHNOLOGY_IDS)


def parameters_of(technology_id: str) -> tuple[str, ...]:
    """Parameters of a technology a caller may set."""
    default = _default(ALIASES.get(technology_id, technology_id), 2030, None)
    return tuple(name for name in _RANGES if getattr(default, name) is not None)


def check_cost_overrides(costs: Mapping[str, Mapping[str, float]]) -> list[FieldError]:
    """Every wrong field of a caller's costs by technology and parameter; empty when all is well."""
    errors = []
    for name, overrides in costs.items():
        if name not in TECHNOLOGY_IDS and name not in ALIASES:
            known = ", ".join((*TECHNOLOGY_IDS, *ALIASES))
            errors.append(FieldError(name, f"unknown technology; known: {known}", "unknown_technology"))
            continue
        known_parameters = parameters_of(name)
        for parameter, value in overrides.items():
            field = f"{name}.{parameter}"
            if parameter not in known_parameters:
                message = f"unknown parameter; known: {', '.join(known_parameters)}"
                errors.append(FieldError(field, message, "unknown_parameter"))
                continue
            least, most = _RANGES[parameter]
            if not least <= value <= most:  # a NaN fails too
                errors.append(FieldError(field, f"must lie between {least:g} and {most:g}", "out_of_range"))
        if {"efficiency", "specific_electricity_kwh_per_kg"} <= overrides.keys() & set(known_parameters):
            message = "give either efficiency or specific_electricity_kwh_per_kg"
            errors.append(FieldError(f"{name}.efficiency", message, "conflict"))
    return errors


@cache
def _default(name: str, year: int, dc_ac_ratio: float | None) -> TechnologyCost:
    def figure(parameter: str, suffix: str = "") -> Figure | None:
        return cost_figure(name, parameter, year, f"{name}.{suffix or parameter}")

    stores = name in (*HYDROGEN_STORES, "thermal_store")
    power = figure("capex_power" if name == "battery" else "capex", "capex_usd_per_mw")
    energy = figure("capex_energy" if name == "battery" else "capex", "capex_usd_per_mwh")
    share, lifetime = figure("fixed_opex_share"), figure("lifetime", "lifetime_years")
    if lifetime is None or share is None:
        raise LookupError(f"the cost table holds no lifetime or fixed O&M for {name}")
    consumption = figure("specific_electricity", "specific_electricity_kwh_per_kg")
    power = None if stores else power
    energy = energy if stores or name == "battery" else None
    ratio = figure("dc_ac_ratio")
    if ratio is not None and power is not None and dc_ac_ratio is not None:
        power, ratio = _at_dc_ac_ratio(name, year, power, ratio, dc_ac_ratio)
    return TechnologyCost(
        technology=name,
        cost_year=year,
        lifetime_years=lifetime,
        capex_usd_per_mw=power,
        capex_usd_per_mwh=energy,
        fixed_opex_usd_per_mw_year=_fixed_opex(power, share, f"{name}.fixed_opex_usd_per_mw_year", "USD/MW/year"),
        fixed_opex_usd_per_mwh_year=_fixed_opex(energy, share, f"{name}.fixed_opex_usd_per_mwh_year", "USD/MWh/year"),
        variable_opex_usd_per_mwh=figure("variable_opex", "variable_opex_usd_per_mwh"),
        efficiency=figure("efficiency") if consumption is None else _lhv_efficiency(name, consumption),
        round_trip_efficiency=figure("round_trip_efficiency"),
        specific_electricity_kwh_per_kg=consumption,
        dc_ac_ratio=ratio,
        standing_loss_per_day=figure("standing_loss_per_day"),
    )


def _at_dc_ac_ratio(name: str, year: int, capex: Figure, ratio: Figure, dc_ac_ratio: float) -> tuple[Figure, Figure]:
    share = cost_figure(name, "dc_cost_share", year, f"{name}.dc_cost_share")
    if share is None:
        raise LookupError(f"the cost table holds no dc_cost_share for {name}")
    factor = 1.0 + share.value * (dc_ac_ratio / ratio.value - 1.0)
    note = f"{capex.note}; x {factor:.4f} from DC/AC {ratio.value:g} to {dc_ac_ratio:g}"
    moved = scaled(capex, factor, capex.name, capex.unit, note)
    given = replace(ratio, value=dc_ac_ratio, source="design", status=Status.GIVEN, note="")
    return (capex if factor == 1.0 else replace(moved, status=Status.DERIVED)), given


def _fixed_opex(capex: Figure | None, share: Figure, name: str, unit: str) -> Figure | None:
    """Share of the capex a year; each end of the band with the share of its own series."""
    if capex is None:
        return None
    value = capex.value * share.value
    low = None if capex.low is None else min(capex.low * (share.value if share.low is None else share.low), value)
    high = None if capex.high is None else max(capex.high * _high_share(share), value)
    status = Status.RECALLED if Status.RECALLED in (capex.status, share.status) else Status.DERIVED
    note = f"{share.value:.4%} of the capex a year; {share.note}"
    return replace(share, name=name, unit=unit, value=value, low=low, high=high, status=status, note=note)


def _high_share(share: Figure) -> float:
    return share.value if share.high is None else share.high


def _lhv_efficiency(name: str, consumption: Figure) -> Figure:
    low = None if consumption.high is None else LHV_KWH_PER_KG / consumption.high
    high = None if consumption.low is None else LHV_KWH_PER_KG / consumption.low
    return replace(
        consumption,
        name=f"{name}.efficiency",
        unit="share",
        value=LHV_KWH_PER_KG / consumption.value,
        low=low,
        high=high,
        note=f"{LHV_KWH_PER_KG} kWh/kg LHV over {consumption.value:g} kWh/kg; {consumption.note}",
    )


def _with_overrides(default: TechnologyCost, overrides: Mapping[str, float]) -> TechnologyCost:
    given: dict[str, Any] = {}
    for parameter, value in overrides.items():
        figure: Figure = getattr(default, parameter)
        given[parameter] = Figure(figure.name, float(value), figure.unit, "given", status=Status.GIVEN)
    if "specific_electricity_kwh_per_kg" in given:
        given["efficiency"] = _lhv_efficiency(default.technology, given["specific_electricity_kwh_per_kg"])
    elif "efficiency" in given and default.specific_electricity_kwh_per_kg is not None:
        given["specific_electricity_kwh_per_kg"] = replace(
            given["efficiency"],
            name=default.specific_electricity_kwh_per_kg.name,
            unit="kWh/kg",
            value=LHV_KWH_PER_KG / given["efficiency"].value,
        )
    return replace(default, **given)
