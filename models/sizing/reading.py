"""From a certified answer to a solution: capacities by name, operation, shadow prices, sensitivities."""

from collections.abc import Mapping

import numpy as np

from models.arrays import FloatArray
from models.notice import Notice
from models.sizing.certificate import Certificate
from models.sizing.components import PLANTS
from models.sizing.formulate import HEAT, HYDROGEN
from models.sizing.groups import generator_groups
from models.sizing.operation import operation_of
from models.sizing.problem import SizingProblem
from models.sizing.solution import Info, Prices, Sensitivity, Solution, Status
from models.sizing.stage_model import ELECTRICITY, Answer, StageModel

ROUNDING = 1e-9  # of the mean load


def read(
    problem: SizingProblem,
    model: StageModel,
    answer: Answer,
    proof: Certificate,
    milliseconds: float,
    warnings: tuple[Notice, ...],
) -> Solution:
    """The solution that an answer and its proof stand for."""
    built = {c.name: float(answer.capacities[index]) for index, c in enumerate(model.capacities)}
    built |= _ratings(problem, model, answer, built)
    capacities = {f"{g.name}_mw": built[f"capacity:{g.name}"] + g.existing_mw for g in problem.generators}
    capacities |= {name: built.get(name, 0.0) for name in PLANTS}
    energy = problem.yearly * float(problem.load_mw.sum())
    return Solution(
        problem=problem,
        objective_usd_per_year=proof.primal,
        cost_usd_per_mwh=proof.primal / energy if energy > 0.0 else None,
        capacities=capacities,
        sensitivities={
            _plain(capacity.name): Sensitivity(built[capacity.name], capacity.cost, float(proof.capacity_worth[index]))
            for index, capacity in enumerate(model.capacities)
        },
        operation=operation_of(problem, model, answer, capacities),
        prices=Prices(*(_price(problem, model, answer, name) for name in (ELECTRICITY, HYDROGEN, HEAT))),
        info=Info(
            solver=answer.solver,
            status=Status.OPTIMAL,
            relative_gap=proof.relative_gap,
            primal_objective_usd_per_year=proof.primal,
            dual_objective_usd_per_year=proof.dual,
            max_residual=proof.max_residual,
            iterations=answer.iterations,
            solve_ms=milliseconds,
            hours=problem.hours,
        ),
        warnings=warnings,
    )


def _ratings(problem: SizingProblem, model: StageModel, answer: Answer, built: Mapping[str, float]) -> dict[str, float]:
    """Least ratings of generators that cost nothing: what they make beside the others, over their capacity factors.

    The first of a group that does so is counted on for all that it can make, then the next.
    """
    found = {}
    for number, members in enumerate(generator_groups(problem)):
        group = [problem.generators[index] for index in members]
        left = answer.hourly[model.variable_index[f"used:{number}"]].copy()
        for generator in group:
            rating = 0.0 if generator.costs_nothing else built[f"capacity:{generator.name}"]
            left -= generator.usable_factor * (rating + generator.existing_mw)
        left = np.where(left > ROUNDING * model.power_unit, left, 0.0)
        for generator in (item for item in group if item.costs_nothing):
            factor = generator.usable_factor
            rating = np.divide(left, factor, out=np.zeros(problem.hours), where=factor > 0.0).max()
            found[f"capacity:{generator.name}"] = float(rating)
            left = np.where(factor > 0.0, 0.0, left)
    return found


def _plain(name: str) -> str:
    """The name of a capacity as the caller knows it."""
    return f"{name.removeprefix('capacity:')}_mw" if name.startswith("capacity:") else name


def _price(problem: SizingProblem, model: StageModel, answer: Answer, balance: str) -> FloatArray:
    if balance not in model.balances:
        return np.zeros(problem.hours)
    return np.asarray(answer.prices[model.balances.index(balance)] / problem.yearly)
