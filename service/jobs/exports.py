"""Results as text, streamed row by row: JSON Lines, CSV, GeoJSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.jobs.headline import flat
from service.jobs.results import Results

FIRST = ("site_id", "number", "status", "rank", "latitude", "longitude")
LAST = "problem"
# How a spreadsheet tells a formula from a word, in the wide letters of East Asia too (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LINES_AT_ONCE = 200


def jsonl(results: Results) -> Iterator[str]:
    """One object a line."""
    return _some(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in results)


def geojson(results: Results) -> Iterator[str]:
    """A FeatureCollection: the place that was assessed, and the figures under dotted names."""
    yield '{"type":"FeatureCollection","features":['
    yield from _some(
        (",\n" if index else "\n") + json.dumps(_feature(row), ensure_ascii=False, allow_nan=False)
        for index, row in enumerate(results)
    )
    yield "\n]}\n"


def as_csv(results: Results) -> Iterator[str]:
    """A header and a line for each site; words that a spreadsheet would run as formulas are quoted."""
    names = columns(results)
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(names)
    for index, row in enumerate(results):
        values = record(row)
        lines.writerow([harmless(values.get(name)) for name in names])
        if index % LINES_AT_ONCE == LINES_AT_ONCE - 1:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def columns(results: Iterable[Mapping[str, Any]]) -> list[str]:
    """Names of all columns; those of the figures are found by going through the rows once."""
    figures: dict[str, None] = {}
    for row in results:
        if row["assessment"] is not None:
            figures |= dict.fromkeys(flat(row["assessment"]))
    return [*FIRST, *figures, LAST]


def record(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without parts in parts."""
    problem = row["problem"]
    return {
        **{name: row[name] for name in FIRST},
        **flat(row["assessment"] or {}),
        LAST: None if problem is None else _in_words(problem),
    }


def harmless(value: Any) -> Any:
    """Words that begin as a formula does, behind an apostrophe; numbers as they are."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def _in_words(problem: Mapping[str, Any]) -> str:
    wrong = "; ".join(f"{item['pointer']} {item['detail']}" for item in problem["errors"])
    return f"{problem['detail']} {wrong}".strip()


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    values = record(row)
    latitude, longitude = values.pop("latitude"), values.pop("longitude")
    geometry = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": values}


def _some(lines: Iterator[str]) -> Iterator[str]:
    """Several lines at a time: a piece for each would cost more than the line."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == LINES_AT_ONCE:
            yield "".join(held)
            held = []
    if held:
        yield "".join(held)
