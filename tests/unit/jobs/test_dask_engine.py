"""What becomes of a chunk whose future the cluster lost, killed or failed; no cluster is needed for that."""

from concurrent.futures import BrokenExecutor, Future
from types import SimpleNamespace
from typing import Any

import pytest
from distributed.scheduler import KilledWorker

from service.jobs.dask_engine import DaskEngine, _settle
from service.jobs.engine import Rows, SchedulerLostError


def theirs(status: str, error: Exception | None = None) -> Any:
    return SimpleNamespace(status=status, exception=lambda: error, result=list, cancel=lambda: None)


@pytest.mark.parametrize("status", ["lost", "cancelled"])
def test_what_the_scheduler_forgot_is_not_the_chunks_fault(status: str) -> None:
    mine: Rows = Future()
    _settle(mine, theirs(status))
    assert isinstance(mine.exception(), SchedulerLostError)


def test_what_killed_its_workers_is() -> None:
    mine: Rows = Future()
    killed = KilledWorker("chunk", SimpleNamespace(address="tcp://a"), 3)  # type: ignore[arg-type]  # of the address alone
    _settle(mine, theirs("error", killed))
    assert isinstance(mine.exception(), BrokenExecutor)


def test_what_took_too_long_is_a_try_and_what_comes_later_is_not_heard() -> None:
    mine: Rows = Future()
    engine, late = DaskEngine("tcp://127.0.0.1:1"), theirs("finished")
    engine._running[mine] = late
    engine.abandon(mine)
    _settle(mine, late)
    assert isinstance(mine.exception(), BrokenExecutor)
