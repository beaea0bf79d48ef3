"""Every sizing of this process counted, timed and traced, and stopped where its answer is no longer wanted."""

from collections.abc import Callable

from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, ShouldStop, Solution, SolverFailed, Stopped, Unbounded
from service.operation import metrics
from service.operation.call import should_stop
from service.operation.tracing import span

OUTCOMES = {Infeasible: "infeasible", Unbounded: "unbounded", SolverFailed: "failed", Stopped: "stopped"}


def counted(by: Callable[[SizingProblem, str, ShouldStop], Solution], problem: SizingProblem, solver: str) -> Solution:
    """The optimum. Raises what `by` raises."""
    with span("sizing", hours=len(problem.load_mw), solver=solver) as note:
        try:
            solution = by(problem, solver, should_stop())
        except (Infeasible, Unbounded, SolverFailed, Stopped) as error:
            metrics.SIZINGS.labels(solver, OUTCOMES[type(error)]).inc()
            raise
        info = solution.info
        note(iterations=info.iterations, solved_by=info.solver)
    metrics.SIZINGS.labels(info.solver, "optimal").inc()
    metrics.SIZING_SECONDS.labels(info.solver).observe(info.solve_ms / 1e3)
    metrics.SIZING_ITERATIONS.labels(info.solver).observe(info.iterations)
    metrics.FALLBACKS.inc(sum(notice.code == "solver_fallback" for notice in solution.warnings))
    return solution
