"""One sizing problem solved by us and by HiGHS: who answered, and whether the answers agree."""

from dataclasses import dataclass

from models.sizing import solve
from models.sizing.problem import SizingProblem
from models.sizing.solution import Infeasible, Solution, SolverFailed, Unbounded

CLOSE = 1e-6
LEAST_PRICE = 1e-2  # USD a MWh: an objective below it is nil, and differences are measured against it
ORACLES = ("highs", "clarabel")  # the second where the first does not certify its own answer


@dataclass(frozen=True)
class Comparison:
    """who : the solver that answered, `infeasible` or `unbounded`. distance : of the objectives, relative.

    costs : False where all that is needed is there already, and the objective is nil.
    """

    who: str
    distance: float
    reason: str = ""
    costs: bool = False

    @property
    def agrees(self) -> bool:
        """Whether both found the same."""
        return self.distance <= CLOSE and not self.reason

    @property
    def fell_back(self) -> bool:
        """Whether another solver than ours had to answer."""
        return self.who in ORACLES


def outcome(problem: SizingProblem, solver: str) -> Solution | Infeasible | Unbounded | SolverFailed:
    """The answer or the refusal."""
    try:
        return solve(problem, solver)
    except (Infeasible, Unbounded, SolverFailed) as error:
        return error


def compare(problem: SizingProblem) -> Comparison:
    """Solve twice and compare: objectives, or reasons and amounts of what is refused."""
    ours, theirs = outcome(problem, "auto"), outcome(problem, ORACLES[0])
    if isinstance(theirs, SolverFailed):
        theirs = outcome(problem, ORACLES[1])
    if isinstance(ours, Solution) and isinstance(theirs, Solution):
        distance = distance_of(problem, ours.objective_usd_per_year, theirs.objective_usd_per_year)
        costs = abs(theirs.objective_usd_per_year) > next_to_nothing(problem)
        reason = "" if distance <= CLOSE else "objectives differ"
        return Comparison(ours.info.solver, distance, reason, costs)
    if isinstance(ours, Infeasible) and isinstance(theirs, Infeasible):
        return Comparison("infeasible", 0.0, "" if _same(ours, theirs) else f"{ours} against {theirs}")
    if isinstance(ours, Unbounded) and isinstance(theirs, Unbounded):
        return Comparison("unbounded", 0.0)
    return Comparison("none", 1.0, f"{_kind(ours)} against {_kind(theirs)}")


def distance_of(problem: SizingProblem, ours: float, theirs: float) -> float:
    """Distance of two objectives, relative to the second."""
    return abs(ours - theirs) / max(abs(theirs), next_to_nothing(problem))


def next_to_nothing(problem: SizingProblem) -> float:
    """The objective, USD a year, below which a problem costs nothing."""
    return LEAST_PRICE * 8760.0 * float(problem.matched_load_mw.mean())


def _same(ours: Infeasible, theirs: Infeasible) -> bool:
    """Whether two refusals name the same needs and amounts."""
    if not ours.shortages or set(ours.shortages) != set(theirs.shortages):
        return False
    return all(abs(short - theirs.shortages[need]) <= 1e-3 * short for need, short in ours.shortages.items())


def _kind(found: object) -> str:
    return f"{type(found).__name__} ({found})" if isinstance(found, Exception) else type(found).__name__
