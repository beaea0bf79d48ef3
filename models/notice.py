"""What can be wrong with a field, and what a caller should know of a result; shared by all rooms of the models."""

from dataclasses import dataclass
from typing import NamedTuple


class FieldError(NamedTuple):
    """One wrong field; `field` is dotted as in `parameters.scrap_share`, `code` is stable."""

    field: str
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A coded warning that travels with a result."""

    code: str
    detail: str
