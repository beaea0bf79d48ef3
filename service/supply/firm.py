"""Firm clean supply at a price: hydro, geothermal, nuclear or a contract, as generators of the supply plan."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from models.figure import Figure, Status
from models.investment import construction_factor
from models.technology_cost import TechnologyCost, with_construction
from models.wacc import wacc_for
from service.case.series import on_hours
from service.schemas.assessment import AssessmentRequest
from service.schemas.outside_plants import FirmSupply
from service.schemas.supply_names import MINIMUM
from service.supply.option import GeneratorOption

HOURS = 8760.0
FIRM = "firm"
GIVEN = "given"
PERPETUAL_YEARS = 100.0  # of a contract without an investment: nothing depends on it


def firm_options(request: AssessmentRequest, iso3: str | None, lengths: list[int]) -> Iterator[GeneratorOption]:
    """What may be called when it is needed, and what is bought in any case: two generators of one supply."""
    for index, plant in enumerate(request.supply.firm):
        hours = on_hours(
            1.0 if plant.capacity_factor is None else plant.capacity_factor,
            lengths,
            f"/supply/firm/{index}/capacity_factor",
        )
        wacc = wacc_for(iso3, plant.name, request.finance.capital)
        factor = construction_factor(wacc.value, request.finance.construction_years)
        cost = with_construction(_cost(plant), factor)
        option = GeneratorOption(
            name=plant.name,
            technology=FIRM,
            capacity_factor=hours,
            cost=cost,
            wacc=wacc,
            existing_mw=0.0,
            max_mw=None if plant.max_mw is None else plant.max_mw - plant.minimum_mw,
            dc_ac_ratio=None,
            figures=(),
            stand=None,
        )
        yield option
        if plant.minimum_mw > 0.0:
            yield replace(
                option,
                name=plant.name + MINIMUM,
                cost=_paid_in_any_case(plant, cost, float(np.mean(hours))),
                existing_mw=plant.minimum_mw,
                paid_mw=plant.minimum_mw,
                max_mw=0.0,
            )


def _figure(plant: FirmSupply, parameter: str, value: float, unit: str, note: str = "") -> Figure:
    return Figure(f"{plant.name}.{parameter}", value, unit, GIVEN, status=Status.GIVEN, note=note)


def _cost(plant: FirmSupply) -> TechnologyCost:
    lifetime = PERPETUAL_YEARS if plant.lifetime_years is None else plant.lifetime_years
    return TechnologyCost(
        technology=plant.name,
        cost_year=0,
        lifetime_years=_figure(plant, "lifetime_years", lifetime, "years"),
        capex_usd_per_mw=_figure(plant, "capex_usd_per_mw", plant.capex_usd_per_mw or 0.0, "USD/MW"),
        fixed_opex_usd_per_mw_year=_figure(
            plant, "annual_cost_usd_per_mw", plant.annual_cost_usd_per_mw or 0.0, "USD/MW/year"
        ),
        variable_opex_usd_per_mwh=_figure(plant, "price_usd_per_mwh", plant.price_usd_per_mwh, "USD/MWh"),
    )


def _paid_in_any_case(plant: FirmSupply, cost: TechnologyCost, capacity_factor: float) -> TechnologyCost:
    """The price of all it makes among the fixed costs; a MWh that is used then costs no more."""
    yearly = (plant.annual_cost_usd_per_mw or 0.0) + plant.price_usd_per_mwh * capacity_factor * HOURS
    note = f"of it {plant.price_usd_per_mwh:g} USD for each of {capacity_factor * HOURS:,.0f} MWh a MW, used or not"
    name = f"minimum_{plant.name}"
    return replace(
        cost,
        technology=plant.name + MINIMUM,
        fixed_opex_usd_per_mw_year=_figure(plant, f"{name}_usd_per_mw_year", yearly, "USD/MW/year", note),
        variable_opex_usd_per_mwh=None,
    )
