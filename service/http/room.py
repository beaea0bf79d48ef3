"""How many bytes of bodies are held at once: memory stays bounded however many requests come."""

from collections.abc import Iterator
from contextlib import contextmanager

from service.operation import metrics


class FullError(Exception):
    """The bodies held take all the room there is."""


class Held:
    """The bytes of all bodies; the event loop's alone."""

    def __init__(self, most: int) -> None:
        self.most, self.now = most, 0

    @contextmanager
    def share(self) -> Iterator["Share"]:
        """What one request holds, given back at the end."""
        share = Share(self)
        try:
            yield share
        finally:
            share.give_back()


class Share:
    """What one request holds."""

    def __init__(self, held: Held) -> None:
        self._held, self._bytes = held, 0

    def take(self, count: int) -> None:
        """Hold more. Raises FullError, and holds what it held, where there is no room."""
        if self._held.now + count > self._held.most:
            metrics.REFUSALS.labels("bodies").inc()
            raise FullError
        self._held.now += count
        self._bytes += count
        metrics.BODY_BYTES.set(self._held.now)

    def give_back(self) -> None:
        """Hold nothing."""
        self._held.now -= self._bytes
        self._bytes = 0
        metrics.BODY_BYTES.set(self._held.now)
