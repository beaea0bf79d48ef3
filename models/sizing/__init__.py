"""The sizing engine: `solve` a `SizingProblem`, or many with `solve_block`; `summarise` its operation."""

from models.sizing.block import solve_block
from models.sizing.dispatch import summarise
from models.sizing.engine import solve, warm

__all__ = ["solve", "solve_block", "summarise", "warm"]
