"""Findings in, Assessment out: no arithmetic beyond ratios, every figure from where it was made."""

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from geodata.datasets import data_version
from models.demand.load_profile import load_profile
from models.demand.parameters import capacity_field
from models.figure import Figure
from models.land import density_mw_per_km2
from models.money import money_table
from models.wacc import wacc_for
from service.answer.demand import demand_answer, operation_as_used
from service.answer.economics import finance_answer, product_answer
from service.answer.grid import connection_answer, grid_facts
from service.answer.hourly import hourly_answer
from service.answer.notices import notices_of
from service.answer.place import line_figures, place_answer, stand_notices
from service.answer.rules import compliance_answer, electrify_answer, emissions_answer
from service.answer.scoring import score_answer
from service.answer.supply import solution_info, supply_answer
from service.answer.tracing import Coded, gathered, traced, unique
from service.answer.version import MODEL_VERSION
from service.case.findings import Findings
from service.case.process_demand import flex_of, sized_phase
from service.case.sizing_case import import_price
from service.ruling.hydrogen_rules import hydrogen_facts
from service.ruling.rules import RuleCase, Ruling, ruling_of
from service.schemas import answer as schema

NAMESPACE = uuid.UUID("6f1c4b0e-2f4e-5d0a-9a55-7f8f1a1f6f10")


def answer(found: Findings) -> schema.Assessment:
    """The whole answer."""
    used = _input_as_used(found)
    canonical = json.dumps([used, MODEL_VERSION, data_version()], sort_keys=True)
    weather = found.facts.weather
    ruling = ruling_of(
        RuleCase(
            request=found.request,
            facts=found.facts,
            plan=found.plan,
            demand=found.demand,
            solution=found.solution,
            dispatch=found.dispatch,
            electricity=found.electricity,
            emissions=found.emissions,
            carbon=found.carbon,
        )
    )
    provenance = _provenance(found, ruling)
    return schema.Assessment(
        assessment_id=str(uuid.uuid5(NAMESPACE, canonical)),
        model_version=MODEL_VERSION,
        data_version=data_version(),
        request=found.request.model_dump(mode="json", exclude_unset=True),
        input=used,
        place=place_answer(found.place, found.facts, found.plan.country),
        weather=schema.Weather(
            source=weather[0].source,
            reason=found.facts.weather_reason,
            detail=weather[0].source_detail,
            years=[year.year for year in weather],
            ordinary=found.request.weather.years is None and weather[0].source == "climatology",
            known_error=weather[0].known_error,
            elevation_m=weather[0].elevation_m,
            over_sea=weather[0].over_sea,
        ),
        demand=demand_answer(found.request, found.place.longitude, found.demand, flex_of(found.request, found.demand)),
        supply=supply_answer(found.plan, found.solution, found.dispatch, found.costs, found.electricity),
        grid=schema.GridAnswer(
            **grid_facts(found.facts.grid).model_dump(), connection=connection_answer(found.connection)
        ),
        cost=cost_answer(found),
        product=product_answer(found.economics, found.demand.process.product),
        finance=finance_answer(
            found.economics, found.request.finance, found.costs.usd_per_mwh, found.costs.hydrogen_usd_per_kg
        ),
        emissions=emissions_answer(found.emissions, ruling, found.demand.product_per_year),
        compliance=compliance_answer(ruling.findings),
        electrify_now=electrify_answer(found.demand, ruling),
        solution=solution_info(found.solution),
        sensitivity=[
            schema.SensitivityItem(
                figure=item.figure.name,
                low_value=item.figure.low or 0.0,
                high_value=item.figure.high or 0.0,
                unit=item.figure.unit,
                low_usd_per_mwh=item.low_usd_per_mwh,
                high_usd_per_mwh=item.high_usd_per_mwh,
            )
            for item in found.sensitivities
        ],
        score=score_answer(found.score),
        uncertainty=found.uncertainty,
        provenance=[traced(figure) for figure in provenance],
        warnings=gathered(_said(found, ruling), provenance),
        hourly=hourly_answer(found.plan, found.solution, weather) if found.request.options.hourly else None,
    )


def _said(found: Findings, ruling: Ruling) -> Iterator[Iterable[Coded]]:
    """What each part of the findings warns of."""
    yield from (year.warnings for year in found.facts.weather)
    yield found.facts.grid.warnings
    yield found.demand.warnings
    yield found.plan.warnings
    if found.place.land is not None:
        yield found.place.land.warnings
    yield stand_notices(found.plan)
    yield found.solution.warnings
    if found.connection is not None:
        yield found.connection.cost.warnings
    yield found.electricity.warnings
    yield found.emissions.warnings
    yield found.economics.warnings
    yield ruling.warnings
    yield found.score.warnings
    flex = flex_of(found.request, found.demand)
    yield notices_of(found.request, found.facts, found.plan, found.demand, found.dispatch, flex, ruling.findings)


def _input_as_used(found: Findings) -> dict[str, Any]:
    """The request with every default filled in."""
    used = found.request.model_dump(mode="json")
    process = found.demand.process
    used["site"]["country"] = found.plan.country
    used["process"]["utilisation"] = found.demand.utilisation
    used["process"]["parameters"] = dict(found.demand.parameters)
    used["process"]["operation"] = operation_as_used(found.request, found.place.longitude, found.demand)
    used["process"]["phase"] = sized_phase(found.request).year if found.request.process.phases else None
    if not process.is_custom:
        used["process"][capacity_field(process)] = found.demand.capacity
    used["supply"]["technologies"] = list(found.plan.technologies)
    used["supply"]["land"]["available_km2"] = found.plan.area_km2
    used["supply"]["radius_km"] = found.place.radius_km
    price = import_price(found.request, found.plan)
    if price is not None:
        used["supply"]["grid"]["import_price_usd_per_mwh"] = price.value
    stated = hydrogen_facts(found.request, found.plan, found.dispatch, found.plan.country)
    used["compliance"] |= {
        "year": stated.year,
        "direct_line": stated.direct_line,
        "same_zone": stated.same_zone,
        "zone_intensity_g_per_mj": stated.zone_g_per_mj,
    }
    used["weather"] |= {"source": found.facts.weather[0].source}
    return used


def cost_answer(found: Findings) -> schema.Cost:
    """What power, hydrogen and product cost."""
    costs, conventional = found.costs, found.economics.conventional
    own, other = found.economics.product.per_unit, None if conventional is None else conventional.per_unit
    return schema.Cost(
        levelised_cost_of_clean_power_usd_per_mwh=costs.usd_per_mwh,
        low=costs.usd_per_mwh_low,
        high=costs.usd_per_mwh_high,
        band=costs.band,
        breakdown=[
            schema.CostItem(item=item.item, usd_per_mwh=item.usd_per_mwh, usd_per_year=item.usd_per_year)
            for item in costs.breakdown
        ],
        levelised_cost_of_hydrogen_usd_per_kg=costs.hydrogen_usd_per_kg,
        levelised_cost_of_heat_usd_per_mwh=costs.heat and costs.heat.usd_per_mwh,
        heat_low_usd_per_mwh=costs.heat and costs.heat.usd_per_mwh_low,
        heat_high_usd_per_mwh=costs.heat and costs.heat.usd_per_mwh_high,
        hydrogen_low_usd_per_kg=costs.hydrogen_usd_per_kg_low,
        hydrogen_high_usd_per_kg=costs.hydrogen_usd_per_kg_high,
        total_annual_cost_usd=costs.total_annual_cost_usd,
        product_cost_usd_per_unit=None if own is None else own.central,
        product_cost_low_usd_per_unit=None if own is None else own.low,
        product_cost_high_usd_per_unit=None if own is None else own.high,
        conventional_product_cost_usd_per_unit=None if other is None else other.central,
        abatement_cost_usd_per_t_co2=found.economics.comparison.abatement_cost_usd_per_t_co2,
        power_cost_usd_per_unit=costs.total_annual_cost_usd / found.demand.product_per_year,
        boundary=costs.boundary,
    )


def _profile_figures(found: Findings) -> list[Figure]:
    """What the hours of the load rest on beside the demand's own figures."""
    load = flex_of(found.request, found.demand).load
    return [*load_profile(found.demand).figures, *(load.figures if load else ())]


def _provenance(found: Findings, ruling: Ruling) -> list[Any]:
    plan = found.plan
    price = import_price(found.request, plan)
    built = {option.name for option in plan.generators}
    return unique(
        [
            *found.demand.provenance,
            *_profile_figures(found),
            *(
                figure
                for option in plan.generators
                for figure in (*option.figures, *option.cost.figures(), option.wacc, *line_figures(option))
            ),
            *(figure for name, cost in plan.costs.items() if name not in built for figure in cost.figures()),
            *filter(None, (density_mw_per_km2(option.technology, option.dc_ac_ratio) for option in plan.generators)),
            plan.plant_wacc,
            wacc_for(plan.country, "grid_connection", found.request.finance.capital),
            *(found.connection.cost.provenance if found.connection else ()),
            *found.emissions.provenance,
            *found.economics.provenance,
            *ruling.figures,
            *([price] if price else []),
            money_table().usd_per_unit["EUR"],
        ]
    )
