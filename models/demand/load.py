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
from models.demand.inputs import Profile, capacity_figure, check_inputs, used_utilisation
from models.demand.operation import Clock, Operation
from models.demand.running import RunningHours, running_hours
from models.demand.shares import ElectricityShare, electricity_share
from models.demand.steps import StepDemand, custom_steps, step_demands
from models.demand.variant import Variant, variant_of
from models.figure import Figure, Status
from models.notice import Notice

HOURS_PER_YEAR = 8760
UNITS_PER_YEAR = {CapacityUnit.T_PER_YEAR: 1.0, CapacityUnit.MW: 8760.0, CapacityUnit.M3_PER_DAY: 365.0}


@dataclass(frozen=True, slots=True)
class Demand:
    """What a process draws. Per unit: per `product_unit` of product; `low` and `high` as explained there.

    load_mw : (hours,) electricity without electrolysis and without heat that may be stored.
    heat_load_mw : (hours,) heat that may be stored, which a heater makes at `heater_cop`.
    hydrogen_load_mw : (hours,) hydrogen at LHV.
    electricity_mwh_per_year, mean_mw, peak_mw : with electrolysis and heaters; the peak as if these followed loads.
    specific_electricity_*_mwh_per_unit : with electrolysis. The low end takes every step at its low, the high end
        every step at its high: an outer bound, not a likely range.
    steps : add up to `specific_electricity_mwh_per_unit`, lows to lows and highs to highs; electrolysis is one.
    """

    variant: Variant
    product_per_year: float
    product_unit: str
    load_mw: FloatArray
    heat_load_mw: FloatArray
    heater_cop: float
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
    running: RunningHours
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
    operation: Operation | None = None,
    clock: Clock | None = None,
    built_share: float = 1.0,
) -> Demand:
    """What a process of this size draws.

    capacity : in the process's `capacity_unit`; None takes the catalogue's. A MW is a MW of product.
    utilisation : share of the capacity made over the year, 0-1; a custom load is derated by it too.
    parameters : by name; those left out take the catalogue's defaults.
    hours : length of the arrays.
    electrolyser_kwh_per_kg : what electrolysis draws, balance of plant included, kWh/kg at LHV 33.33.
    custom_load_mw, custom_hydrogen_kg_per_hour : a number or `hours` values; `custom` only, and one of them at least.
    operation : when it runs; what is left open takes what is usual for the process. Not for `custom`.
    clock : what the hours are; None makes all hours alike, which gives the year's figures.
    built_share : part of the capacity, or of a custom load, that stands in the phase of construction looked at.

    Raises InvalidProcessInput naming every wrong field, ValueError on impossible hours or electrolyser.
    """
    if hours < 1 or (clock is not None and len(clock.time_utc) != hours):
        raise ValueError("hours must be positive, and those of the clock")
    kwh_per_kg = Band.of(electrolyser_kwh_per_kg)
    if electrolyser_kwh_per_kg.unit != "kWh/kg" or not 0.0 < kwh_per_kg.low <= kwh_per_kg.central <= kwh_per_kg.high:
        raise ValueError("electrolyser_kwh_per_kg must be positive, ordered and in kWh/kg")
    profiles = {"load_mw": custom_load_mw, "hydrogen_kg_per_hour": custom_hydrogen_kg_per_hour}
    check_inputs(process, capacity, utilisation, parameters, profiles, hours)
    variant = variant_of(process, parameters)
    running = running_hours(variant, operation or Operation(), clock, hours)
    share, share_figure, limited = used_utilisation(process, utilisation, running.shape)
    size = process.default_capacity if capacity is None else float(capacity)
    if size is None:  # the caller's own load
        load_mw = built_share * share * _hourly(custom_load_mw, hours)
        heat_mw = np.zeros(hours)
        hydrogen_kg = built_share * share * _hourly(custom_hydrogen_kg_per_hour, hours)
        steps = custom_steps(float(np.mean(load_mw)), float(np.mean(hydrogen_kg)), electrolyser_kwh_per_kg)
        product_per_year = HOURS_PER_YEAR * float(np.mean(load_mw + hydrogen_kg * kwh_per_kg.central / 1000.0))
    else:
        steps = step_demands(variant, electrolyser_kwh_per_kg)
        product_per_year = built_share * size * share * UNITS_PER_YEAR[process.capacity_unit]
        load_mw, heat_mw, hydrogen_kg = _drawn(steps, product_per_year / HOURS_PER_YEAR * running.shape)
    heater_cop = _heater_cop(steps)
    drawn_mw = load_mw + heat_mw / heater_cop + hydrogen_kg * kwh_per_kg.central / 1000.0

    specific = total_band([step.band for step in steps])
    hydrogen_per_unit = sum(step.hydrogen_kg_per_unit for step in steps)
    provenance = (
        *filter(None, (capacity_figure(process, capacity), share_figure)),
        *running.figures,
        *variant.provenance,
        *([electrolyser_kwh_per_kg] if hydrogen_per_unit > 0.0 else []),
    )
    return Demand(
        variant=variant,
        product_per_year=product_per_year,
        product_unit=process.product_unit,
        load_mw=load_mw,
        heat_load_mw=heat_mw,
        heater_cop=heater_cop,
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
        running=running,
        electricity_share=electricity_share(variant, steps),
        capacity=size,
        utilisation=share,
        provenance=provenance,
        warnings=(*variant.warnings, *running.warnings, *limited, *recalled_notice(provenance, "demand")),
    )


def recalled_notice(figures: Sequence[Figure], of_what: str) -> tuple[Notice, ...]:
    """The warning that figures come from general knowledge, naming them; none where none does."""
    names = list(dict.fromkeys(figure.name for figure in figures if figure.status is Status.RECALLED))
    if not names:
        return ()
    detail = f"general knowledge without a document behind it, low confidence, in the {of_what}: {', '.join(names)}"
    return (Notice("recalled_figures", detail),)


def _drawn(steps: tuple[StepDemand, ...], units_per_hour: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Electricity without electrolysis and without stored heat in MW, stored heat in MW, hydrogen in kg an hour."""
    own_mwh = sum(
        step.electricity_mwh_per_unit for step in steps if step.carrier is not Carrier.HYDROGEN and not step.stored
    )
    heat_mwh = sum(step.heat_mwh_per_unit for step in steps if step.stored)
    hydrogen_kg = sum(step.hydrogen_kg_per_unit for step in steps)
    return own_mwh * units_per_hour, heat_mwh * units_per_hour, hydrogen_kg * units_per_hour


def _heater_cop(steps: tuple[StepDemand, ...]) -> float:
    """Heat over electricity of the heat that may be stored; 1 where there is none."""
    stored = [step for step in steps if step.stored]
    electricity = sum(step.electricity_mwh_per_unit for step in stored)
    return sum(step.heat_mwh_per_unit for step in stored) / electricity if electricity > 0.0 else 1.0


def _hourly(profile: Profile | None, hours: int) -> FloatArray:
    values = np.asarray(0.0 if profile is None else profile, dtype=np.float64)
    return np.array(np.broadcast_to(values, hours))
