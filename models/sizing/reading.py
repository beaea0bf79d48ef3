"""From a certified answer to a solution: capacities by name, operation, shadow prices, sensitivities."""

import numpy as np

from models.arrays import FloatArray
from models.notice import Notice
from models.sizing.certificate import Certificate
from models.sizing.components import PLANTS
from models.sizing.formulate import HEAT, HYDROGEN
from models.sizing.operation import operation_of
from models.sizing.problem import SizingProblem
from models.sizing.solution import Info, Prices, Sensitivity, Solution, Status
from models.sizing.stage_model import ELECTRICITY, Answer, StageModel


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


def _plain(name: str) -> str:
    """The name of a capacity as the caller knows it."""
    return f"{name.removeprefix('capacity:')}_mw" if name.startswith("capacity:") else name


def _price(problem: SizingProblem, model: StageModel, answer: Answer, balance: str) -> FloatArray:
    if balance not in model.balances:
        return np.zeros(problem.hours)
    return np.asarray(answer.prices[model.balances.index(balance)] / problem.yearly)
