"""Record what ships in `geodata/data/`: one entry a dataset in `manifest.json`."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"
MANIFEST = DATA / "manifest.json"


def sha256_of(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def source_entry(path: Path, origin: str, licence: str) -> dict[str, Any]:
    """How a named source file is cited in the manifest."""
    return {"file": path.name, "origin": origin, "licence": licence, "sha256": sha256_of(path)}


def record(
    dataset_id: str,
    *,
    file: Path,
    title: str,
    version: str,
    as_of: str,
    licence: str,
    attribution: str,
    cover: str,
    derivation: str,
    known_error: str,
    sources: Sequence[Mapping[str, Any]],
) -> None:
    """Write or replace the entry of one dataset; the others stay as they are."""
    manifest = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {"datasets": {}}
    manifest["datasets"][dataset_id] = {
        "title": title,
        "version": version,
        "as_of": as_of,
        "file": file.name,
        "bytes": file.stat().st_size,
        "sha256": sha256_of(file),
        "licence": licence,
        "attribution": attribution,
        "cover": cover,
        "derivation": derivation,
        "known_error": known_error,
        "sources": [dict(source) for source in sources],
    }
    manifest["datasets"] = dict(sorted(manifest["datasets"].items()))
    MANIFEST.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
