"""The use case: site facts, demand, supply plan, sizing, costs and emissions, answer."""

from models.country_electricity import country_electricity
from models.emissions import emissions_of
from models.sizing import solve, summarise
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, Solution, SolverFailed, Unbounded
from service.answering import Findings, answer
from service.costing import Pricing, connection_of
from service.facts import gather
from service.place import place_of
from service.problems import ProblemError
from service.process_demand import flex_of, process_demand
from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.series import check_hours
from service.sizing_case import sizing_case
from service.supply_plan import plan_supply


def assess(request: AssessmentRequest) -> Assessment:
    """Assess one site and process. Raises ProblemError where the request cannot be met."""
    place = place_of(request.site, request.supply)
    facts = gather(place.latitude, place.longitude, request.weather)
    check_hours(request, facts.lengths)
    plan = plan_supply(request, facts, place)
    demand = process_demand(request, facts, plan)
    flex = flex_of(request, demand)
    solution = solve_or_explain(sizing_case(request, facts, demand, plan, flex), request.options.solver)
    dispatch = summarise(solution)
    connection = connection_of(request, facts, demand, plan, dispatch)
    pricing = Pricing(request, plan, solution, dispatch, connection.cost if connection else None)
    electricity = country_electricity(plan.country)
    emissions = emissions_of(
        demand, grid_import_mwh_per_year=max(dispatch.import_mwh, 0.0), grid_intensity=electricity.grid_intensity
    )
    return answer(
        Findings(
            request=request,
            place=place,
            facts=facts,
            plan=plan,
            demand=demand,
            flex=flex,
            solution=solution,
            dispatch=dispatch,
            connection=connection,
            costs=pricing.price(),
            sensitivities=pricing.sensitivities(),
            electricity=electricity,
            emissions=emissions,
        )
    )


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
