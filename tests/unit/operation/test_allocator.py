"""What a worker frees it has for the next sizing, without new pages of the system's; a service gives it back."""

import platform
import subprocess
import sys

import pytest

CODE = """
import resource
import numpy as np
from service.operation.allocator import keep_freed_memory

keep_freed_memory()

def sizing() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    arrays = [np.ones(100_000) for _ in range(20)]
    del arrays
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

first, *others = [sizing() for _ in range(4)]
print(first, max(others))
"""

GIVEN_BACK = """
import numpy as np
import psutil
from service.operation.allocator import give_back

def megabytes() -> float:
    return psutil.Process().memory_info().rss / 1e6

many = [np.ones(10_000) for _ in range(2_000)]  # each too small to be a mapping of its own
kept = many[-1]
full = megabytes()
del many
held = megabytes()
give_back()
print(full - held, full - megabytes())
"""
glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library has no such settings")


def said(code: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return [float(word) for word in done.stdout.split()]


@glibc
def test_the_next_one_has_its_pages() -> None:
    first, most = said(CODE)
    assert first > 3_000  # 16 MB in pages of 4 kB
    assert most < first / 20


@glibc
def test_free_memory_below_what_is_in_use_is_given_back() -> None:
    held, given = said(GIVEN_BACK)
    assert held < 40.0  # of 160 MB: one array at the end holds all before it
    assert given > 120.0
