"""The real service, started by its own command on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTED_WITHIN_S = 240  # the solver's kernels compile on the first start


@contextmanager
def running_service(folder: Path, **settings: str) -> Iterator[str]:
    """Its address, for as long as the block lasts. folder : its data and its log. settings : its own, by name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"SITEWATT_DATA_FOLDER": str(folder), "SITEWATT_DATA_DIR": str(folder / "own")}
    environment |= {f"SITEWATT_{name.upper()}": value for name, value in settings.items()}
    command = [str(Path(sys.executable).parent / "sitewatt"), "serve", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        service = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/healthz/ready", service)
        yield address
    finally:
        service.terminate()
        service.wait(30)


def _wait(url: str, service: "subprocess.Popen[bytes]") -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(STARTED_WITHIN_S * 5):
        assert service.poll() is None, "the service ended"
        try:
            opener.open(url, timeout=5)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the service did not start")
