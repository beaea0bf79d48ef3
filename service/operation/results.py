"""Computed answers kept in memory by content: the request's bytes, the models' version and that of all data."""

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from geodata.datasets import data_version
from service.access.tenants import tenant_in_use
from service.answer.version import MODEL_VERSION
from service.operation import metrics

OVERHEAD_BYTES = 500  # of an entry beside its content


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent. `at` by the monotonic clock."""

    content: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def age_seconds(self) -> int:
        """Since it was computed."""
        return int(time.monotonic() - self.at)


class Results:
    """The answers that were asked for last, `most_bytes` in all; any thread may ask.

    A change of the data, of the user's own layers too, gives every request another key, and the old answers go.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most, self._bytes = most_bytes, 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._version = ""
        self._lock = threading.Lock()

    def key(self, what: str, body: bytes) -> str:
        """Of a request of the tenant in use: `what` is its route and the form asked for."""
        version = f"{MODEL_VERSION} {data_version()}"
        if version != self._version:
            with self._lock:
                self._version, self._bytes = version, 0
                self._kept.clear()
        digest = hashlib.sha256(f"{version} {tenant_in_use()} {what} ".encode())
        digest.update(body)
        return digest.hexdigest()

    def get(self, key: str) -> Kept | None:
        """The answer of a key; None where it is not kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        metrics.CACHE.labels("miss" if found is None else "hit").inc()
        return found

    def put(self, key: str, content: bytes) -> bool:
        """Keep an answer, and let the least used ones go; False where it alone is too large."""
        size = len(content) + OVERHEAD_BYTES
        if size > self._most:
            return False
        with self._lock:
            if key not in self._kept:
                self._kept[key] = Kept(content)
                self._bytes += size
            while self._bytes > self._most:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= len(gone.content) + OVERHEAD_BYTES
            metrics.CACHE_BYTES.set(self._bytes)
        return True
