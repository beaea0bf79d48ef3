"""A circuit breaker: a service that keeps failing is left alone for a while."""

import threading
import time
from collections.abc import Callable


class CircuitBreaker:
    """Opens after `failures` in a row; after `seconds` one call may try again, and closes it where it works."""

    def __init__(self, failures: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = failures, seconds, clock
        self._count, self._opened = 0, 0.0
        self._trying = False
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """True where a call may be made; of those that come while it is half open, one."""
        with self._lock:
            if self._count < self._most:
                return True
            if self._clock() - self._opened < self._seconds or self._trying:
                return False
            self._trying = True
            return True

    def succeeded(self) -> None:
        """The call worked."""
        with self._lock:
            self._count, self._trying = 0, False

    def failed(self) -> None:
        """The call failed."""
        with self._lock:
            self._count += 1
            self._trying = False
            self._opened = self._clock()
