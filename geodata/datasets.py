"""What ships in `geodata/data/`: the manifest, read once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geodata.user_data import LayerKind, layers

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


def data_version() -> str:
    """Changes when any shipped table or any layer of the user's does: the newest date and digests of all digests."""
    own = [layer.sha256 for kind in LayerKind for layer in layers(kind)]
    return _shipped_version() + (f"+{_digest(own)[:8]}" if own else "")


@cache
def _shipped_version() -> str:
    digest = _digest([dataset.sha256 for dataset in datasets()])
    dated = (dataset.as_of for dataset in datasets() if dataset.as_of[:1].isdigit())  # "not stated" is no date
    return f"{max(dated)}-{digest[:12]}"


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("".join(parts).encode()).hexdigest()
