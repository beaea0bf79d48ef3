"""Requests that the tests vary."""

from copy import deepcopy
from typing import Any

BODEN: dict[str, Any] = {
    "site": {"name": "Boden", "location": {"type": "Point", "coordinates": [21.69, 65.83]}},
    "process": {"id": "steel-h2-dri-eaf"},
}
SQUARE = [[[10.0, 50.0], [10.2, 50.0], [10.2, 50.2], [10.0, 50.2], [10.0, 50.0]]]
BOW_TIE = [[[10.0, 50.0], [10.2, 50.2], [10.2, 50.0], [10.0, 50.2], [10.0, 50.0]]]


def boden(**changes: Any) -> dict[str, Any]:
    """The request for Boden with parts replaced; a dotted name reaches inside, as in `site.location`."""
    request = deepcopy(BODEN)
    for name, value in changes.items():
        *path, last = name.split("__")
        here = request
        for part in path:
            here = here.setdefault(part, {})
        here[last] = value
    return request


def sizing(**changes: Any) -> dict[str, Any]:
    """A small sizing: two days, sun by day, a battery."""
    day = [0.0] * 6 + [0.5, 0.8, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.8, 0.5, 0.2] + [0.0] * 6
    request: dict[str, Any] = {
        "load_mw": 10.0,
        "generators": [{"name": "solar", "capacity_factor": day * 2, "annual_cost_usd_per_mw": 50000.0}],
        "battery": {"annual_cost_usd_per_mwh": 12000, "annual_cost_usd_per_mw": 25000},
    }
    return request | changes
