"""The service as a process of its own, to be killed; sites that are quick to assess; what an undisturbed run gives."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

SITEWATT = Path(sys.executable).with_name("sitewatt")
SITES = int(os.environ.get("SITEWATT_FAULT_SITES", "120"))
PATIENCE_SECONDS = 60.0 + 2.0 * SITES
DEFAULTS: dict[str, Any] = {
    "process": {"id": "custom", "load_mw": 10.0},
    "supply": {"technologies": ["pv_tracking", "wind_onshore", "battery"], "clean_share": 0.8, "radius_km": 0},
}
LAND = ((-105.0, 35.0, -85.0, 48.0), (20.0, 48.0, 60.0, 58.0), (15.0, -25.0, 30.0, 10.0), (120.0, -30.0, 145.0, -20.0))


def sites(count: int = SITES) -> list[dict[str, Any]]:
    """The same random places inland every time."""
    draw = random.Random(7)
    places = []
    for index in range(count):
        west, south, east, north = LAND[index % len(LAND)]
        position = [round(draw.uniform(west, east), 4), round(draw.uniform(south, north), 4)]
        places.append({"site_id": f"s{index}", "location": {"type": "Point", "coordinates": position}})
    return places


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Service:
    """`sitewatt serve` on a port, with settings of its own."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    ready: str = "/healthz/ready"

    def start(self) -> None:
        quick = {"BATCH_LEASE_SECONDS": "3", "BATCH_CHUNK_SITES": "4", "BATCH_WORKERS": "2"}
        settings = {"PORT": str(self.port), "DATA_FOLDER": str(self.folder), **quick, **self.settings}
        environment = os.environ | {f"SITEWATT_{name}": value for name, value in settings.items()}
        log = (self.folder / f"log-{self.port}").open("ab")
        self.process = subprocess.Popen([SITEWATT, "serve"], env=environment, stdout=log, stderr=log)
        log.close()
        self.until(lambda: self.get(self.ready).status_code == 200)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=30.0, **options)

    def until(self, reached: Any, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until something holds; a service that does not answer is asked again."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if reached():
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.25)
        raise AssertionError(f"not reached; the service says: {self.log()[-3000:]}")

    def log(self) -> str:
        return (self.folder / f"log-{self.port}").read_text()

    def kill(self) -> None:
        """SIGKILL, as the kernel does when memory runs out."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """As an operator stops it."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def workers(self) -> list[psutil.Process]:
        """Its worker processes: grandchildren, children of the fork server."""
        assert self.process is not None
        try:
            mine = psutil.Process(self.process.pid).children(recursive=True)
            return [child for child in mine if child.ppid() != self.process.pid]
        except psutil.NoSuchProcess:
            return []

    def kill_a_worker(self, draw: random.Random) -> bool:
        workers = self.workers()
        if not workers:
            return False
        try:
            draw.choice(workers).send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            return False
        return True

    def sent(self, places: list[dict[str, Any]], **more: Any) -> httpx.Response:
        body = {"sites": places, "defaults": DEFAULTS, **more}
        return httpx.post(f"http://127.0.0.1:{self.port}/v1/batches", json=body, timeout=60.0)

    def post(self, places: list[dict[str, Any]], **more: Any) -> str:
        """A new batch; its path."""
        answer = self.sent(places, **more)
        assert answer.status_code == 202, answer.text
        return answer.headers["location"]

    def batch(self, path: str) -> dict[str, Any]:
        return self.get(path).json()

    def finished(self, path: str) -> dict[str, Any]:
        """The batch, when it is over."""
        self.until(lambda: self.batch(path).get("status") not in ("accepted", "running", None, 503))
        return self.batch(path)

    def rows(self, path: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.get(f"{path}/results").text.splitlines()]


@contextmanager
def service(folder: Path, *, ready: str = "/healthz/ready", **settings: str) -> Iterator[Service]:
    """Started, and stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    one = Service(folder, settings, ready=ready)
    one.start()
    try:
        yield one
    finally:
        one.stop()


def check_rows(rows: list[dict[str, Any]], undisturbed: list[dict[str, Any]]) -> None:
    """Every site once, and every figure the same."""
    assert [row["number"] for row in rows] == list(range(1, len(undisturbed) + 1))
    assert rows == undisturbed
