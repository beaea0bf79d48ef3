"""Batches of Sitewatt followed and read by streams that may break off: they are taken up again where they stopped.

    with httpx.Client(base_url="http://127.0.0.1:8000") as http:
        for batch in follow(http, batch_id):
            print(batch["progress"]["done"], batch["progress"]["total"])
        for row in results(http, batch_id):
            print(row["site_id"], row["rank"])

`http` may be the client of `sitewatt_client`: `AuthenticatedClient(base_url=.., token=..).get_httpx_client()`.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

ATTEMPTS = 8  # in vain, one after the other
FIRST_PAUSE_SECONDS = 0.5  # doubles up to the longest
LONGEST_PAUSE_SECONDS = 15.0
TIMEOUT = httpx.Timeout(10.0, read=60.0)  # the service says something every 15 s, if only that it is there
LATER = (429, 502, 503, 504)


class StreamError(Exception):
    """A stream could not be taken up again."""


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event; `data` is what its JSON holds."""

    name: str
    id: str | None
    data: dict[str, Any]


def follow(http: httpx.Client, batch_id: str, *, attempts: int = ATTEMPTS) -> Iterator[dict[str, Any]]:
    """The batch (`BatchAnswer`) each time it changes; the last one is the batch when it was over.

    Raises httpx.HTTPStatusError where the service refuses (404: no such batch), StreamError where it stays away.
    """
    last: str | None = None
    pauses = _Pauses(attempts)
    while True:
        try:
            headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {})
            with http.stream("GET", f"/v1/batches/{batch_id}/events", headers=headers, timeout=TIMEOUT) as answer:
                _check(answer)
                for event in events(answer.iter_lines()):
                    pauses.start_again()
                    last = event.id or last
                    yield event.data
                    if event.name == "end":
                        return
            pauses.wait("the stream of events ended before the batch did")
        except httpx.TransportError as error:
            pauses.wait(str(error))
        except _LaterError as error:
            pauses.wait(str(error), error.seconds)


def results(http: httpx.Client, batch_id: str, *, after: int = 0, attempts: int = ATTEMPTS) -> Iterator[dict[str, Any]]:
    """Rows (`BatchResult`) of the sites that are done, in the order of their numbers, each once.

    `after`: the number of the last row that is known already. Raises as `follow` does.
    """
    pauses = _Pauses(attempts)
    while True:
        try:
            asked: dict[str, str | int] = {"f": "jsonl", "after": after}
            with http.stream("GET", f"/v1/batches/{batch_id}/results", params=asked, timeout=TIMEOUT) as answer:
                _check(answer)
                for line in answer.iter_lines():
                    pauses.start_again()
                    row: dict[str, Any] = json.loads(line)
                    after = row["number"]
                    yield row
            return
        except httpx.TransportError as error:
            pauses.wait(str(error))
        except _LaterError as error:
            pauses.wait(str(error), error.seconds)


def rows(http: httpx.Client, batch_id: str) -> Iterator[dict[str, Any]]:
    """Wait until the batch is over, then its rows."""
    for _ in follow(http, batch_id):
        pass
    yield from results(http, batch_id)


def events(lines: Iterable[str]) -> Iterator[Event]:
    """The events in the lines of a stream (HTML Living Standard, 9.2); one without data is left out."""
    fields: dict[str, list[str]] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            fields.setdefault(name, []).append(value.removeprefix(" "))
        else:
            if "data" in fields:
                name = fields.get("event", ["message"])[-1]
                yield Event(name, fields.get("id", [None])[-1], json.loads("\n".join(fields["data"])))
            fields = {}


class _LaterError(Exception):
    """The service asks to come back, after `seconds` where it says so."""

    def __init__(self, status: int, seconds: float | None) -> None:
        super().__init__(f"the service answers {status}")
        self.seconds = seconds


class _Pauses:
    """Waits between attempts, longer each time, until there were too many in vain."""

    def __init__(self, attempts: int) -> None:
        self._most, self._made = attempts, 0

    def start_again(self) -> None:
        self._made = 0

    def wait(self, reason: str, seconds: float | None = None) -> None:
        self._made += 1
        if self._made > self._most:
            raise StreamError(f"{self._most} attempts in vain: {reason}")
        doubled = FIRST_PAUSE_SECONDS * 2.0 ** (self._made - 1)
        time.sleep(min(doubled if seconds is None else seconds, LONGEST_PAUSE_SECONDS))


def _check(answer: httpx.Response) -> None:
    if answer.status_code in LATER:
        said = answer.headers.get("retry-after", "")
        raise _LaterError(answer.status_code, float(said) if said.isdecimal() else None)
    answer.raise_for_status()
