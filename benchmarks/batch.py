"""Sites a second of a batch against workers and size of chunks, and the memory of each worker over the run.

`python -m benchmarks.batch --sites 10000 --workers 2` is the run of docs/scaling.md: random land sites, green steel,
the hours of a year exactly, with sun, wind, battery and hydrogen.
"""

import argparse
import json
import os
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import func, select

from geodata.sea import LandMap
from service.jobs.chunking import SiteRow, in_chunks, row_text
from service.jobs.database import Database
from service.jobs.engine import LocalEngine
from service.jobs.records import NewBatch
from service.jobs.runner import Runner
from service.jobs.store import Store
from service.jobs.tables import results
from service.settings import Settings

DEFAULTS = {"process": {"id": "steel-h2-dri-eaf"}}
SOUTHERNMOST = -60.0  # what is beyond is ice
LOOK_SECONDS = 0.5
SAMPLE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. `seconds` from the first chunk taken to the last result; `start_seconds` until the workers were there.

    cpu_seconds : of all workers, as far as they were looked at: it tells what a site costs on a busy machine too.
    memory_mb : by time (seconds, most resident memory of a worker); shared pages count for each that has them.
    kb_a_site : of results, as they stand in the database.
    """

    sites: int
    workers: int
    chunk: int
    seconds: float
    start_seconds: float
    cpu_seconds: float
    failed: int
    memory_mb: list[tuple[float, float]]
    own_memory_mb: float
    kb_a_site: float

    @property
    def rate(self) -> float:
        """Sites a second."""
        return self.sites / self.seconds


def land_sites(count: int, seed: int = 1) -> np.ndarray:
    """Random places on land, even over the Earth's surface, (count, 2) longitude and latitude."""
    draw, land = np.random.default_rng(seed), LandMap.load().land
    found = np.empty((0, 2))
    while len(found) < count:
        height = draw.uniform(np.sin(np.radians(SOUTHERNMOST)), 1.0, 4 * count)
        places = np.column_stack([draw.uniform(-180.0, 180.0, 4 * count), np.degrees(np.arcsin(height))])
        found = np.vstack([found, places[land.contain(places)]])
    return np.asarray(found[:count].round(5))


def measure(sites: int, workers: int, chunk: int) -> Measured:
    """Run a batch of its own to its end."""
    rows = []
    for number, (longitude, latitude) in enumerate(land_sites(sites).tolist(), 1):
        location = {"location": {"type": "Point", "coordinates": [longitude, latitude]}}
        rows.append(SiteRow(number, latitude, longitude, row_text(number, str(number), location, {})))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/batches.sqlite")
        database.migrate()
        store = Store(database)
        batch, _ = store.create(NewBatch(DEFAULTS, in_chunks(rows, chunk), [], "benchmark"))
        settings = Settings()
        engine = LocalEngine(workers, settings)
        runner = Runner(database, engine, settings.batch_lease_seconds, settings.batch_site_seconds)
        begun = time.time()
        runner.start()
        memory: list[tuple[float, float]] = []
        own, cpu = 0.0, {}
        while (batch := store.get(batch.id)).active:
            time.sleep(LOOK_SECONDS)
            since = time.time() - (batch.started_at or time.time())
            cpu |= {pid: _cpu_seconds(pid) for pid in engine.pids()}
            if since >= len(memory) * SAMPLE_SECONDS and (pids := engine.pids()):
                memory.append((since, max(_memory_mb(pid, "status", "VmRSS") for pid in pids)))
                own = max([own, *(_memory_mb(pid, "smaps_rollup", "Private_Dirty") for pid in pids)])
        runner.stop()
        with database.reading() as connection:
            stored = connection.execute(select(func.sum(func.length(results.c.figures)))).scalar_one() or 0
        database.close()
    assert batch.started_at is not None
    assert batch.finished_at is not None
    return Measured(
        sites=sites,
        workers=workers,
        chunk=chunk,
        seconds=batch.finished_at - batch.started_at,
        start_seconds=batch.started_at - begun,
        cpu_seconds=sum(cpu.values()),
        failed=batch.failed,
        memory_mb=memory,
        own_memory_mb=own,
        kb_a_site=stored / 1000.0 / sites,
    )


def _memory_mb(pid: int, file: str, name: str) -> float:
    """A figure of /proc, 0 where the process has ended or the system has none."""
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/{file}").read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found.group(1)) / 1024.0 if found else 0.0


def _cpu_seconds(pid: int) -> float:
    """Of a process so far, 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def plot(file: Path, runs: Sequence[Measured]) -> None:
    """Sites a second by workers, a line for each size of chunks, and memory over the longest run."""
    import matplotlib  # an extra: whoever has it not can still measure

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9.0, 3.6), layout="constrained")
    for chunk in sorted({run.chunk for run in runs}):
        mine = sorted((run.workers, run.rate) for run in runs if run.chunk == chunk)
        left.plot(*zip(*mine, strict=True), marker="o", label=f"chunks of {chunk}")
    left.set(xlabel="workers", ylabel="sites a second", xticks=sorted({run.workers for run in runs}), ylim=(0, None))
    left.legend(frameon=False)
    longest = max(runs, key=lambda run: run.seconds)
    right.plot(*zip(*longest.memory_mb, strict=True), color="#1b6ca8")
    right.axhline(700.0, color="#ca3c25", linewidth=0.8, linestyle="--")
    right.set(xlabel="seconds", ylabel="MB, the largest worker", ylim=(0, 800))
    right.set_title(f"{longest.sites:,} sites, {longest.workers} workers", fontsize=10)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=130, metadata={"Software": None})
    pyplot.close(figure)


def main() -> None:
    """Measure what is asked; a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--chunks", type=int, nargs="+", default=[16])
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    print(f"{os.cpu_count()} processors, load before {os.getloadavg()[0]:.1f}")
    print("sites workers chunk seconds sites/s cpu_s/site failed start_s most_MB last/first_MB own_MB kB/site")
    runs: list[Measured] = []
    for chunk in asked.chunks:
        for workers in asked.workers:
            run = measure(asked.sites, workers, chunk)
            runs.append(run)
            held = [mb for _, mb in run.memory_mb] or [0.0]
            first = held[min(len(held) // 5, len(held) - 1)]  # a fifth into the run, its caches are filled
            grown = held[-1] / first if first else float("nan")
            print(
                f"{run.sites:5} {run.workers:7} {run.chunk:5} {run.seconds:7.1f} {run.rate:7.2f} "
                f"{run.cpu_seconds / run.sites:10.3f} {run.failed:6} "
                f"{run.start_seconds:7.1f} {max(held):7.0f} {grown:13.3f} {run.own_memory_mb:6.0f} "
                f"{run.kb_a_site:7.1f}",
                flush=True,
            )
    if asked.json is not None:
        kept: list[dict[str, Any]] = [asdict(run) for run in runs]
        asked.json.write_text(json.dumps(kept, indent=1))
    if asked.plot is not None:
        plot(asked.plot, runs)
    one = [run.rate for run in runs if run.workers == 1]
    two = [run.rate for run in runs if run.workers == 2]
    if one and two:
        print(f"two workers do {max(two) / max(one):.2f} times what one does")


if __name__ == "__main__":
    main()
