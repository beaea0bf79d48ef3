"""The C library's allocator: what is freed stays with the process."""

import ctypes
import sys

MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1  # of malloc.h
MOST_BYTES = 32 * 1024 * 1024  # of an array from the heap: more is not allowed
KEPT_BYTES = 256 * 1024 * 1024  # free at its end before any of it is given back


def keep_freed_memory() -> None:
    """Let a worker keep the memory that a sizing frees: the next one asks for the same arrays again.

    New pages, filled with zeros by the system, are a twentieth of a sizing's time. Does nothing where the C library is
    another than glibc.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL("libc.so.6").mallopt
    except (OSError, AttributeError):
        return
    mallopt(MMAP_THRESHOLD, MOST_BYTES)
    mallopt(TRIM_THRESHOLD, KEPT_BYTES)
