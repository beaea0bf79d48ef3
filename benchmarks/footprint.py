"""What the service takes when it does nothing: `python -m benchmarks.footprint [STARTS]`.

Time from the command to ready, with compiled kernels cached; memory of the idle process; sizes of what an image holds.
Processor seconds stand beside the time by the clock: on a busy machine the first tell what a quiet one would take.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
from packaging.requirements import Requirement

from models.sizing import warm

ROOT = Path(__file__).parents[1]
SETTLED_SECONDS = 5.0
MB = 1e6


def start(folder: Path) -> tuple[float, float, float, float]:
    """One start: seconds by the clock and of the processor until ready; resident and unshared MB five seconds later."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = os.environ | {"SITEWATT_PORT": str(port), "SITEWATT_DATA_FOLDER": str(folder)}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [Path(sys.executable).with_name("sitewatt"), "serve"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        seen = psutil.Process(process.pid)
        while not _ready(port):
            time.sleep(0.01)
        seconds, used = time.perf_counter() - begun, seen.cpu_times()
        time.sleep(SETTLED_SECONDS)
        memory = seen.memory_full_info()
        return seconds, used.user + used.system, memory.rss / MB, memory.uss / MB
    finally:
        process.terminate()
        process.wait()


def _ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz/ready", timeout=10.0).status_code == 200
    except httpx.TransportError:
        return False


def installed() -> dict[str, float]:
    """MB of every package that requirements.lock pins here, by name."""
    sizes = {}
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            files = distribution(wanted.name).files or []
        except PackageNotFoundError:
            continue
        paths = {Path(str(file.locate())) for file in files}
        sizes[wanted.name] = sum(path.stat().st_size for path in paths if path.is_file()) / MB
    return sizes


def folder_mb(*folders: Path, pattern: str = "*") -> float:
    """MB of the files below."""
    return sum(file.stat().st_size for folder in folders for file in folder.rglob(pattern) if file.is_file()) / MB


def main() -> None:
    """Measure and print."""
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    warm()  # compiled, or taken from the cache
    with TemporaryDirectory() as folder:
        runs = [start(Path(folder)) for _ in range(starts)]
    names = ("start, s", "start, processor s", "idle resident, MB", "idle unshared, MB")
    for name, values in zip(names, zip(*runs, strict=True), strict=True):
        print(f"{name}: median {statistics.median(values):.2f}, least {min(values):.2f}, most {max(values):.2f}")
    with (ROOT / "pyproject.toml").open("rb") as file:
        direct = tomllib.load(file)["project"]["dependencies"]
    sizes = installed()
    print(f"dependencies: {len(direct)} direct, {len(sizes)} in all")
    own = folder_mb(ROOT / "service", ROOT / "models", ROOT / "geodata")
    kernels = folder_mb(ROOT / "models", pattern="*.nb[ic]")
    print(f"installed packages: {sum(sizes.values()):.0f} MB")
    print(f"ours: {own - kernels:.0f} MB with the embedded data; compiled kernels {kernels:.0f} MB")
    largest = sorted(sizes, key=lambda name: -sizes[name])[:10]
    print("largest: " + ", ".join(f"{name} {sizes[name]:.0f}" for name in largest))


if __name__ == "__main__":
    main()
