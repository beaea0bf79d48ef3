"""A file of 100,000 rows, one in a hundred of them bad, taken in: processor seconds and memory.

`python -m benchmarks.intake [ROWS]`
"""

import io
import resource
import sys
import time

from geodata.countries import Countries
from service.http.problems import ProblemError
from service.jobs.intake import Limits, take_file
from service.schemas.batches import BatchOrder

CHUNK = 16


def table(rows: int) -> bytes:
    """A CSV; the latitude of each hundredth row is a word."""
    lines = ["id,lat,lon,process.capacity_t_per_year"]
    for number in range(1, rows + 1):
        latitude = "north" if number % 100 == 50 else f"{number % 1000 / 10 - 50:.1f}"
        lines.append(f"s{number},{latitude},{number % 3600 / 10 - 180:.1f},{1_000_000 + number % 7}")
    return "\n".join(lines).encode()


def main() -> None:
    """Skipping the bad rows, then refusing them."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    content, limits = table(rows), Limits(rows, CHUNK)
    Countries.load()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for on_error in ("skip", "reject"):
        order = BatchOrder.model_validate({"defaults": {"process": {"id": "steel-h2-dri-eaf"}}, "on_error": on_error})
        begun, wall = time.process_time(), time.perf_counter()
        try:
            named = len(take_file(io.BytesIO(content), None, order, None, limits).bad)
        except ProblemError as error:
            named = len(error.errors)
        cpu, wall = time.process_time() - begun, time.perf_counter() - wall
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024.0
        print(
            f"{on_error}: {rows:,} rows, {named:,} bad ones named, "
            f"{cpu:.1f} s of a processor, {wall:.1f} s, {more:.0f} MB"
        )


if __name__ == "__main__":
    main()
