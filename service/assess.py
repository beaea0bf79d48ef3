"""The use case: site facts, demand, supply plan, sizing, costs and emissions, answer."""

from models.country_electricity import country_electricity
from models.demand.catalogue import find_process
from models.demand.errors import InvalidProcessInput
from models.demand.load import Demand, demand_of
from models.demand.parameters import capacity_field
from models.emissions import emissions_of
from models.sizing import solve, summarise
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, Solution, SolverFailed, Unbounded
from service.answering import Findings, answer
from service.costing import Pricing, connection_of
from service.economics import Sized, economics_of
from service.facts import gather
from service.place import place_of
from service.problems import FieldProblem, ProblemError
from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.series import check_hours, on_hours
from service.sizing_case import sizing_case
from service.supply_plan import SupplyPlan, plan_supply

LEAST_MW, MOST_MW = 1e-3, 1e5  # a kettle; more than any country but the largest draws


def assess(request: AssessmentRequest) -> Assessment:
    """Assess one site and process. Raises ProblemError where the request cannot be met."""
    place = place_of(request.site, request.supply)
    facts = gather(place.latitude, place.longitude, request.weather)
    check_hours(request, facts.lengths)
    plan = plan_supply(request, facts, place)
    demand = _demand(request, facts.lengths, plan)
    _check_size(demand)
    solution = solve_or_explain(sizing_case(request, facts, demand, plan), request.options.solver)
    dispatch = summarise(solution)
    connection = connection_of(request, facts, demand, plan, dispatch)
    pricing = Pricing(request, plan, solution, dispatch, connection.cost if connection else None)
    electricity = country_electricity(plan.country)
    emissions = emissions_of(
        demand, grid_import_mwh_per_year=max(dispatch.import_mwh, 0.0), grid_intensity=electricity.grid_intensity
    )
    costs = pricing.price()
    sized = Sized(request, facts, plan, demand, dispatch, pricing, costs, electricity, emissions)
    return answer(
        Findings(
            request=request,
            place=place,
            facts=facts,
            plan=plan,
            demand=demand,
            solution=solution,
            dispatch=dispatch,
            connection=connection,
            costs=costs,
            sensitivities=pricing.sensitivities(),
            electricity=electricity,
            emissions=emissions,
            economics=economics_of(sized),
        )
    )


def _demand(request: AssessmentRequest, lengths: list[int], plan: SupplyPlan) -> Demand:
    asked = request.process
    process = find_process(asked.id)
    consumption = plan.costs["electrolyser"].specific_electricity_kwh_per_kg
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
        )
    except InvalidProcessInput as error:
        wrong = [
            FieldProblem(pointer="/process/" + item.field.replace(".", "/"), detail=item.message, code=item.code)
            for item in error.errors
        ]
        raise ProblemError("invalid-request", "The process is not valid.", wrong) from error


def _check_size(demand: Demand) -> None:
    """Refuse what no industrial site on Earth draws, before it is priced."""
    if LEAST_MW <= demand.peak_mw <= MOST_MW:
        return
    process = demand.process
    pointer = "/process/load_mw" if process.is_custom else f"/process/{capacity_field(process)}"
    detail = f"would draw {demand.peak_mw:,.6g} MW; what is assessed draws {LEAST_MW:g} to {MOST_MW:,.0f} MW"
    wrong = FieldProblem(pointer=pointer, detail=detail, code="out_of_range")
    raise ProblemError("invalid-request", "1 field is wrong.", [wrong])


def solve_or_explain(problem: SizingProblem, solver: str) -> Solution:
    """The optimum; a problem that says what stands in its way where there is none."""
    try:
        return solve(problem, solver)
    except Infeasible as error:
        raise ProblemError(
            "infeasible", f"{error}. Allow more technologies, limits, land or a lower clean share."
        ) from error
    except Unbounded as error:
        raise ProblemError("unbounded", f"{error}.") from error
    except SolverFailed as error:
        raise ProblemError("solver-failed", "No solver certified an optimum; the answer is withheld.") from error
