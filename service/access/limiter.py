"""Limits by cost: a token bucket for each key, in units of one assessment; what a body asks for is spent on top."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar

from service.http.problems import ProblemError

MOST_BUCKETS = 10_000


class RateLimitedError(ProblemError):
    """The bucket is spent; `retry_after` seconds until the request would pass."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("rate-limited", f"This key has spent its units; try again in {retry_after} seconds.")
        self.retry_after = retry_after


class Bucket:
    """Fills by `per_minute` up to as many units as `most`.

    What costs more than a full bucket passes a full one and leaves a debt, so that no request is out of reach for good.
    """

    def __init__(self, per_minute: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute, self.most = per_minute, most
        self._clock, self._level, self._at = clock, most, clock()
        self._lock = threading.Lock()

    def take(self, units: float, after: float = 0.0) -> None:
        """Spend units. Raises RateLimitedError where they are not there; nothing is spent then.

        after : what the same request has spent already; a bucket that was full before counts as full.
        """
        with self._lock:
            self._fill()
            lacking = min(units, self.most - after) - self._level
            if lacking > 1e-9:
                raise RateLimitedError(max(1, math.ceil(lacking * 60.0 / self.per_minute)))
            self._level -= units

    def headers(self) -> list[tuple[bytes, bytes]]:
        """`RateLimit` and `RateLimit-Policy` of the IETF's draft: units left, seconds until it is full."""
        with self._lock:
            self._fill()
            left, full = max(0, math.floor(self._level)), math.ceil((self.most - self._level) * 60.0 / self.per_minute)
        window = math.ceil(self.most * 60.0 / self.per_minute)
        return [
            (b"ratelimit-policy", f'"units";q={math.floor(self.most)};w={window}'.encode()),
            (b"ratelimit", f'"units";r={left};t={full}'.encode()),
        ]

    def _fill(self) -> None:
        now = self._clock()
        self._level = min(self.most, self._level + (now - self._at) * self.per_minute / 60.0)
        self._at = now


class Limiter:
    """The buckets of this process, the least used forgotten first."""

    def __init__(self, burst: float) -> None:
        self._burst = burst
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def bucket(self, of: str, per_minute: float) -> Bucket:
        """The bucket of a key or an address."""
        with self._lock:
            found = self._buckets.get(of)
            if found is None or found.per_minute != per_minute:
                found = self._buckets[of] = Bucket(per_minute, self._burst)
            self._buckets.move_to_end(of)
            while len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
        return found


_metered: ContextVar[tuple[Bucket | None, float]] = ContextVar("metered", default=(None, 0.0))


def meter(bucket: Bucket | None, spent: float) -> None:
    """What follows in this request is spent from this bucket, beside its route's own; None is not limited."""
    _metered.set((bucket, spent))


def spend(units: float) -> None:
    """Spend what the body asks for beyond its route's own cost. Raises RateLimitedError."""
    bucket, spent = _metered.get()
    if bucket is not None and units > 0.0:
        bucket.take(units, spent)
