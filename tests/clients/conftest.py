"""The real service, started by its own command, for the clients; their calls as processes of their own."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import Service, service

ROOT = Path(__file__).parents[2]
SITES = 10


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with embedded data and two workers for batches."""
    folder = tmp_path_factory.mktemp("clients")
    with service(folder, DATA_DIR=str(folder / "own")) as one:
        yield one


def done(command: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
    """A process that has to end well; what it says is told where it does not."""
    ended = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
    return ended


def told(command: Sequence[str | Path], **options: Any) -> Any:
    """The JSON that a process writes to standard output."""
    return json.loads(done(command, **options).stdout)
