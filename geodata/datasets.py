"""What ships in `geodata/data/`: the manifest, read once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geodata.user_data import LayerKind, layers, path_of

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


def damaged() -> list[tuple[str, str]]:
    """Shipped tables and layers of the user's that are not what was recorded of them: which, and how."""
    found = [(f"{one.id} ({one.file})", MANIFEST.with_name(one.file), one.sha256, one.bytes) for one in datasets()]
    own = [
        (f"{kind} layer {layer.id}", path_of(kind, layer), layer.sha256, None)
        for kind in LayerKind
        for layer in layers(kind)
    ]
    checked = [(what, _difference(path, digest, size)) for what, path, digest, size in (*found, *own)]
    return [(what, reason) for what, reason in checked if reason]


def _difference(path: Path, sha256: str, size: int | None) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        return f"cannot be read: {type(error).__name__}"
    if size is not None and len(content) != size:
        return f"has {len(content):,} bytes, recorded are {size:,}"
    return "" if hashlib.sha256(content).hexdigest() == sha256 else "its SHA-256 is another than recorded"


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("".join(parts).encode()).hexdigest()
