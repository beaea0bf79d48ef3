"""What a worker frees it has for the next sizing, without new pages of the system's."""

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


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the allocator of another C library has no such settings")
def test_the_next_one_has_its_pages() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60)
    first, most = map(int, done.stdout.split())
    assert first > 3_000  # 16 MB in pages of 4 kB
    assert most < first / 20
