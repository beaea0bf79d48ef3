"""Which sites are worked on together: neighbours, which share weather, grid look-ups and the caches about them."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

CELL_DEG = 0.25


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One site of a batch, checked: `number` as sent, from 1; `text` is its JSON with number and site_id."""

    number: int
    latitude: float
    longitude: float
    text: bytes


def row_text(number: int, site_id: str, site: dict[str, Any], overrides: dict[str, Any]) -> bytes:
    """A site as a chunk holds it."""
    kept = {"number": number, "site_id": site_id, "site": site}
    if overrides:
        kept["overrides"] = overrides
    return json.dumps(kept, separators=(",", ":")).encode()


def in_chunks(rows: list[SiteRow], size: int) -> list[tuple[int, bytes]]:
    """Sizes and payloads of at most `size` neighbours each, along a curve through the climate's cells."""
    order = _along_a_curve(
        np.array([row.latitude for row in rows], dtype=float), np.array([row.longitude for row in rows], dtype=float)
    )
    return [_packed([rows[i].text for i in order[start : start + size]]) for start in range(0, len(order), size)]


def unpacked(payload: bytes) -> list[dict[str, Any]]:
    """The sites of a chunk."""
    sites: list[dict[str, Any]] = json.loads(zlib.decompress(payload))
    return sites


def halves(payload: bytes) -> list[tuple[int, bytes]]:
    """A chunk of at least two sites in two, as `in_chunks` gives them."""
    texts = [json.dumps(site, separators=(",", ":")).encode() for site in unpacked(payload)]
    middle = len(texts) // 2
    return [_packed(texts[:middle]), _packed(texts[middle:])]


def _packed(texts: Iterable[bytes]) -> tuple[int, bytes]:
    kept = list(texts)
    return len(kept), zlib.compress(b"[" + b",".join(kept) + b"]", 6)


def _along_a_curve(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Order of places along Morton's curve (1966): the bits of row and column in turns."""
    row = np.floor((latitude + 90.0) / CELL_DEG).astype(np.uint64)
    column = np.floor((longitude + 180.0) / CELL_DEG).astype(np.uint64)
    return np.argsort(_spread(row) << np.uint64(1) | _spread(column), kind="stable")


def _spread(values: np.ndarray) -> np.ndarray:
    """Sixteen bits with a gap before each."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        values = (values | values << np.uint64(shift)) & np.uint64(mask)
    return values
