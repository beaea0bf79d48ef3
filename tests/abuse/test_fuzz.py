"""A short run of the fuzzer, the same every time; `make fuzz` is the long one."""

from tests.abuse.fuzz import fuzz


def test_mutated_files_are_taken_or_refused() -> None:
    found = fuzz(340, seed=7, seconds=25.0)
    assert found.crashes == []
    assert len(found.counts) == 17
    assert all(counts["refused"] for counts in found.counts.values())
