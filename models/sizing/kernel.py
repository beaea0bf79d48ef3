"""How the solver's loops are compiled: by numba, on first use, and kept on disk.

Numba renews a stored function when its own file changes, but not when one that it calls does. Hence a folder of its own
for every state of the sources: what is in it was compiled from them.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])
SOURCES = Path(__file__).parent


def _folder() -> Path:
    """Beside the sources, or where those are read-only in the user's cache."""
    state = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(SOURCES.glob("*.py")))).hexdigest()[:16]
    inside = SOURCES / "__pycache__" / f"kernels-{state}"
    try:
        inside.mkdir(parents=True, exist_ok=True)
        writable = os.access(inside, os.W_OK)
    except OSError:
        writable = False
    user = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sitewatt" / f"kernels-{state}"
    return inside if writable else user


FOLDER = _folder()


def kernel(function: Function) -> Function:
    """Compile a function that numba can: no Python objects, no bounds checked, the interpreter released."""
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(FOLDER)
    try:
        compiled: Function = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    finally:
        numba.config.CACHE_DIR = before
    return compiled


def inlined(function: Function) -> Function:
    """The same for a short loop that is written into those that call it."""
    compiled: Function = numba.njit(nogil=True, error_model="numpy", inline="always")(function)
    return compiled
