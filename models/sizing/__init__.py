"""The sizing engine: `solve` a `SizingProblem`, many with `solve_block`, relatives as a `Family`; `summarise` one."""

from models.sizing.block import solve_block
from models.sizing.dispatch import summarise
from models.sizing.engine import solve, warm
from models.sizing.family import Family

__all__ = ["Family", "solve", "solve_block", "summarise", "warm"]
