"""What is made of the shipped data and the user's layers, made again when those change."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from geodata.user_data import Layer, LayerKind, layers, stamp

Made = TypeVar("Made")


class InForce(Generic[Made]):
    """The thing in force; while one thread makes the new one, the old one answers the others."""

    def __init__(self, kind: LayerKind, make: Callable[[tuple[Layer, ...]], Made]) -> None:
        self._kind, self._make = kind, make
        self._lock = threading.Lock()
        self._held: tuple[object, Made] | None = None

    def get(self) -> Made:
        """The thing as the layers stand now."""
        now, held = stamp(self._kind), self._held
        if held is not None and held[0] == now:
            return held[1]
        if not self._lock.acquire(blocking=held is None):
            assert held is not None  # only who has one does not wait
            return held[1]
        try:
            if self._held is None or self._held[0] != now:
                self._held = now, self._make(layers(self._kind))
            return self._held[1]
        finally:
            self._lock.release()
