"""Mixed load on a service of its own: errors, times by kind, memory; `--overload` sends ten times what it can do.

`python -m benchmarks.load --minutes 30 --overload --write` rewrites its section of docs/validation.md.
"""

import argparse
import asyncio
import random
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psutil

from geodata.sea import LandMap
from tests.faults.harness import Service, service, sites

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
BEGIN, END = "<!-- load: begin -->", "<!-- load: end -->"
STEEL = {"id": "steel-h2-dri-eaf"}
MIX = {"assessment": 0.35, "profiles": 0.2, "look-up": 0.4, "bad": 0.05}
WARM_SHARE = 0.15  # of the run: caches of places fill
SAMPLE_SECONDS = 2.0
OVER_SECONDS, CALM_SECONDS = 60.0, 5.0
SITES_OF_BATCH = 200
ANSWERS_BYTES = 8_000_000  # kept: full within the warm-up, so that what grows after it is no cache that fills
TOLD = 20  # unexpected answers that are printed, of each part
GOOD = {200, 202, 503, 429}
HIDDEN = re.compile(r"latitude=|longitude=|coordinates|Bearer |X-API-Key", re.IGNORECASE)


@dataclass
class Tally:
    """What came back: seconds by kind, statuses by kind, memory (seconds, MB) of the service and its workers."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    memory: list[tuple[float, float]] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    begin: float = field(default_factory=time.monotonic)

    def add(self, kind: str, status: int, seconds: float) -> None:
        self.statuses.setdefault(kind, Counter())[status] += 1
        self.seconds.setdefault(kind, []).append(seconds)


def request_of(kind: str, draw: random.Random) -> tuple[str, str, dict[str, Any]]:
    """Method, path and options of a request; places on land over the world."""
    longitude, latitude = draw.choice(PLACES[:FAMOUS] if draw.random() < 0.5 else PLACES)
    site = {"location": {"type": "Point", "coordinates": [longitude, latitude]}}
    if kind == "assessment":
        return "POST", "/v1/assessments", {"json": {"site": site, "process": STEEL}}
    if kind == "profiles":
        return "POST", "/v1/profiles", {"json": {"site": site, "hourly": False}}
    if kind == "bad":
        wrong = draw.choice(({"process": STEEL}, {"site": site, "process": {"id": "alchemy"}}, [], {"site": 1}))
        return "POST", "/v1/assessments", {"json": wrong}
    place = {"latitude": latitude, "longitude": longitude}
    found: tuple[str, dict[str, Any]] = draw.choice(
        (("/v1/grid/nearest", place), ("/v1/projects", place | {"limit": 10}), ("/v1/technologies", {}))
    )
    return "GET", found[0], {"params": found[1]}


def dry(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Those outside lakes: with none but water about it a place is refused, rightly."""
    wet = LandMap.load().lakes.contain(np.array(places))
    return [place for place, lake in zip(places, wet, strict=True) if not lake]


PLACES = dry([tuple(site["location"]["coordinates"]) for site in sites(10_000)])
FAMOUS = 40  # of them, asked for again and again: every second request is about one, so that some answers are kept


async def caller(client: httpx.AsyncClient, tally: Tally, end: float, seed: int, mix: dict[str, float]) -> None:
    """One caller after another request, until the end; what does not answer counts as status 0."""
    draw = random.Random(seed)
    while time.monotonic() < end:
        kind = draw.choices(list(mix), list(mix.values()))[0]
        method, path, options = request_of(kind, draw)
        at = time.monotonic()
        try:
            answer = await client.request(method, path, **options)
            status = answer.status_code
            if kind != "bad" and status not in GOOD:
                tally.unexpected.append(f"{status} {answer.text[:400]} {options}")
        except httpx.HTTPError as error:
            status = 0
            tally.unexpected.append(f"{type(error).__name__} {error} {path} after {time.monotonic() - at:.1f} s")
        tally.add(kind, status, time.monotonic() - at)


async def watched(one: Service, tally: Tally, end: float) -> None:
    """Memory of the service, workers left out: they are measured by benchmarks.batch."""
    assert one.process is not None
    process = psutil.Process(one.process.pid)
    while time.monotonic() < end:
        tally.memory.append((time.monotonic() - tally.begin, process.memory_info().rss / 1e6))
        await asyncio.sleep(SAMPLE_SECONDS)


async def batches(client: httpx.AsyncClient, end: float) -> int:
    """A batch always under way; the sites done."""
    done = 0
    while time.monotonic() < end:
        body = {"sites": sites(SITES_OF_BATCH), "defaults": {"process": STEEL}}
        path = (await client.post("/v1/batches", json=body)).headers["location"]
        state: dict[str, Any] = {"status": "accepted", "progress": {"done": 0}}
        while time.monotonic() < end and state["status"] in ("accepted", "running"):
            await asyncio.sleep(2.0)
            state = (await client.get(path)).json()
        done += state["progress"]["done"]
        await client.delete(path)
    return done


async def mixed(one: Service, minutes: float, callers: int) -> tuple[Tally, int]:
    """The mixed load."""
    tally = Tally()
    end = time.monotonic() + 60.0 * minutes
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{one.port}", timeout=120.0) as client:
        *_, done = await asyncio.gather(
            watched(one, tally, end),
            *(caller(client, tally, end, seed, MIX) for seed in range(callers)),
            batches(client, end),
        )
    return tally, int(done)


async def overload(one: Service, callers: int) -> tuple[Tally, float | None]:
    """Far more callers than may wait, then one: seconds until it is served as before."""
    tally, limits = Tally(), httpx.Limits(max_connections=None)
    address = f"http://127.0.0.1:{one.port}"
    async with httpx.AsyncClient(base_url=address, timeout=120.0, limits=limits) as client:
        end = time.monotonic() + OVER_SECONDS
        tasks = [asyncio.create_task(caller(client, tally, end, n, {"assessment": 1.0})) for n in range(callers)]
        await watched(one, tally, end)
        for task in tasks:
            task.cancel()  # the callers hang up
        await asyncio.gather(*tasks, return_exceptions=True)
    calm = time.monotonic()
    async with httpx.AsyncClient(base_url=address, timeout=30.0) as client:
        while time.monotonic() < calm + 12.0 * CALM_SECONDS:
            method, path, options = request_of("assessment", random.Random(1))
            if (await client.request(method, path, **options)).status_code == 200:
                return tally, time.monotonic() - calm
            await asyncio.sleep(0.2)
    return tally, None


def table(tally: Tally, minutes: float) -> list[str]:
    """Times and errors by kind, memory."""
    lines = ["| Requests | Count | A second | Errors | p50, s | p95, s | p99, s |", "|---|---|---|---|---|---|---|"]
    for kind, seconds in tally.seconds.items():
        wanted = {422} if kind == "bad" else {200}
        wrong = sum(count for status, count in tally.statuses[kind].items() if status not in wanted)
        p50, p95, p99 = np.percentile(seconds, (50, 95, 99))
        rate = len(seconds) / (60.0 * minutes)
        lines.append(f"| {kind} | {len(seconds)} | {rate:.2f} | {wrong} | {p50:.3f} | {p95:.3f} | {p99:.3f} |")
    memory = np.array(tally.memory)
    warm = memory[memory[:, 0] >= WARM_SHARE * memory[-1, 0]][:, 1]
    share = max(len(warm) // 10, 1)
    first, half, last = (
        float(np.median(part)) for part in (warm[:share], warm[len(warm) // 2 :][:share], warm[-share:])
    )
    growth = 100.0 * (last / first - 1.0)
    lines += ["", f"Memory of the service: {memory[0, 1]:.0f} MB at the start, {first:.0f} MB after warm-up,"]
    lines += [f"{half:.0f} MB halfway,"]
    lines += [f"{last:.0f} MB at the end ({growth:+.1f} %), {memory[:, 1].max():.0f} MB at most."]
    return lines


def main() -> None:
    """Run, print, write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--callers", type=int, default=4)
    parser.add_argument("--overload", action="store_true")
    parser.add_argument("--log", type=Path, help="a log to look through for keys and coordinates; else the service's")
    parser.add_argument("--write", action="store_true", help="rewrite the section of docs/validation.md")
    asked = parser.parse_args()
    settings = {"ALLOW_ONLINE": "false", "BATCH_WORKERS": "1", "RESULT_CACHE_BYTES": str(ANSWERS_BYTES)}
    with tempfile.TemporaryDirectory() as folder, service(Path(folder), **settings) as one:
        machine = f"{psutil.cpu_count()} processors, {ANSWERS_BYTES // 10**6} MB of answers kept"
        lines = [f"{asked.minutes:g} minutes, {asked.callers} callers and a batch on {machine}:", ""]
        tally, done = asyncio.run(mixed(one, asked.minutes, asked.callers))
        lines += table(tally, asked.minutes)
        unexpected = tally.unexpected
        lines += ["", f"Sites of the batch: {done}, {done / (60.0 * asked.minutes):.2f} a second."]
        if asked.overload:
            settings_most = 2 + 32  # computations at once and waiting, as the settings have it
            over, calm = asyncio.run(overload(one, 10 * settings_most))
            unexpected = [*unexpected[:TOLD], *over.unexpected[:TOLD]]
            counts = sum(over.statuses.values(), Counter())
            peak = max((mb for _, mb in over.memory), default=0.0)
            lines += ["", f"Overload, {10 * settings_most} callers for {OVER_SECONDS:g} s: statuses {dict(counts)},"]
            lines += [f"others than {sorted(GOOD)}: {sum(n for s, n in counts.items() if s not in GOOD)};"]
            lines += [
                f"memory {peak:.0f} MB at most; served again after {'never' if calm is None else f'{calm:.1f} s'}."
            ]
        log = one.log() if asked.log is None else asked.log.read_text("utf-8", errors="replace")
        told = sum(1 for line in log.splitlines() if HIDDEN.search(line))
        lines += ["", f"Lines of the log with a key or a place: {told} of {len(log.splitlines())}."]
    print("\n".join(lines))
    print("\n".join(unexpected))
    if asked.write:
        words = f"python -m benchmarks.load --minutes {asked.minutes:g}{' --overload' if asked.overload else ''}"
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        body = "\n".join([BEGIN, f"Measured by `{words} --write`.", "", *lines, END])
        PAGE.write_text(before + body + after, "utf-8")


if __name__ == "__main__":
    main()
