"""What a process draws: hour by hour, over the year, per unit of product, step by step.

Hydrogen is a load of its own: the electrolysers are sized with the supply, so `load_mw` is without them. Totals that
include electrolysis price it at the electrolyser's consumption. A year has 8,760 hours here; a leap year's extra day
lengthens the arrays and leaves the annual figures as they are, as in the sizing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray
from models.cost_table import LHV_KWH_PER_KG
from models.demand.band import Band
from models.demand.band import total as total_band
from models.demand.catalogue import CapacityUnit, Carrier, Process
from models.demand.choices import ParameterValue
from models.demand.errors import InvalidProcessInput
from models.demand.parameters import capacity_field, check_process_input
from models.demand.shares import ElectricityShare, electricity_share
from models.demand.steps import StepDemand, custom_steps, step_demands
from models.demand.variant import GIVEN, Variant, variant_of
from models.figure import Figure, Status
from models.notice import Notice

HOURS_PER_YEAR = 8760
_UNITS_PER_YEAR = {CapacityUnit.T_PER_YEAR: 1.0, CapacityUnit.MW: 8760.0, CapacityUnit.M3_PER_DAY: 365.0}

Profile = float | Sequence[float] | FloatArray


@dataclass(frozen=True, slots=True)
class Demand:
    """What a process draws. Per unit: per `product_unit` of product; `low` and `high` as explained there.

    load_mw : (hours,) electricity without electrolysis.
    hydrogen_load_mw : (hours,) hydrogen at LHV.
    electricity_mwh_per_year, mean_mw, peak_mw : with electrolysis; the peak as if it followed the hydrogen load.
    specific_electricity_*_mwh_per_unit : with electrolysis. The low end takes every step at its low, the high end
        every step at its high: an outer bound, not a likely range.
    steps : add up to `specific_electricity_mwh_per_unit`, lows to lows and highs to highs; electrolysis is one.
    """

    variant: Variant
    product_per_year: float
    product_unit: str
    load_mw: FloatArray
    hydrogen_load_mw: FloatArray
    electricity_mwh_per_year: float
    mean_mw: float
    peak_mw: float
    specific_electricity_mwh_per_unit: float
    specific_electricity_low_mwh_per_unit: float
    specific_electricity_high_mwh_per_unit: float
    hydrogen_t_per_year: float
    hydrogen_kg_per_unit: float
    steps: tuple[StepDemand, ...]
    electricity_share: ElectricityShare
    capacity: float | None
    utilisation: float
    provenance: tuple[Figure, ...]
    warnings: tuple[Notice, ...]

    @property
    def process(self) -> Process:
        """The process of the catalogue."""
        return self.variant.process

    @property
    def parameters(self) -> Mapping[str, ParameterValue]:
        """Every parameter as used, defaults filled in."""
        return self.variant.parameters

    @property
    def specific_electricity_mwh_per_t(self) -> float | None:
        """None where the product is not a tonne."""
        return self.specific_electricity_mwh_per_unit if self.process.per_tonne else None

    @property
    def electricity_low_mwh_per_year(self) -> float:
        """The year's electricity at the low end."""
        return self.specific_electricity_low_mwh_per_unit * self.product_per_year

    @property
    def electricity_high_mwh_per_year(self) -> float:
        """The year's electricity at the high end."""
        return self.specific_electricity_high_mwh_per_unit * self.product_per_year


def demand_of(
    process: Process,
    *,
    capacity: float | None = None,
    utilisation: float | None = None,
    parameters: Mapping[str, ParameterValue] | None = None,
    hours: int,
    electrolyser_kwh_per_kg: Figure,
    custom_load_mw: Profile | None = None,
    custom_hydrogen_kg_per_hour: Profile | None = None,
) -> Demand:
    """What a process of this size draws.

    capacity : in the process's `capacity_unit`; None takes the catalogue's. A MW is a MW of product.
    utilisation : share of the capacity made over the year, 0-1; derates every hour alike, a custom load too.
    parameters : by name; those left out take the catalogue's defaults.
    hours : length of the arrays.
    electrolyser_kwh_per_kg : what electrolysis draws, balance of plant included, kWh/kg at LHV 33.33.
    custom_load_mw, custom_hydrogen_kg_per_hour : a number or `hours` values; `custom` only, and one of them at least.

    Raises InvalidProcessInput naming every wrong field, ValueError on impossible hours or electrolyser.
    """
    if hours < 1:
        raise ValueError("hours must be positive")
    kwh_per_kg = Band.of(electrolyser_kwh_per_kg)
    if electrolyser_kwh_per_kg.unit != "kWh/kg" or not 0.0 < kwh_per_kg.low <= kwh_per_kg.central <= kwh_per_kg.high:
        raise ValueError("electrolyser_kwh_per_kg must be positive, ordered and in kWh/kg")
    profiles = {"load_mw": custom_load_mw, "hydrogen_kg_per_hour": custom_hydrogen_kg_per_hour}
    _check(process, capacity, utilisation, parameters, profiles, hours)
    share = process.default_utilisation if utilisation is None else float(utilisation)
    variant = variant_of(process, parameters)
    size = process.default_capacity if capacity is None else float(capacity)
    if size is None:  # the caller's own load
        load_mw = share * _hourly(custom_load_mw, hours)
        hydrogen_kg = share * _hourly(custom_hydrogen_kg_per_hour, hours)
        drawn_mw = load_mw + hydrogen_kg * kwh_per_kg.central / 1000.0
        product_per_year = HOURS_PER_YEAR * float(np.mean(drawn_mw))
        steps = custom_steps(float(np.mean(load_mw)), float(np.mean(hydrogen_kg)), electrolyser_kwh_per_kg)
    else:
        product_per_year = size * share * _UNITS_PER_YEAR[process.capacity_unit]
        steps = step_demands(variant, electrolyser_kwh_per_kg)
        load_mw, hydrogen_kg = _flat(steps, product_per_year / HOURS_PER_YEAR, hours)
        drawn_mw = load_mw + hydrogen_kg * kwh_per_kg.central / 1000.0

    specific = total_band([step.band for step in steps])
    hydrogen_per_unit = sum(step.hydrogen_kg_per_unit for step in steps)
    provenance = (
        *_input_figures(process, size, capacity, share, utilisation),
        *variant.provenance,
        *([electrolyser_kwh_per_kg] if hydrogen_per_unit > 0.0 else []),
    )
    return Demand(
        variant=variant,
        product_per_year=product_per_year,
        product_unit=process.product_unit,
        load_mw=load_mw,
        hydrogen_load_mw=hydrogen_kg * LHV_KWH_PER_KG / 1000.0,
        electricity_mwh_per_year=HOURS_PER_YEAR * float(np.mean(drawn_mw)),
        mean_mw=float(np.mean(drawn_mw)),
        peak_mw=float(np.max(drawn_mw)),
        specific_electricity_mwh_per_unit=specific.central,
        specific_electricity_low_mwh_per_unit=specific.low,
        specific_electricity_high_mwh_per_unit=specific.high,
        hydrogen_t_per_year=HOURS_PER_YEAR * float(np.mean(hydrogen_kg)) / 1000.0,
        hydrogen_kg_per_unit=hydrogen_per_unit,
        steps=steps,
        electricity_share=electricity_share(variant, steps),
        capacity=size,
        utilisation=share,
        provenance=provenance,
        warnings=(*variant.warnings, *recalled_notice(provenance, "demand")),
    )


def recalled_notice(figures: Sequence[Figure], of_what: str) -> tuple[Notice, ...]:
    """The warning that figures come from general knowledge, naming them; none where none does."""
    names = list(dict.fromkeys(figure.name for figure in figures if figure.status is Status.RECALLED))
    if not names:
        return ()
    detail = f"general knowledge without a document behind it, low confidence, in the {of_what}: {', '.join(names)}"
    return (Notice("recalled_figures", detail),)


def _check(
    process: Process,
    capacity: float | None,
    utilisation: float | None,
    parameters: Mapping[str, ParameterValue] | None,
    profiles: Mapping[str, Profile | None],
    hours: int,
) -> None:
    as_lists = {field: value.tolist() if isinstance(value, np.ndarray) else value for field, value in profiles.items()}
    errors = check_process_input(
        process.id,
        utilisation=utilisation,
        parameters=parameters,
        lengths=(hours,),
        **({capacity_field(process): capacity} | as_lists),
    )
    if errors:
        raise InvalidProcessInput(errors)


def _flat(steps: tuple[StepDemand, ...], units_per_hour: float, hours: int) -> tuple[FloatArray, FloatArray]:
    """Electricity without electrolysis in MW and hydrogen in kg an hour, the same in each hour."""
    own_mwh = sum(step.electricity_mwh_per_unit for step in steps if step.carrier is not Carrier.HYDROGEN)
    hydrogen_kg = sum(step.hydrogen_kg_per_unit for step in steps)
    return np.full(hours, own_mwh * units_per_hour), np.full(hours, hydrogen_kg * units_per_hour)


def _hourly(profile: Profile | None, hours: int) -> FloatArray:
    values = np.asarray(0.0 if profile is None else profile, dtype=np.float64)
    return np.array(np.broadcast_to(values, hours))


def _input_figures(
    process: Process, size: float | None, capacity: float | None, share: float, utilisation: float | None
) -> tuple[Figure, ...]:
    """Size and utilisation as used: the caller's, or the catalogue's with their sources."""
    figures = []
    for name, used, given, default, unit in (
        ("capacity", size, capacity, process.size, process.size_unit),
        ("utilisation", share, utilisation, process.utilisation, "share of the year"),
    ):
        if given is None and default is not None:
            figures.append(default)
        elif given is not None and used is not None:
            figures.append(Figure(f"{process.id}.{name}", used, unit, GIVEN, status=Status.GIVEN))
    return tuple(figures)
