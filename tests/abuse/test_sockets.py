"""Callers that send or read what no client does, over sockets, against a service of its own."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import psutil
import pytest

from tests.faults.harness import Service, service, sites

pytestmark = pytest.mark.slow
GROWTH_MB = 150.0
BODY = json.dumps({"site": {"location": {"type": "Point", "coordinates": [200.0, 0.0]}}, "process": {"id": "x"}})


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("abuse")
    with service(folder, BODY_TIMEOUT_SECONDS="2", BATCH_WORKERS="0", ALLOW_ONLINE="false") as one:
        yield one


def resident_mb(one: Service) -> float:
    assert one.process is not None
    return float(psutil.Process(one.process.pid).memory_info().rss) / 1e6


def opened(one: Service) -> socket.socket:
    return socket.create_connection(("127.0.0.1", one.port), timeout=30.0)


def told(one: Service, content: bytes) -> bytes:
    """What comes back until the service closes, or is silent for two seconds."""
    with opened(one) as line:
        line.sendall(content)
        line.settimeout(2.0)
        found = b""
        try:
            while piece := line.recv(65_536):
                found += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return found


def statuses(answer: bytes) -> list[int]:
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


def alive(one: Service) -> bool:
    return one.get("/healthz/live").status_code == 200


def post(*headers: str, body: str = "") -> bytes:
    head = ["POST /v1/assessments HTTP/1.1", "Host: x", "Content-Type: application/json", *headers]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def test_a_slow_sender_is_told_and_let_go(running: Service) -> None:
    with opened(running) as line:
        line.sendall(post("Content-Length: 1000", body="{"))
        assert statuses(line.recv(65_536)) == [408]
    assert alive(running)


def test_an_endless_body_is_refused(running: Service) -> None:
    before = resident_mb(running)
    with opened(running) as line:
        line.sendall(post("Transfer-Encoding: chunked"))
        line.settimeout(10.0)
        try:
            for _ in range(400):
                line.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        except OSError:
            pass  # it has hung up
    assert alive(running)
    assert resident_mb(running) - before < GROWTH_MB


def test_giant_headers_are_refused(running: Service) -> None:
    assert set(statuses(told(running, post(f"X-Long: {'x' * 1_000_000}")))) <= {400, 413, 431}
    assert set(statuses(told(running, b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"))) <= {
        400,
        404,
        414,
        431,
    }
    assert alive(running)


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: -1",),
        ("Content-Length: 1e3",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
    ],
)
def test_a_smuggled_request_is_not_answered(running: Service, headers: tuple[str, ...]) -> None:
    """Where the length is told in two ways or none, what follows must not count as another request of the caller's."""
    inner = "0\r\n\r\nGET /v1/datasets HTTP/1.1\r\nHost: x\r\n\r\n"
    found = statuses(told(running, post(*headers, body=inner)))
    assert 200 not in found
    assert alive(running)


def test_many_idle_connections_keep_nobody_out(running: Service) -> None:
    before = resident_mb(running)
    with ExitStack() as stack:
        for _ in range(400):
            stack.enter_context(opened(running)).sendall(b"GET /healthz/live HTTP/1.1\r\n")
        assert alive(running)
        assert resident_mb(running) - before < GROWTH_MB
    assert alive(running)


def test_readers_that_never_read_hold_little(running: Service) -> None:
    """Events and results are asked for and not read: memory stays, and others are served."""
    path = running.post(sites(1))
    before = resident_mb(running)
    with ExitStack() as stack:
        for index in range(60):
            line = stack.enter_context(opened(running))
            wanted = f"{path}/events" if index % 2 else "/v1/technologies"
            line.sendall(f"GET {wanted} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * (1 if index % 2 else 20))
        time.sleep(3.0)
        assert alive(running)
        assert resident_mb(running) - before < GROWTH_MB


def test_lines_cannot_be_slipped_into_the_log(running: Service) -> None:
    told(running, b"GET /v1/x%0d%0aERROR%20forged HTTP/1.1\r\nHost: x\r\nUser-Agent: a\x0bERROR forged\r\n\r\n")
    assert alive(running)
    assert not [line for line in running.log().splitlines() if line.startswith("ERROR forged")]


@pytest.mark.parametrize(("trusted", "passed"), [("10.9.9.9", 1), ("127.0.0.1", 6)])
def test_an_address_that_is_told_counts_from_a_trusted_proxy_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: str, passed: int
) -> None:
    """An open service limits addresses; who is no proxy cannot take another one for each request."""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", trusted)
    with service(tmp_path, UNITS_PER_MINUTE="0.01", BURST_UNITS="1", BATCH_WORKERS="0") as one:
        path = "/v1/assessments"  # a unit, whatever it asks for
        found = [
            httpx.post(f"http://127.0.0.1:{one.port}{path}", json={}, headers={"X-Forwarded-For": f"198.51.100.{last}"})
            for last in range(6)
        ]
        assert [answer.status_code for answer in found] == [422] * passed + [429] * (6 - passed)


def test_nothing_broke(running: Service) -> None:
    """After all of the above the log holds no error: a bug is logged by its files and lines, without that word."""
    assert running.get("/v1/batches/none").status_code == 404  # tests above may have run beside another service
    assert "the request failed" not in running.log()
    assert "status=500" not in running.log()
    assert "Traceback" not in running.log()
    assert "status=4" in running.log()  # the lines are there to be looked at
