"""The sizing engine: `solve` a `SizingProblem`, `summarise` its operation."""

from models.sizing.dispatch import summarise
from models.sizing.engine import solve, warm

__all__ = ["solve", "summarise", "warm"]
