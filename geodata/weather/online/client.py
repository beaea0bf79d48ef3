"""Requests over the network: time-outs, retries that back off, a deadline, a bound on size, a breaker, a cache."""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from geodata.weather.online.breaker import CircuitBreaker
from geodata.weather.online.cache import DiskCache
from geodata.weather.online.errors import SourceUnavailable

T = TypeVar("T")
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
MOST_BYTES = 60_000_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often a service is asked."""

    connect_seconds: float = 5.0
    read_seconds: float = 20.0
    deadline_seconds: float = 45.0
    retries: int = 2
    first_wait_seconds: float = 0.5
    breaker_failures: int = 3
    breaker_seconds: float = 60.0


class _TryAgain(Exception):
    """This attempt failed in a way that another may not; `wait` is what the service asked for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.reason, self.wait = reason, wait
        super().__init__(reason)


class Fetcher:
    """Asks one service. `source` names it in errors; nothing of its answers or addresses gets into them."""

    def __init__(self, source: str, patience: Patience, cache: DiskCache | None) -> None:
        self.source, self._patience, self._cache = source, patience, cache
        self._breaker = CircuitBreaker(patience.breaker_failures, patience.breaker_seconds)
        self._client = httpx.Client(
            timeout=httpx.Timeout(patience.read_seconds, connect=patience.connect_seconds),
            headers={"User-Agent": "sitewatt"},
            trust_env=True,
        )

    def json(
        self, url: str, params: Mapping[str, Any], parse: Callable[[Any], T], secret: Mapping[str, str] | None = None
    ) -> T:
        """What `parse` makes of the JSON at an address, from the cache where it is there.

        secret : parameters that are sent but kept out of the cache's key. `parse` raises ValueError, KeyError,
        TypeError or IndexError where the answer is not what it should be. Raises SourceUnavailable.
        """

        def whole(content: bytes) -> T:
            return parse(json.loads(content))

        key = json.dumps([self.source, url, dict(sorted(params.items()))], default=str)
        request = httpx.Request("GET", url, params={**params, **(secret or {})})
        return self.ask(request, whole, key)

    def ask(self, request: httpx.Request, parse: Callable[[bytes], T], key: str | None = None) -> T:
        """What `parse` makes of the answer to a request. Raises SourceUnavailable."""
        kept = self._cache.get(key) if self._cache is not None and key is not None else None
        if kept is not None:
            try:
                return parse(kept)
            except (ValueError, KeyError, TypeError, IndexError):
                pass  # of an older version: ask again
        if not self._breaker.allows():
            raise SourceUnavailable(self.source, "it failed repeatedly and is left alone for a minute")
        try:
            content, found = self._with_retries(request, parse)
        except SourceUnavailable:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        if self._cache is not None and key is not None:
            self._cache.put(key, content)
        return found

    def _with_retries(self, request: httpx.Request, parse: Callable[[bytes], T]) -> tuple[bytes, T]:
        patience = self._patience
        deadline = time.monotonic() + patience.deadline_seconds
        wait, reason = patience.first_wait_seconds, ""
        for attempt in range(patience.retries + 1):
            try:
                content = self._once(request, deadline)
                return content, parse(content)
            except _TryAgain as error:
                reason, asked = error.reason, error.wait
            except (ValueError, KeyError, TypeError, IndexError):
                reason, asked = "its answer was not the data asked for", None
            pause = max(wait * random.uniform(0.8, 1.2), asked or 0.0)
            if attempt == patience.retries or time.monotonic() + pause > deadline:
                break
            time.sleep(pause)
            wait *= 2.0
        raise SourceUnavailable(self.source, reason)

    def _once(self, request: httpx.Request, deadline: float) -> bytes:
        """The body of one answer. Raises _TryAgain, or SourceUnavailable where asking again is no use."""
        try:
            answer = self._client.send(_again(request, self._client), stream=True)
        except httpx.TimeoutException as error:
            raise _TryAgain("it did not answer in time") from error
        except httpx.HTTPError as error:
            raise _TryAgain("it could not be reached") from error
        try:
            if answer.status_code in RETRIED:
                raise _TryAgain(f"it answered with status {answer.status_code}", _retry_after(answer))
            if answer.status_code >= 400:
                raise SourceUnavailable(self.source, f"it refused the request with status {answer.status_code}")
            chunks, size = [], 0
            for chunk in answer.iter_bytes():
                size += len(chunk)
                if size > MOST_BYTES:
                    raise SourceUnavailable(self.source, "its answer is too large")
                if time.monotonic() > deadline:
                    raise _TryAgain("it did not answer in time")
                chunks.append(chunk)
            return b"".join(chunks)
        except httpx.TimeoutException as error:
            raise _TryAgain("it did not answer in time") from error
        except httpx.HTTPError as error:
            raise _TryAgain("its answer broke off") from error
        finally:
            answer.close()


def _again(request: httpx.Request, client: httpx.Client) -> httpx.Request:
    """The request anew: one that was sent is spent; the client's time-outs and headers hold."""
    return client.build_request(
        request.method, request.url, headers=dict(request.headers.items()), content=request.content or None
    )


def _retry_after(answer: httpx.Response) -> float | None:
    """Seconds that the service asks to wait; None where it does not say in seconds."""
    try:
        return max(float(answer.headers.get("retry-after", "")), 0.0)
    except ValueError:
        return None
