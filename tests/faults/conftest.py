"""What an undisturbed run of the same sites gives."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import service, sites
from tests.postgis_server import Server, server


@pytest.fixture
def database() -> Iterator[Server]:
    """A PostgreSQL of its own, where its user may go: pytest's folders are closed to others."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as made:
        yield made


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    with service(tmp_path_factory.mktemp("calm")) as calm:
        path = calm.post(sites())
        batch = calm.finished(path)
        assert batch["status"] == "successful"
        assert batch["progress"]["failed"] == 0
        return calm.rows(path)
