"""What the process draws, as the answer states it."""

from models.demand.load import HOURS_PER_YEAR, Demand
from models.demand.load_profile import LoadProfile, load_profile
from service.case.process_demand import Flex, sized_phase, utc_offset_hours
from service.schemas import demand as schema
from service.schemas.assessment import AssessmentRequest


def demand_answer(request: AssessmentRequest, longitude: float, demand: Demand, flex: Flex) -> schema.Demand:
    """The demand block."""
    share = demand.electricity_share
    return schema.Demand(
        electricity_mwh_per_year=demand.electricity_mwh_per_year,
        electricity_low_mwh_per_year=demand.electricity_low_mwh_per_year,
        electricity_high_mwh_per_year=demand.electricity_high_mwh_per_year,
        mean_mw=demand.mean_mw,
        peak_mw=demand.peak_mw,
        product_unit=demand.product_unit,
        product_per_year=demand.product_per_year,
        specific_electricity_mwh_per_unit=demand.specific_electricity_mwh_per_unit,
        specific_electricity_mwh_per_t=demand.specific_electricity_mwh_per_t,
        hydrogen_t_per_year=demand.hydrogen_t_per_year,
        heat_mwh_per_year=HOURS_PER_YEAR * float(demand.heat_load_mw.mean()),
        load_profile=_profile(load_profile(demand), utc_offset_hours(request.process.operation, longitude), flex),
        phases=_phases(request, demand),
        steps=[
            schema.StepAnswer(
                step=step.name,
                carrier=step.carrier,
                electricity_mwh_per_t=step.electricity_mwh_per_unit,
                low=step.low,
                high=step.high,
                hydrogen_kg_per_t=step.hydrogen_kg_per_unit,
                flexible=step.flexible,
                status=step.status,
                source=step.source,
            )
            for step in demand.steps
        ],
        electricity_share=schema.ElectricityShare(
            before_direct=share.before_direct,
            after_direct=share.after_direct,
            before_site=share.before_site,
            after_site=share.after_site,
        ),
    )


def _profile(profile: LoadProfile, offset: float, flex: Flex) -> schema.LoadProfile:
    load = flex.load
    return schema.LoadProfile(
        description=profile.description,
        utc_offset_hours=offset,
        load_factor=profile.load_factor,
        hours_at_work_per_year=profile.hours_at_work,
        busiest_hour_over_capacity=profile.busiest_hour_over_capacity,
        batch_steps=list(profile.batch_steps),
        peak_within_hour_mw=profile.peak_within_hour_mw,
        hidden=profile.hidden,
        flexible=load
        and schema.FlexibleAnswer(
            share=load.share, window_hours=load.window_hours, max_load_mw=load.max_load_mw, steps=list(load.steps)
        ),
    )


def _phases(request: AssessmentRequest, demand: Demand) -> list[schema.PhaseAnswer]:
    """Each phase draws its share of the whole plant: demand is linear in size."""
    sized = sized_phase(request)
    scaled = [(phase, phase.capacity_share / sized.capacity_share) for phase in request.process.phases]
    return [
        schema.PhaseAnswer(
            year=phase.year,
            capacity_share=phase.capacity_share,
            product_per_year=demand.product_per_year * scale,
            electricity_mwh_per_year=demand.electricity_mwh_per_year * scale,
            hydrogen_t_per_year=demand.hydrogen_t_per_year * scale,
            mean_mw=demand.mean_mw * scale,
            peak_mw=demand.peak_mw * scale,
            sized=phase == sized,
        )
        for phase, scale in scaled
    ]


def operation_as_used(request: AssessmentRequest, longitude: float, demand: Demand) -> dict[str, object] | None:
    """The hours of operation with every default filled in; None for a load of the caller's own."""
    if demand.process.is_custom:
        return None
    pattern, asked = demand.running.pattern, request.process.operation
    names = ("start_hour", "hours_per_day", "days_per_week", "standby_share", "outage_weeks", "outage_start_week")
    used: dict[str, object] = {name: getattr(pattern, name) for name in (*names, "heating_share", "heating_base_c")}
    used |= {name: int(getattr(pattern, name)) for name in ("days_per_week", "outage_start_week")}
    own = None if asked is None else asked.profile
    return used | {
        "monthly": list(pattern.monthly),
        "profile": own,
        "utc_offset_hours": utc_offset_hours(asked, longitude),
    }
