"""The optimum of a case, with the lines of generators that stand elsewhere priced at the power that is built.

A line's cost is not in proportion to its power, the sizing is linear: it is solved with the lines of an expected power,
and again with those of the power it built, until that moves no generator's annual cost by more than a few per cent,
which moves the levelised cost by a thousandth at most.
"""

from collections.abc import Callable
from dataclasses import replace

from models.sizing import solve
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, Solution, SolverFailed, Unbounded
from service.case import Case
from service.problems import ProblemError
from service.sizing_case import sizing_case
from service.supply_plan import SupplyPlan

MOVED = 0.03
AGAIN = 3  # sizings beyond the first


def settled(case: Case) -> tuple[Case, Solution]:
    """The case with every line priced at what is built, and the sizing. Raises ProblemError where there is none."""
    solution = sized(case)
    for _ in range(AGAIN):
        built = case.plan.carrying(solution.capacities)
        if _moved(case.plan, built) <= MOVED:
            break
        case = _priced(case, built)
        solution = sized(case)
    return _priced(case, case.plan.carrying(solution.capacities)), solution


def sized(case: Case, by: Callable[[SizingProblem, str], Solution] = solve) -> Solution:
    """The optimum of a case as it is priced. Raises ProblemError where there is none. `by` is who solves."""
    return solve_or_explain(case.problem, case.request.options.solver, _bounds(case.plan), by)


def _priced(case: Case, plan: SupplyPlan) -> Case:
    return replace(case, plan=plan, problem=sizing_case(case.request, case.facts, case.demand, plan))


def _moved(before: SupplyPlan, after: SupplyPlan) -> float:
    """Largest relative change of a generator's annual cost."""
    pairs = [
        (old.cost.annual_cost_usd_per_mw(old.wacc.value), new.cost.annual_cost_usd_per_mw(new.wacc.value))
        for old, new in zip(before.generators, after.generators, strict=True)
    ]
    return max((abs(new - old) / old for old, new in pairs if old > 0.0), default=0.0)


def _bounds(plan: SupplyPlan) -> str:
    """What land, sea and limits allow, for the one who is told that it is not enough."""
    bounds = [
        f"{option.name} {option.max_mw + option.existing_mw:,.0f} MW"
        for option in plan.generators
        if option.max_mw is not None
    ]
    return f" Land, sea or your limits allow {', '.join(bounds)}." if bounds else ""


def solve_or_explain(
    problem: SizingProblem, solver: str, bounds: str = "", by: Callable[[SizingProblem, str], Solution] = solve
) -> Solution:
    """The optimum; a problem that says what stands in its way, `bounds` among it, where there is none."""
    try:
        return by(problem, solver)
    except Infeasible as error:
        raise ProblemError(
            "infeasible", f"{error}.{bounds} Allow more technologies, limits, land or a lower clean share."
        ) from error
    except Unbounded as error:
        raise ProblemError("unbounded", f"{error}.") from error
    except SolverFailed as error:
        raise ProblemError("solver-failed", "No solver certified an optimum; the answer is withheld.") from error
