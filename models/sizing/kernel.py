"""How the solver's loops are compiled: by numba, on first use, and kept on disk.

Numba renews a stored function when its own file changes, but not when one that it calls does. Hence a folder of its own
for every state of the sources: what is in it was compiled from them.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import config

SOURCES = Path(__file__).parent


def _folder() -> Path:
    """In numba's own setting, else beside the sources; where that is read-only, in a folder of the user's."""
    state = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(SOURCES.glob("*.py")))).hexdigest()[:16]
    asked = os.environ.get("NUMBA_CACHE_DIR")
    places = [Path(asked)] if asked else []
    home = os.path.expanduser("~/.cache")  # noqa: PTH111  # Path's own raises where there is no home
    places += [SOURCES / "__pycache__", Path(os.environ.get("XDG_CACHE_HOME", home)) / "sitewatt"]
    for place in places:
        folder = place / f"kernels-{state}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="sitewatt-kernels-"))


FOLDER = _folder()


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that numba can: no Python objects, no bounds checked, the interpreter released."""
    before: str = config.CACHE_DIR  # type: ignore[attr-defined]  # set at import
    config.CACHE_DIR = str(FOLDER)  # type: ignore[attr-defined]
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    finally:
        config.CACHE_DIR = before  # type: ignore[attr-defined]


def inlined(function: Callable[..., Any]) -> Any:
    """The same for a short loop that is written into those that call it."""
    return numba.njit(nogil=True, error_model="numpy", inline="always")(function)
