"""The optimum of a case, with the lines of generators that stand elsewhere priced at the power that is built.

A line's cost is not in proportion to its power, the sizing is linear: it is solved with the lines of an expected power,
on its way with those of the power that it is about to build, and again with those of the power it built, until that
moves no generator's annual cost by more than a few per cent, which moves the levelised cost by a thousandth at most.
"""

from collections.abc import Mapping
from dataclasses import replace
from operator import is_

from models.notice import Notice
from models.sizing import solve_repriced
from models.sizing.problem import SizingProblem
from models.sizing.solution import ShouldStop, Solution
from service.case.case import Case, solve_or_explain
from service.case.sizing_case import sizing_case
from service.supply.plan import SupplyPlan

MOVED = 0.03
SIZINGS = 4
SCARCE = 0.1  # of an area: less usable land is told to whom land may stand in the way


def settled(case: Case) -> tuple[Case, Solution]:
    """The case with every line priced at what is built, and its sizing. Raises ProblemError where there is none."""
    for _ in range(SIZINGS):
        case, solution = _sized(case)
        built = case.plan.carrying(solution.capacities)
        if (moved := _moved(case.plan, built)) <= MOVED:
            return _with_plan(case, built), solution
        settling, case = case, _with_plan(case, built)
    detail = f"sized with lines whose cost was still {moved:.0%} of a generator's off; stated is what is built"
    warnings = (*built.warnings, Notice("line_cost_not_settled", detail))
    return _with_plan(settling, replace(built, warnings=warnings)), solution


def _sized(case: Case) -> tuple[Case, Solution]:
    """The optimum, with the lines priced anew on the way to it as the powers show. Raises ProblemError."""

    def reprice(capacities: Mapping[str, float]) -> SizingProblem | None:
        nonlocal case
        built = case.plan.carrying(capacities)
        if _moved(case.plan, built) <= MOVED:
            return None
        case = _with_plan(case, built)
        return case.problem

    def by(problem: SizingProblem, solver: str, should_stop: ShouldStop) -> Solution:
        return solve_repriced(problem, reprice, solver, should_stop)

    solution = solve_or_explain(case.problem, case.request.options.solver, by, _bounds(case.plan) + _ground(case))
    return case, solution


def _with_plan(case: Case, plan: SupplyPlan) -> Case:
    if plan.warnings == case.plan.warnings and all(map(is_, plan.generators, case.plan.generators)):
        return case
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


def _ground(case: Case) -> str:
    """What the land about the place is, where next to none of it can be built on."""
    land = case.place.land
    if land is None or case.facts.sea.at_sea or land.usable_km2 >= SCARCE * land.area_km2:
        return ""
    kinds = {"sea": land.sea_km2, "lake": land.lake_km2, "urban": land.urban_km2, "excluded": land.excluded_km2}
    taken = ", ".join(f"{km2:,.0f} km2 {kind}" for kind, km2 in kinds.items() if km2 >= 0.5)
    return f" Of the {land.area_km2:,.0f} km2 about the place {land.usable_km2:,.0f} km2 are usable land ({taken})."
