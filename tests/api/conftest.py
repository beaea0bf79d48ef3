"""One running application for all tests of the HTTP face."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("service")
    with TestClient(
        create_app(Settings(data_folder=folder, batch_workers=1)), raise_server_exceptions=False
    ) as started:
        yield started
