"""A case: what a request asks, worked out up to the problem that is sized, and what the models find once it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from models.connection import ConnectionCost
from models.country_electricity import country_electricity
from models.demand.load import Demand
from models.emissions import emissions_of
from models.sizing import solve, summarise
from models.sizing.dispatch import Dispatch
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, ShouldStop, Solution, SolverFailed, Unbounded
from service.answer.scoring import scored
from service.case.facts import SiteFacts, gather
from service.case.findings import Findings
from service.case.place import Place, place_of
from service.case.process_demand import check_size, process_demand
from service.case.series import check_hours
from service.case.sizing_case import sizing_case
from service.http.problems import ProblemError, wrong_field
from service.money.costing import Pricing, connection_of
from service.money.economics import economics_of
from service.money.project_value import Sized
from service.operation.sizings import counted
from service.ruling.grid_carbon import grid_carbon
from service.schemas.assessment import AssessmentRequest
from service.schemas.base import LEAST_SERVED
from service.supply.plan import SupplyPlan, plan_supply
from service.supply.technology_choice import cost_of, plants_of


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """All that is known of a request before it is sized.

    connection_at : what the connection's cost is within its band; the central cost as it is.
    """

    request: AssessmentRequest
    place: Place
    facts: SiteFacts
    plan: SupplyPlan
    demand: Demand
    problem: SizingProblem
    connection_at: Callable[[ConnectionCost], ConnectionCost] | None = None


def case_of(request: AssessmentRequest, gathered: Callable[..., SiteFacts] = gather) -> Case:
    """What a request asks, worked out up to the problem that is sized. Raises ProblemError.

    gathered : where the facts of a place come from, called as `facts.gather`.
    """
    place = place_of(request.site, request.supply)
    facts = gathered(place.latitude, place.longitude, request.weather)
    check_hours(request, facts.lengths)
    demand = process_demand(request, facts, cost_of(request, plants_of(request)["electrolyser"]))
    check_size(demand)
    plan = plan_supply(request, facts, place, demand.mean_mw)
    return Case(request, place, facts, plan, demand, sizing_case(request, facts, demand, plan))


def findings(case: Case, solution: Solution) -> Findings:
    """What the models say of a case that is sized."""
    request, plan, demand = case.request, case.plan, case.demand
    dispatch = summarise(solution)
    check_served(dispatch)
    connection = connection_of(request, case.facts, demand, plan, dispatch)
    if connection is not None and case.connection_at is not None:
        connection = replace(connection, cost=case.connection_at(connection.cost))
    pricing = Pricing(request, plan, solution, dispatch, connection.cost if connection else None)
    electricity = country_electricity(plan.country)
    carbon = grid_carbon(request, case.facts.lengths, solution, electricity)
    emissions = emissions_of(
        demand,
        grid_import_mwh_per_year=solution.problem.yearly * float(carbon.import_mw.sum()),
        grid_intensity=carbon.intensity,
        import_intensity=carbon.bought,
    )
    costs = pricing.price()
    sized = Sized(request, case.facts, plan, demand, dispatch, pricing, costs, electricity, emissions)
    return Findings(
        request=request,
        place=case.place,
        facts=case.facts,
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
        carbon=carbon,
        score=scored(request, case.facts, plan, dispatch, costs, connection, emissions),
    )


def check_served(dispatch: Dispatch) -> None:
    """Refuse a price of unserved load at which next to nothing is served: there is then no cost per MWh."""
    if dispatch.served_mwh + dispatch.hydrogen_served_mwh >= LEAST_SERVED * (
        dispatch.load_mwh + dispatch.hydrogen_load_mwh
    ):
        return
    detail = "the least cost leaves nearly the whole load unserved: raise the price, or set supply.unserved.share"
    raise wrong_field("/supply/unserved/price_usd_per_mwh", detail, "out_of_range")


def solve_or_explain(
    problem: SizingProblem,
    solver: str,
    by: Callable[[SizingProblem, str, ShouldStop], Solution] = solve,
    bounds: str = "",
) -> Solution:
    """The optimum; a problem that says what stands in its way, `bounds` among it, where there is none.

    by : who solves. Raises Stopped where the answer is no longer wanted.
    """
    try:
        return counted(by, problem, solver)
    except Infeasible as error:
        raise ProblemError(
            "infeasible", f"{error}.{bounds} Allow more technologies, limits, land or a lower clean share."
        ) from error
    except Unbounded as error:
        raise ProblemError("unbounded", f"{error}.") from error
    except SolverFailed as error:
        raise ProblemError("solver-failed", "No solver certified an optimum; the answer is withheld.") from error
