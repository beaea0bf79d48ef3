"""The sizing engine: `solve` a `SizingProblem`, many with `solve_block`, relatives as a `Family`, one whose costs
depend on what is built with `solve_repriced`; `summarise` a solution."""

from models.sizing.block import solve_block
from models.sizing.dispatch import summarise
from models.sizing.engine import solve, warm
from models.sizing.family import Family
from models.sizing.underway import solve_repriced

__all__ = ["Family", "solve", "solve_block", "solve_repriced", "summarise", "warm"]
