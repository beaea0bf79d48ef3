"""What ships in `geodata/data/`: the manifest, read once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).parent / "data" / "manifest.json"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One shipped table and where it comes from."""

    id: str
    title: str
    version: str
    as_of: str
    file: str
    bytes: int
    sha256: str
    licence: str
    attribution: str
    cover: str
    derivation: str
    known_error: str
    sources: tuple[Mapping[str, Any], ...]


@cache
def datasets() -> tuple[Dataset, ...]:
    """Every dataset of the manifest, by id."""
    entries = json.loads(MANIFEST.read_text("utf-8"))["datasets"]
    return tuple(
        Dataset(id=name, sources=tuple(entry.pop("sources")), **entry) for name, entry in sorted(entries.items())
    )


@cache
def data_version() -> str:
    """Changes when any shipped table does: the newest date of the data and a digest of all their digests."""
    digest = hashlib.sha256("".join(dataset.sha256 for dataset in datasets()).encode()).hexdigest()
    return f"{max(dataset.as_of for dataset in datasets())}-{digest[:12]}"
