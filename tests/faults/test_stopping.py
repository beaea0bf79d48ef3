"""A caller that leaves, an operator that stops the service: computing ends, work is given back, nothing is lost."""

import json
import socket
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import DEFAULTS, SITES, Service, check_rows, service, sites

pytestmark = pytest.mark.slow
LONG: dict[str, Any] = {
    "site": {"location": {"type": "Point", "coordinates": [-95.3, 40.1]}},
    **DEFAULTS,
    "options": {"uncertainty": {"samples": 512}},
}


def sent(one: Service, body: dict[str, Any]) -> socket.socket:
    """A request under way; its connection."""
    content = json.dumps(body).encode()
    head = f"POST /v1/assessments HTTP/1.1\r\nHost: here\r\nContent-Length: {len(content)}\r\n"
    head += "Content-Type: application/json\r\n\r\n"
    connection = socket.create_connection(("127.0.0.1", one.port))
    connection.sendall(head.encode() + content)
    return connection


def answered(connection: socket.socket) -> str:
    """The beginning of the answer; the connection is closed."""
    with connection:
        return connection.recv(65_536).decode()


def metric(one: Service, sample: str) -> float:
    lines = one.get("/metrics").text.splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(sample + " ")), 0.0)


def test_callers_that_leave_free_their_places(tmp_path: Path) -> None:
    """Two compute, one waits, the next is told to come back; all three leave: their places are free."""
    with service(tmp_path, METRICS="main", MAX_WAITING="1", BATCH_WORKERS="0") as one:
        connections = [sent(one, LONG) for _ in range(2)]
        one.until(lambda: metric(one, 'sitewatt_computations{state="running"}') == 2)
        connections.append(sent(one, LONG))
        one.until(lambda: metric(one, 'sitewatt_computations{state="waiting"}') == 1)
        refused = answered(sent(one, LONG))
        assert refused.startswith("HTTP/1.1 503 ")
        assert "retry-after: 10" in refused.lower()
        assert {check["name"]: check["status"] for check in one.get("/healthz/ready").json()["checks"]}[
            "computations"
        ] == "degraded"
        for connection in connections:
            connection.close()
        one.until(lambda: metric(one, 'sitewatt_computations_stopped_total{reason="gone"}') == 3)
        assert metric(one, 'sitewatt_computations{state="running"}') == 0
        assert metric(one, 'sitewatt_refusals_total{reason="computations"}') == 1
        assert metric(one, 'sitewatt_requests_total{method="POST",route="/v1/assessments",status="499"}') == 3


def test_a_deadline_ends_the_computing(tmp_path: Path) -> None:
    with service(tmp_path, METRICS="main", REQUEST_SECONDS="1", BATCH_WORKERS="0") as one:
        assert answered(sent(one, LONG)).startswith("HTTP/1.1 504 ")
        assert metric(one, 'sitewatt_computations{state="running"}') == 0
        assert metric(one, 'sitewatt_computations_stopped_total{reason="deadline"}') == 1


def test_stopped_it_finishes_or_gives_back_what_it_had(tmp_path: Path, undisturbed: list[dict[str, Any]]) -> None:
    """A batch and a long assessment are under way: the caller gets an answer, no chunk stays taken, the next start
    finishes the batch."""
    with service(tmp_path, SHUTDOWN_SECONDS="2", BATCH_LEASE_SECONDS="600", LOG_FORMAT="json") as one:
        path = one.post(sites())
        one.until(lambda: SITES // 6 <= one.batch(path)["progress"]["done"] < SITES)
        connection = sent(one, LONG)
        one.until(lambda: "/v1/batches" in one.log())
        time.sleep(0.5)  # so that it computes
        assert one.process is not None
        one.process.terminate()
        assert answered(connection).startswith("HTTP/1.1 503 ")
        assert one.process.wait(timeout=60) in (0, -15)
        assert "Traceback" not in one.log()
        assert all(json.loads(line)["level"] for line in one.log().splitlines() if line.startswith("{"))
        with sqlite3.connect(tmp_path / "batches.sqlite") as database:
            taken = database.execute("select count(*) from chunks where state = 'open' and holder is not null")
            assert taken.fetchone() == (0,)
        one.start()  # leases of ten minutes: were one left, the batch would not end here
        assert one.finished(path)["status"] == "successful"
        check_rows(one.rows(path), undisturbed)


def test_no_coordinates_and_no_keys_in_the_logs(tmp_path: Path) -> None:
    with service(tmp_path, LOG_FORMAT="json", BATCH_WORKERS="0") as one:
        headers = {"Authorization": "Bearer sw_0123456789", "X-API-Key": "sw_0123456789", "X-Request-ID": "trace-me"}
        one.get("/v1/grid/nearest?latitude=40.12345&longitude=-95.54321", headers=headers)
        one.get("/v1/projects?latitude=40.12345&longitude=-95.54321", headers=headers)
        one.get("/40.12345,-95.54321", headers=headers)
        one.until(lambda: one.log().count("trace-me") == 3)
        for secret in ("40.12345", "95.54321", "sw_0123456789"):
            assert secret not in one.log()
