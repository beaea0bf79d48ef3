"""What can be wrong with a process: the caller's input, its name, or the catalogue itself.

ValueError
 +-- DemandError
      +-- UnknownProcess        no process of that id
      +-- InvalidProcessInput   every wrong field of the caller's input
 RuntimeError
 +-- CatalogueError             a data file of the catalogue breaks its own rules
"""

from collections.abc import Sequence
from difflib import get_close_matches

from models.notice import FieldError


class DemandError(ValueError):
    """The demand cannot be stated from what the caller gave."""


class UnknownProcess(DemandError):
    """No process of this id; `valid_ids` lists what there is, `suggestion` the closest of them."""

    def __init__(self, process_id: str, valid_ids: Sequence[str]) -> None:
        self.process_id, self.valid_ids = process_id, tuple(valid_ids)
        close = get_close_matches(process_id.lower().replace("_", "-"), self.valid_ids, n=1)
        self.suggestion: str | None = close[0] if close else None
        hint = f", did you mean {self.suggestion}?" if self.suggestion else ""
        super().__init__(f"unknown process{hint or '.'} Known: {', '.join(self.valid_ids)}")


class InvalidProcessInput(DemandError):
    """The caller's input is wrong in the fields of `errors`, all of them."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        self.errors = list(errors)
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))


class CatalogueError(RuntimeError):
    """A file of the catalogue is wrong; `errors` names every field."""

    def __init__(self, file: str, errors: Sequence[str]) -> None:
        self.file, self.errors = file, list(errors)
        super().__init__(f"{file}: " + "; ".join(errors))
