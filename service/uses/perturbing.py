"""What of a case is uncertain, and the case with each of it at a quantile of its band."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from models.connection import ConnectionCost
from models.demand.band import Band
from models.demand.load import Demand
from models.demand.moved_costs import input_items, plant_figures, with_plant_figures
from models.demand.scaled import hydrogen_band, load_band, scaled
from models.figure import Figure
from models.investment import construction_factor
from models.prices import price_of
from models.technology_cost import TechnologyCost, with_construction
from models.uncertainty.bands import Shape, is_band, moved, value_at
from service.case.case import Case
from service.case.process_demand import process_demand
from service.case.sizing_case import sizing_case
from service.schemas.assessment import AssessmentRequest
from service.schemas.uncertainty import Kind
from service.supply.option import GeneratorOption
from service.supply.plan import SupplyPlan

WACC, DEMAND, DISTANCE, EFFICIENCY = "wacc", "demand", "distance", "electrolyser.efficiency"
PLANT, PRICES = "plant.cost", "input.prices"
PRODUCT_ALONE = (PLANT, PRICES)
"""What moves the cost of the product and not that of power."""
MONEY = tuple(
    name for name in (field.name for field in fields(TechnologyCost)) if name.startswith(("capex", "fixed", "variable"))
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One uncertain parameter. `figure` shows its band; what else moves with it, `moves` says."""

    name: str
    kind: Kind
    figure: Figure
    moves: str


def parameters_of(case: Case, kinds: Collection[Kind]) -> list[Parameter]:
    """The parameters of the asked kinds that have a band of any width here."""
    return [parameter for parameter in _all(case) if parameter.kind in kinds]


def _all(case: Case) -> Iterator[Parameter]:
    plan, problem = case.plan, case.problem
    costs = [(option.name, _without_line(option)) for option in plan.generators]
    stored = problem.hydrogen is not None and problem.hydrogen.store_annual_cost_usd_per_mwh is not None
    turbine = problem.hydrogen is not None and problem.hydrogen.turbine_efficiency is not None
    for name, there in (
        ("battery", problem.battery is not None),
        ("electrolyser", problem.hydrogen is not None),
        ("hydrogen_store", stored),
        ("hydrogen_turbine", turbine),
        ("heater", problem.heat is not None),
        ("thermal_store", problem.heat is not None),
    ):
        costs += [(name, plan.costs[name])] if there else []
    for name, cost in costs:
        banded = [figure for figure in (getattr(cost, field) for field in MONEY) if is_band(figure)]
        if banded:
            yield Parameter(f"{name}.cost", "cost", banded[0], "investment, fixed and variable operation together")
    yield from _of_product(case)
    consumption = plan.costs["electrolyser"].specific_electricity_kwh_per_kg
    assert consumption is not None  # the cost table states it for electrolysers
    if problem.hydrogen is not None and is_band(consumption):
        yield Parameter(EFFICIENCY, "efficiency", consumption, "what the electrolysers draw for a kg")
    rates = [plan.plant_wacc, *(option.wacc for option in plan.generators)]
    if any(is_band(rate) for rate in rates):
        rate = next(rate for rate in rates if is_band(rate))
        yield Parameter(WACC, "wacc", rate, "the cost of capital of every technology together")
    drawn, gas = load_band(case.demand), hydrogen_band(case.demand, consumption)
    if max(_width(drawn), _width(gas)) > 0.0:
        shown = drawn if drawn.central > 0.0 else gas
        unit = "MWh/unit" if drawn.central > 0.0 else "kg/unit"
        source = "the steps of the process, in the answer's demand"
        figure = Figure("demand.specific", shown.central, unit, source, low=shown.low, high=shown.high)
        yield Parameter(
            DEMAND, "demand", figure, "electricity and hydrogen of every step together, the product as it is"
        )
    lines = [option.stand.line for option in plan.generators if option.stand is not None and option.stand.line]
    if case.request.supply.grid.connected or lines:
        source = "the mapped distance and the planning guides, in the answer's grid and provenance"
        shown_line = next((line.annual_cost_usd_per_mw for line in lines), Figure(DISTANCE, 1.0, "share", source))
        yield Parameter(DISTANCE, "distance", shown_line, "cost of the grid connection and of the generators' lines")


def _of_product(case: Case) -> Iterator[Parameter]:
    plant = next((figure for figure in plant_figures(case.demand) if is_band(figure)), None)
    if plant is not None:
        yield Parameter(PLANT, "cost", plant, "investment and operation of the process plant together")
    price = next((figure for figure in _prices(case.request, case) if is_band(figure)), None)
    if price is not None:
        moves = "prices of all that the process buys together; on the conventional route those of the same items"
        yield Parameter(PRICES, "price", price, moves)


def _prices(request: AssessmentRequest, case: Case) -> Iterator[Figure]:
    """Prices of what the process buys that the caller does not give."""
    own, bought = request.finance.prices, input_items(case.demand)
    water = ("water",) if case.demand.hydrogen_t_per_year > 0.0 else ()
    for item in dict.fromkeys((*bought, *water)):
        price = None if item in own else price_of(item, case.plan.country)
        if price is not None:
            yield price


def _width(band: Band) -> float:
    return (band.high - band.low) / band.central if band.central > 0.0 else 0.0


def perturbed(case: Case, draw: Mapping[str, float], shape: Shape) -> Case:
    """The case with each parameter of `draw` at its quantile; those not named stay central."""
    plan = _plan(case.plan, draw, shape, case.request.finance.construction_years)
    request = _request(case, plan, draw, shape)
    demand = process_demand(request, case.facts, plan.costs["electrolyser"])
    if PLANT in draw:
        demand = with_plant_figures(demand, lambda figure: moved(figure, draw[PLANT], shape))
    if DEMAND in draw:
        demand = _demand(demand, plan, draw[DEMAND], shape)
    problem = sizing_case(request, case.facts, demand, plan)
    return Case(request, case.place, case.facts, plan, demand, problem, _connection(draw, shape))


def _request(case: Case, plan: SupplyPlan, draw: Mapping[str, float], shape: Shape) -> AssessmentRequest:
    """The request with what is priced once the case is sized: rate of the connection and plant, prices of inputs."""
    changes: dict[str, Any] = {}
    if WACC in draw:
        changes["wacc"] = plan.plant_wacc.value
    if PRICES in draw:
        found = {
            figure.name.removeprefix("price."): moved(figure, draw[PRICES], shape).value
            for figure in _prices(case.request, case)
        }
        changes["prices"] = {**found, **case.request.finance.prices}
    if not changes:
        return case.request
    return case.request.model_copy(update={"finance": case.request.finance.model_copy(update=changes)})


def _plan(plan: SupplyPlan, draw: Mapping[str, float], shape: Shape, construction_years: int) -> SupplyPlan:
    rates = draw.get(WACC)

    def built(cost: TechnologyCost, rate: Figure) -> TechnologyCost:
        """With the interest of the construction years at the rate that is drawn."""
        now, was = (construction_factor(each.value, construction_years) for each in (_at(rate, rates, shape), rate))
        return with_construction(cost, now / was)

    costs = {
        name: built(_cost(cost, draw.get(f"{name}.cost"), shape), plan.plant_wacc) for name, cost in plan.costs.items()
    }
    if EFFICIENCY in draw:
        costs["electrolyser"] = _efficiency(costs["electrolyser"], draw[EFFICIENCY], shape)
    return replace(
        plan,
        generators=tuple(
            replace(
                option,
                cost=built(_generator(option, draw, shape), option.wacc),
                wacc=_at(option.wacc, rates, shape),
            )
            for option in plan.generators
        ),
        costs=costs,
        plant_wacc=_at(plan.plant_wacc, rates, shape),
    )


def _at(figure: Figure, quantile: float | None, shape: Shape) -> Figure:
    return figure if quantile is None else moved(figure, quantile, shape)


def _cost(cost: TechnologyCost, quantile: float | None, shape: Shape) -> TechnologyCost:
    if quantile is None:
        return cost
    figures = {name: getattr(cost, name) for name in MONEY}
    changed: dict[str, Any] = {
        name: moved(figure, quantile, shape) for name, figure in figures.items() if figure is not None
    }
    return replace(cost, **changed)


def _efficiency(cost: TechnologyCost, quantile: float, shape: Shape) -> TechnologyCost:
    """Consumption at the quantile; what is drawn for a kg is the inverse of the efficiency, so they move apart."""
    used, efficiency = cost.specific_electricity_kwh_per_kg, cost.efficiency
    assert used is not None
    assert efficiency is not None  # both are stated for electrolysers
    consumption = moved(used, quantile, shape)
    share = replace(efficiency, value=efficiency.value * used.value / consumption.value, low=None, high=None)
    return replace(cost, specific_electricity_kwh_per_kg=consumption, efficiency=share)


def _without_line(option: GeneratorOption) -> TechnologyCost:
    """The cost without the line to the gate, which is the distance's."""
    line = option.stand.line if option.stand is not None else None
    return option.cost if line is None else _more_fixed(option.cost, line.annual_cost_usd_per_mw, -1.0)


def _generator(option: GeneratorOption, draw: Mapping[str, float], shape: Shape) -> TechnologyCost:
    cost = _cost(_without_line(option), draw.get(f"{option.name}.cost"), shape)
    line = option.stand.line if option.stand is not None else None
    return cost if line is None else _more_fixed(cost, _at(line.annual_cost_usd_per_mw, draw.get(DISTANCE), shape), 1.0)


def _more_fixed(cost: TechnologyCost, line: Figure, sign: float) -> TechnologyCost:
    """Fixed operation with a line's annual cost added, or taken out again, lows with lows and highs with highs."""
    own = cost.fixed_opex_usd_per_mw_year
    assert own is not None  # a generator with a line has it among its fixed costs
    low, central, high = (a + sign * b for a, b in zip(Band.of(own), Band.of(line), strict=True))
    figure = replace(own, value=central, low=min(low, central), high=max(high, central))  # rounding may cross them
    return replace(cost, fixed_opex_usd_per_mw_year=figure)


def _demand(demand: Demand, plan: SupplyPlan, quantile: float, shape: Shape) -> Demand:
    consumption = plan.costs["electrolyser"].specific_electricity_kwh_per_kg
    assert consumption is not None  # the cost table states it for electrolysers
    bands = load_band(demand), hydrogen_band(demand, consumption)
    load, gas = (value_at(band, quantile, shape) / band.central if band.central > 0.0 else 1.0 for band in bands)
    return scaled(demand, load, gas)


def _connection(draw: Mapping[str, float], shape: Shape) -> Callable[[ConnectionCost], ConnectionCost] | None:
    if DISTANCE not in draw:
        return None

    def at(cost: ConnectionCost) -> ConnectionCost:
        capital = Band(cost.cost_low_usd, cost.cost_usd, cost.cost_high_usd)
        annual = Band(cost.annual_cost_low_usd, cost.annual_cost_usd, cost.annual_cost_high_usd)
        once, yearly = (value_at(band, draw[DISTANCE], shape) for band in (capital, annual))
        return replace(cost, cost_usd=once, annual_cost_usd=yearly)

    return at
