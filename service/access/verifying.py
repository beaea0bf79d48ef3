"""From the key that a request sends to what is kept of it, without the database on every request."""

import hashlib
import threading
import time
from collections import OrderedDict

from sqlalchemy.exc import SQLAlchemyError

from service.access.key_store import KeyStore
from service.access.keys import Key, parts
from service.http.problems import ProblemError
from service.jobs.office import Office

CACHE_SECONDS = 5.0
MOST_CACHED = 4096


class Verifier:
    """Holds keys that were good a moment ago, by a digest of what was sent; a revoked one is good for no longer."""

    def __init__(self) -> None:
        self._good: OrderedDict[bytes, tuple[Key, float]] = OrderedDict()
        self._lock = threading.Lock()

    def cached(self, sent: str) -> Key | None:
        """The key where it was verified within `CACHE_SECONDS`."""
        with self._lock:
            found = self._good.get(_digest(sent))
        return found[0] if found and time.monotonic() < found[1] else None

    def verified(self, sent: str, office: Office) -> Key | None:
        """The key by the database; None where it is none. Raises ProblemError where the database is away."""
        known = parts(sent)
        if known is None:
            return None
        if not office.opened:
            raise ProblemError("storage-unavailable", "The database of keys does not answer yet; try again shortly.")
        prefix, secret = known
        try:
            key, now = KeyStore(office.database).find(prefix)
        except SQLAlchemyError as error:
            raise ProblemError("storage-unavailable", "The database of keys does not answer; try again.") from error
        if key is None or not key.opens_with(secret, now):
            return None
        ends = [time.monotonic() + CACHE_SECONDS]
        ends += [time.monotonic() + end - now for end in (key.expires_at, key.old_until) if end and end > now]
        with self._lock:
            self._good[_digest(sent)] = key, min(ends)
            while len(self._good) > MOST_CACHED:
                self._good.popitem(last=False)
        return key


def _digest(sent: str) -> bytes:
    return hashlib.sha256(sent.encode()).digest()
