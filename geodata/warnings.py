"""What the data do not know, as coded warnings that travel with every answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataWarning:
    """A coded warning; `code` is stable, `detail` is for people."""

    code: str
    detail: str
