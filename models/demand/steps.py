"""The step table: electricity of each step per unit of product, electrolysis a row of its own, so that it adds up."""

from dataclasses import dataclass

from models.demand.band import NOTHING, Band
from models.demand.catalogue import Carrier, Flexibility
from models.demand.variant import GIVEN, ResolvedStep, Variant
from models.figure import Figure, Status


@dataclass(frozen=True, slots=True)
class StepDemand:
    """One step. `electricity_mwh_per_unit`, `low` and `high` are MWh of electricity per unit of product.

    carrier : hydrogen for electrolysis, heat for heat that is made electrically.
    hydrogen_kg_per_unit : 0 but for electrolysis. heat_mwh_per_unit : 0 but for heat.
    stored : the heat may go through a store, so that the heater is sized with the supply.
    """

    name: str
    carrier: Carrier
    electricity_mwh_per_unit: float
    low: float
    high: float
    hydrogen_kg_per_unit: float
    temperature_c: tuple[float, float] | None
    flexibility: Flexibility
    source: str
    status: Status
    heat_mwh_per_unit: float = 0.0
    stored: bool = False

    @property
    def flexible(self) -> bool:
        """True where the step can be turned down."""
        return self.flexibility.flexible

    @property
    def band(self) -> Band:
        """Electricity per unit of product."""
        return Band(self.low, self.electricity_mwh_per_unit, self.high)


def step_demands(variant: Variant, electrolyser_kwh_per_kg: Figure) -> tuple[StepDemand, ...]:
    """The steps of a variant; hydrogen priced at the electrolyser's consumption, heat at its efficiency."""
    return tuple(_step_demand(resolved, electrolyser_kwh_per_kg) for resolved in variant.steps)


def _step_demand(resolved: ResolvedStep, electrolyser: Figure) -> StepDemand:
    step, band, source, statuses = resolved.step, resolved.amount, resolved.source, {resolved.status}
    hydrogen_kg = heat_mwh = 0.0
    if step.carrier is Carrier.HYDROGEN:
        hydrogen_kg = band.central
        band = band.times(Band.of(electrolyser)).scaled(1e-3)
        source, statuses = f"{source}; electrolyser: {electrolyser.source}", statuses | {electrolyser.status}
    elif resolved.efficiency is not None:
        efficiency, heat_mwh = resolved.efficiency, band.central
        band = band.over(Band.of(efficiency))
        source, statuses = f"{source}; made electrically: {efficiency.source}", statuses | {efficiency.status}
    return StepDemand(
        name=step.name,
        carrier=step.carrier,
        electricity_mwh_per_unit=band.central,
        low=band.low,
        high=band.high,
        hydrogen_kg_per_unit=hydrogen_kg,
        temperature_c=step.temperature_c,
        flexibility=step.flexibility,
        source=source,
        status=_joint(statuses),
        heat_mwh_per_unit=heat_mwh,
        stored=resolved.stored,
    )


def _joint(statuses: set[Status]) -> Status:
    """Status of what several figures make: as weak as the weakest, else derived."""
    if Status.RECALLED in statuses:
        return Status.RECALLED
    return next(iter(statuses)) if len(statuses) == 1 else Status.DERIVED


def custom_steps(mean_load_mw: float, mean_hydrogen_kg: float, electrolyser: Figure) -> tuple[StepDemand, ...]:
    """The caller's loads as steps, per MWh delivered to the process, electrolysis included; loads not both 0.

    mean_load_mw, mean_hydrogen_kg : means over the hours, MW and kg an hour.
    """
    kwh_per_kg = Band.of(electrolyser)
    electrolysis_mw = kwh_per_kg.scaled(mean_hydrogen_kg / 1000.0)
    delivered_mw = mean_load_mw + electrolysis_mw.central
    rows = (
        ("load", Carrier.ELECTRICITY, Band.exactly(mean_load_mw), 0.0, GIVEN, Status.GIVEN),
        (
            "electrolysis",
            Carrier.HYDROGEN,
            electrolysis_mw,
            mean_hydrogen_kg,
            f"hydrogen {GIVEN}; electrolyser: {electrolyser.source}",
            _joint({Status.GIVEN, electrolyser.status}),
        ),
    )
    return tuple(
        StepDemand(
            name=name,
            carrier=carrier,
            electricity_mwh_per_unit=band.central / delivered_mw,
            low=band.low / delivered_mw,
            high=band.high / delivered_mw,
            hydrogen_kg_per_unit=hydrogen_kg / delivered_mw,
            temperature_c=None,
            flexibility=Flexibility(flexible=carrier is Carrier.HYDROGEN),
            source=source,
            status=status,
        )
        for name, carrier, band, hydrogen_kg, source, status in rows
        if band != NOTHING
    )
