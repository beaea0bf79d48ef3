"""The same batch on a Dask cluster of two worker processes, one of them killed on the way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.faults.harness import SITES, check_rows, free_port, service, sites

pytestmark = pytest.mark.slow
DASK = Path(sys.executable).with_name("dask")


@contextmanager
def _run(*arguments: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / f"dask-{arguments[0]}.log").open("ab") as log:
        process = subprocess.Popen(
            [DASK, *arguments], cwd=folder, env=os.environ | {"OMP_NUM_THREADS": "1"}, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_cluster_with_a_killed_worker(tmp_path: Path, undisturbed: list[dict[str, Any]]) -> None:
    address = f"tcp://127.0.0.1:{(port := free_port())}"
    with ExitStack() as stack:
        scheduler = ("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        stack.enter_context(_run(*scheduler, folder=tmp_path))
        worker = ("worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path))
        nannies = [stack.enter_context(_run(*worker, folder=tmp_path)) for _ in range(2)]
        one = stack.enter_context(service(tmp_path / "data", DASK_SCHEDULER=address))
        path = one.post(sites())
        one.until(lambda: one.batch(path)["progress"]["done"] >= SITES // 4)
        assert one.workers() == []  # nothing is computed here
        children = psutil.Process(nannies[0].pid).children(recursive=True)
        max(children, key=lambda child: child.memory_info().rss).kill()
        nannies[0].kill()  # and it is not started again
        assert one.finished(path)["status"] == "successful"
        check_rows(one.rows(path), undisturbed)
