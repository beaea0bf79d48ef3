"""Waiting for an application: the database of batches is opened beside its start."""

import time

from fastapi.testclient import TestClient


def wait_until_ready(client: TestClient, prefix: str = "", seconds: float = 60.0) -> None:
    """Return when `/healthz/ready` says so."""
    end = time.monotonic() + seconds
    while client.get(f"{prefix}/healthz/ready").status_code != 200:
        assert time.monotonic() < end, "the application is not ready"
        time.sleep(0.05)
