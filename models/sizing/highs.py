"""HiGHS (Huangfu and Hall, 2018): the reference solver, slower on these problems, and the oracle of the tests."""

import highspy
import numpy as np
import scipy.sparse as sp

from models.sizing.lp import LinearProgram
from models.sizing.solution import Outcome, ShouldStop, SolverFailed, Status, Stopped, never

STATUSES = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
}


def solve_with_highs(lp: LinearProgram, method: str = "choose", should_stop: ShouldStop = never) -> Outcome:
    """Solve a programme; raises SolverFailed where HiGHS stops for another reason than a verdict, and Stopped.

    method : HiGHS's option `solver`: choose, simplex or ipm.
    """
    power = float(lp.unit.min())
    cost = lp.cost * lp.unit
    cost_unit = (float(np.abs(cost).max()) or 1.0) / 1e4
    scaled = sp.csc_matrix(lp.matrix @ sp.diags(lp.unit / power))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = scaled.shape[1], scaled.shape[0]
    model.col_cost_ = cost / cost_unit
    model.col_lower_ = np.zeros(scaled.shape[1])
    model.col_upper_ = lp.high / lp.unit
    model.row_lower_, model.row_upper_ = lp.row_low / power, lp.row_high / power
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = scaled.indptr, scaled.indices
    model.a_matrix_.value_ = scaled.data
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the package leaves it untyped
    options: dict[str, bool | float | str] = {
        "output_flag": False,
        "log_to_console": False,
        "solver": method,
        "threads": 1,
        "small_matrix_value": 1e-12,  # the default drops capacity factors below 1e-9
    }
    for name, value in options.items():
        if solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise SolverFailed("highs", f"option {name} was refused")
    if solver.passModel(model) == highspy.HighsStatus.kError:
        raise SolverFailed("highs", "the model was refused")
    if should_stop is not never:
        _interruptible(solver, should_stop)
    solver.run()
    verdict = solver.getModelStatus()
    if verdict == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        solver.setOptionValue("presolve", "off")
        solver.run()
        verdict = solver.getModelStatus()
    if verdict == highspy.HighsModelStatus.kInterrupt:
        raise Stopped
    status = STATUSES.get(verdict)
    if status is None:
        raise SolverFailed("highs", solver.modelStatusToString(verdict))
    if status is not Status.OPTIMAL:
        return Outcome(status)
    found, info = solver.getSolution(), solver.getInfo()
    x = np.clip(np.asarray(found.col_value) * lp.unit, 0.0, lp.high)
    iterations = int(max(info.simplex_iteration_count, 0) + max(info.ipm_iteration_count, 0))
    return Outcome(status, lp.answer("highs", x, np.asarray(found.row_dual) * cost_unit / power, iterations))


def _interruptible(solver: highspy.Highs, should_stop: ShouldStop) -> None:
    """Ask in every iteration of the simplex and the interior-point method."""

    def ask(event: highspy.highs.HighsCallbackEvent) -> None:
        event.interrupt(should_stop())

    solver.cbSimplexInterrupt.subscribe(ask)
    solver.cbIpmInterrupt.subscribe(ask)
