"""The call in hand: its id, until when it may take, and whether its answer is still wanted.

What computes asks between its steps (`check`, `should_stop`), in whatever thread: the call goes with the context.
"""

import time
from contextvars import ContextVar
from typing import Literal

from starlette.types import Receive

from models.sizing.solution import ShouldStop, Stopped, never

Reason = Literal["deadline", "gone", "shutdown"]


class Call:
    """One request. `receive` is the server's: once the body has been read, it tells that the caller has left."""

    __slots__ = ("_end", "_reason", "receive", "request_id")

    def __init__(self, request_id: str, seconds: float, receive: Receive | None = None) -> None:
        self.request_id, self.receive = request_id, receive
        self._end, self._reason = time.monotonic() + seconds, ""

    def stop(self, reason: Reason) -> None:
        """The answer is no longer wanted; the first reason stays."""
        self._reason = self._reason or reason

    @property
    def seconds_left(self) -> float:
        """Until the deadline, not below 0."""
        return max(self._end - time.monotonic(), 0.0)

    @property
    def reason(self) -> str:
        """Why it should stop; empty where it should not."""
        return self._reason or ("" if self.seconds_left else "deadline")

    def should_stop(self) -> bool:
        """True from when the answer is no longer wanted."""
        return bool(self.reason)


_current: ContextVar[Call | None] = ContextVar("sitewatt_call", default=None)


def current() -> Call | None:
    """The call that is being answered here; None in a command or a worker of batches."""
    return _current.get()


def enter(call: Call) -> None:
    """From here on, in this task and the threads it starts, this is the call."""
    _current.set(call)


def should_stop() -> ShouldStop:
    """What a solver asks between its iterations."""
    call = _current.get()
    return never if call is None else call.should_stop


def check() -> None:
    """Raise Stopped where the answer is no longer wanted."""
    if should_stop()():
        raise Stopped
