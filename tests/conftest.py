"""Every test has a data folder of its own: a developer's layers are neither seen nor touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata import user_data


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("data")
    user_data.use(folder)
    yield folder
    user_data.use(None)


@pytest.fixture
def data_folder(tmp_path: Path, _own_data_folder: Path) -> Iterator[Path]:
    """An empty data folder for one test."""
    user_data.use(tmp_path / "data")
    yield tmp_path / "data"
    user_data.use(_own_data_folder)
