"""What the process of a request draws in the hours of its weather, and in each phase of construction."""

from dataclasses import dataclass

import numpy as np

from models.demand.catalogue import find_process
from models.demand.errors import InvalidProcessInput
from models.demand.flexible import FlexibleLoad, Turndown, electrolyser_turndown, flexible_load
from models.demand.load import Demand, demand_of
from models.demand.operation import Clock, Operation
from models.demand.parameters import capacity_field
from models.technology_cost import TechnologyCost
from service.case.facts import SiteFacts
from service.case.series import on_hours
from service.http.problems import FieldProblem, ProblemError, wrong_field
from service.schemas.assessment import AssessmentRequest
from service.schemas.operation import OperationInput, Phase

LEAST_MW, MOST_MW = 1e-3, 1e5  # a kettle; more than any country but the largest draws
DEGREES_AN_HOUR = 15.0
WHOLE = Phase(year=2100, capacity_share=1.0)


@dataclass(frozen=True, slots=True)
class Flex:
    """How the process may follow the supply: None where it may not, or where an electrolyser is free."""

    load: FlexibleLoad | None
    turndown: Turndown | None


def process_demand(request: AssessmentRequest, facts: SiteFacts, electrolyser: TechnologyCost) -> Demand:
    """The demand of the phase that is sized. Raises ProblemError that names every wrong field."""
    asked, lengths = request.process, facts.lengths
    process = find_process(asked.id)
    consumption = electrolyser.specific_electricity_kwh_per_kg
    assert consumption is not None  # the cost table states it for electrolysers
    loads = {
        name: on_hours(value, lengths, f"/process/{name}") if isinstance(value, list) else value
        for name, value in (("load_mw", asked.load_mw), ("hydrogen_kg_per_hour", asked.hydrogen_kg_per_hour))
    }
    try:
        return demand_of(
            process,
            capacity=None if process.is_custom else getattr(asked, capacity_field(process)),
            utilisation=asked.utilisation,
            parameters=asked.parameters,
            hours=sum(lengths),
            electrolyser_kwh_per_kg=consumption,
            custom_load_mw=loads["load_mw"],
            custom_hydrogen_kg_per_hour=loads["hydrogen_kg_per_hour"],
            operation=_operation(asked.operation, lengths),
            clock=_clock(asked.operation, facts),
            built_share=sized_phase(request).capacity_share,
        )
    except InvalidProcessInput as error:
        wrong = [
            FieldProblem(pointer="/process/" + item.field.replace(".", "/"), detail=item.message, code=item.code)
            for item in error.errors
        ]
        raise ProblemError("invalid-request", "The process is not valid.", wrong) from error


def sized_phase(request: AssessmentRequest) -> Phase:
    """The phase for which the supply is sized: the one asked for, else the last; the whole plant without phases."""
    phases, year = request.process.phases, request.process.phase
    return next((phase for phase in phases if phase.year == year), phases[-1] if phases else WHOLE)


def flex_of(request: AssessmentRequest, demand: Demand) -> Flex:
    """What the request lets follow the supply."""
    asked = request.process
    return Flex(
        load=flexible_load(demand) if asked.flexibility == "stated" else None,
        turndown=electrolyser_turndown(demand) if asked.electrolyser_turndown == "stated" else None,
    )


def _operation(asked: OperationInput | None, lengths: list[int]) -> Operation | None:
    if asked is None:
        return None
    profile = None if asked.profile is None else on_hours(asked.profile, lengths, "/process/operation/profile")
    monthly = None if asked.monthly is None else tuple(asked.monthly)
    rest = asked.model_dump(exclude={"profile", "monthly", "utc_offset_hours"})
    return Operation(**rest, profile=profile, monthly=monthly)


def utc_offset_hours(asked: OperationInput | None, longitude: float) -> float:
    """The place's clock less UTC: as asked for, else by the longitude, in whole hours."""
    if asked is not None and asked.utc_offset_hours is not None:
        return asked.utc_offset_hours
    return float(round(longitude / DEGREES_AN_HOUR))


def _clock(asked: OperationInput | None, facts: SiteFacts) -> Clock:
    return Clock(
        time_utc=np.concatenate([year.time_utc for year in facts.weather]),
        utc_offset_hours=utc_offset_hours(asked, facts.longitude),
        southern=facts.latitude < 0.0,
        air_c=np.concatenate([year.air_c for year in facts.weather]),
    )


def check_size(demand: Demand) -> None:
    """Refuse what no industrial site on Earth draws, before it is priced."""
    if LEAST_MW <= demand.peak_mw <= MOST_MW:
        return
    process = demand.process
    pointer = "/process/load_mw" if process.is_custom else f"/process/{capacity_field(process)}"
    detail = f"would draw {demand.peak_mw:,.6g} MW; what is assessed draws {LEAST_MW:g} to {MOST_MW:,.0f} MW"
    raise wrong_field(pointer, detail, "out_of_range")
