"""What a caller may set on a process, and what it does to the items of the process.

Parameters act by a small closed set of effects (`EffectKind`), so that a process needs no code of its own.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.figure import Figure, Status


class ParameterKind(StrEnum):
    """What a parameter takes."""

    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"


class EffectKind(StrEnum):
    """What a parameter p does to the items it names."""

    COMPLEMENT = "complement"  # item x (1 - p)
    PROPORTIONAL = "proportional"  # item x p
    BLEND = "blend"  # (1 - p) x item + p x `toward`
    REPLACE = "replace"  # p + `offset`, only where the caller gives p
    INCLUDE = "include"  # item only where p is true
    STORE = "store"  # heat of the item may go through a thermal store where p is true
    CHOOSE = "choose"  # the option of the named group


@dataclass(frozen=True, slots=True)
class Effect:
    """What a parameter does to `targets` (item names; for `choose` the one group)."""

    kind: EffectKind
    targets: tuple[str, ...]
    toward: Figure | None = None
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning that a number above `above`, or the choice `option`, brings."""

    above: float | None
    option: str | None
    code: str
    detail: str

    def applies(self, value: float | bool | str) -> bool:
        """Whether this value of the parameter brings it."""
        return value == self.option if self.above is None else float(value) > self.above


@dataclass(frozen=True, slots=True)
class Limit:
    """Narrower bounds of a number where the choice `where` stands at `option`."""

    where: str
    option: str
    low: float
    high: float
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something the caller may set. `low` and `high` bound a number; `source` says where the bounds come from.

    limits : narrower bounds that come with a choice.
    """

    name: str
    description: str
    kind: ParameterKind
    default: float | bool | str
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    source: str
    status: Status
    effects: tuple[Effect, ...]
    caution: Caution | None
    limits: tuple[Limit, ...] = ()

    @property
    def allowed(self) -> str:
        """The allowed values in words."""
        if self.kind is ParameterKind.NUMBER:
            return f"a number from {self.low:g} to {self.high:g}" + (
                f" {self.unit}" if self.unit not in ("", "share") else ""
            )
        return "true or false" if self.kind is ParameterKind.FLAG else "one of " + ", ".join(self.choices)
