"""Where a user's own layers live, and which are in force: a registry a kind, replaced whole and at once.

A running service looks at the registry's time stamp before it answers; what a command adds or removes is in force with
the next request, and a failed command changes nothing.
"""

import hashlib
import json
import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

LOCK_SECONDS = 60.0
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_chosen: list[Path] = []
log = logging.getLogger("sitewatt")


class LayerKind(StrEnum):
    """What a layer is for."""

    GRID = "grid"
    LAND = "land"
    PROJECTS = "projects"


class LayerError(ValueError):
    """A layer that cannot be taken; `rows` says which rows and why, as (row, reason)."""

    def __init__(self, message: str, rows: list[tuple[int, str]] | None = None) -> None:
        self.rows = rows or []
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer in force. bounds: (west, south, east, north) boxes, degrees, east of west; counts: features by kind."""

    name: str
    version: int
    file: str
    sha256: str
    added: str
    as_of: str
    source: str
    licence: str
    origin: str
    bounds: tuple[tuple[float, float, float, float], ...]
    counts: dict[str, int]
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Name and version, as answers cite it."""
        return f"{self.name} v{self.version}"


def use(folder: Path | None) -> None:
    """Keep user layers in this folder; None goes back to the default."""
    _chosen[:] = [] if folder is None else [folder]


def data_dir() -> Path:
    """The folder of the user's layers: as set, else SITEWATT_DATA_DIR, else the user's data folder."""
    return _chosen[0] if _chosen else _by_default(*map(os.environ.get, ("SITEWATT_DATA_DIR", "XDG_DATA_HOME", "HOME")))


@lru_cache(maxsize=4)
def _by_default(named: str | None, shared: str | None, _home: str | None) -> Path:
    return Path(named) if named else Path(shared or Path.home() / ".local" / "share") / "sitewatt"


def stamp(kind: LayerKind) -> tuple[str, int, int]:
    """Changes whenever the registry does."""
    path = _name_of(_registry(kind))  # asked many times an answer: nothing is joined anew
    try:
        status = os.stat(path)  # noqa: PTH116  # the same
    except OSError:
        return path, 0, 0
    return path, status.st_mtime_ns, status.st_ino


def layers(kind: LayerKind) -> tuple[Layer, ...]:
    """The layers in force, the newest last; none where the registry cannot be read, which is logged."""
    try:
        return _listed(kind)
    except LayerError:
        log.exception("no %s layers are used", kind)
        return ()


def _listed(kind: LayerKind) -> tuple[Layer, ...]:
    """The layers of the registry. Raises LayerError where it is damaged: what it lists must not be lost."""
    path = _registry(kind)
    try:
        entries = json.loads(path.read_text("utf-8"))
        return tuple(Layer(**{**entry, "bounds": tuple(tuple(box) for box in entry["bounds"])}) for entry in entries)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise LayerError(f"the list of {kind} layers, {path}, is damaged: repair it or remove it") from error


def path_of(kind: LayerKind, layer: Layer) -> Path:
    """The file of a layer."""
    return data_dir() / kind / layer.file


def add(kind: LayerKind, name: str, staged: Path, **about: Any) -> Layer:
    """Put a written file in force under a name, in place of the version before, if there is one."""
    check_name(name)
    digest = hashlib.sha256(staged.read_bytes()).hexdigest()
    with _locked(kind):
        now = _listed(kind)
        version = 1 + max((layer.version for layer in now if layer.name == name), default=0)
        file = f"{name}-v{version}-{digest[:8]}{staged.suffix}"
        layer = Layer(
            name=name,
            version=version,
            file=file,
            sha256=digest,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
            **about,
        )
        staged.replace(data_dir() / kind / file)
        _write(kind, [*(other for other in now if other.name != name), layer])
        _sweep(kind)
    return layer


def remove(kind: LayerKind, name: str) -> Layer:
    """Take a layer out of force and delete its file. Raises LayerError where there is none of this name."""
    with _locked(kind):
        now = _listed(kind)
        found = next((layer for layer in now if layer.name == name), None)
        if found is None:
            known = ", ".join(layer.name for layer in now) or "none"
            raise LayerError(f"there is no {kind} layer named {name!r}; in force: {known}")
        _write(kind, [layer for layer in now if layer.name != name])
        _sweep(kind)
    return found


def check_name(name: str) -> None:
    """Raise LayerError for a name that is not plain."""
    if not NAME.fullmatch(name):
        raise LayerError("a layer's name is 1 to 60 small letters, digits, - and _, a letter or digit first")


@contextmanager
def staging(kind: LayerKind, suffix: str) -> Iterator[Path]:
    """A file beside the layers to write to; gone afterwards unless `add` took it."""
    folder = data_dir() / kind
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".staged-{os.getpid()}-{time.monotonic_ns()}{suffix}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _registry(kind: LayerKind) -> Path:
    return _registry_in(data_dir(), kind)


@lru_cache(maxsize=16)
def _registry_in(folder: Path, kind: LayerKind) -> Path:
    return folder / kind / "registry.json"


@lru_cache(maxsize=16)
def _name_of(path: Path) -> str:
    return str(path)


def _write(kind: LayerKind, entries: list[Layer]) -> None:
    path = _registry(kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    fresh.write_text(json.dumps([asdict(entry) for entry in entries], indent=1, ensure_ascii=False), "utf-8")
    fresh.replace(path)


def _sweep(kind: LayerKind) -> None:
    """Delete what no layer points to any more; a reader that has it open keeps it until it is done."""
    folder = data_dir() / kind
    kept = {layer.file for layer in _listed(kind)}
    for path in folder.glob("*-v*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


@contextmanager
def _locked(kind: LayerKind) -> Iterator[None]:
    """One writer at a time; a lock left behind by a killed process is taken over after a minute."""
    path = data_dir() / kind / ".lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if time.monotonic() > end:
                path.unlink(missing_ok=True)
            time.sleep(0.05)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
