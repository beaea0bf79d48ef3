"""The C library's allocator: a worker keeps what it frees, a service gives it back."""

import ctypes
import sys
from functools import cache

MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1  # of malloc.h
MOST_BYTES = 32 * 1024 * 1024  # of an array from the heap: more is not allowed
KEPT_BYTES = 256 * 1024 * 1024  # free at its end before any of it is given back


def keep_freed_memory() -> None:
    """Let a worker keep the memory that a sizing frees: the next one asks for the same arrays again.

    New pages, filled with zeros by the system, are a twentieth of a sizing's time. Does nothing where the C library is
    another than glibc.
    """
    libc = _glibc()
    if libc is not None:
        libc.mallopt(MMAP_THRESHOLD, MOST_BYTES)
        libc.mallopt(TRIM_THRESHOLD, KEPT_BYTES)


def give_back() -> None:
    """Return free pages to the system, in the middle of each thread's part of the heap too: they gather over hours.

    Milliseconds; may be called from any thread. Does nothing where the C library is another than glibc.
    """
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        found = ctypes.CDLL("libc.so.6")
        found.mallopt, found.malloc_trim  # noqa: B018  # another library by this name has neither
    except (OSError, AttributeError):
        return None
    return found
