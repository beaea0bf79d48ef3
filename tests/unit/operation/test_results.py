"""Kept answers: bounded, by content, gone with the data they rest on; bodies held: bounded."""

from pathlib import Path

import pytest

from geodata import user_data
from geodata.user_data import LayerKind
from service.http.room import FullError, Held
from service.http.tagged import matches
from service.operation.results import OVERHEAD_BYTES, Results


def test_the_least_used_go_first() -> None:
    results = Results(3 * (100 + OVERHEAD_BYTES))
    keys = [results.key("/v1/assessments json", body) for body in (b"a", b"b", b"c", b"d")]
    assert len(set(keys)) == 4
    for key in keys[:3]:
        assert results.put(key, b"x" * 100)
    assert results.get(keys[0]) is not None  # used: now the second is the least used
    results.put(keys[3], b"x" * 100)
    assert [results.get(key) is not None for key in keys] == [True, False, True, True]


def test_what_is_larger_than_the_room_is_not_kept() -> None:
    assert not Results(0).put("key", b"")
    assert not Results(1000).put("key", b"x" * 1001)


def test_another_form_or_route_is_another_answer() -> None:
    results = Results(1000)
    assert results.key("/v1/profiles json", b"a") != results.key("/v1/profiles csv", b"a")


def test_own_data_clear_what_was_kept(data_folder: Path) -> None:
    results = Results(10_000)
    before = results.key("/v1/assessments json", b"a")
    results.put(before, b"old")
    with user_data.staging(LayerKind.LAND, ".parquet") as staged:
        staged.write_bytes(b"land")
        about = {"as_of": "2026", "source": "me", "licence": "mine", "origin": "test", "bounds": (), "counts": {}}
        user_data.add(LayerKind.LAND, "mine", staged, **about)
    assert (data_folder / "land").exists()
    after = results.key("/v1/assessments json", b"a")
    assert after != before
    assert results.get(after) is None
    assert results.get(before) is None


def test_bodies_held_are_bounded_and_given_back() -> None:
    held = Held(100)
    with held.share() as one:
        one.take(60)
        with pytest.raises(FullError), held.share() as other:
            other.take(41)
        assert held.now == 60
        with held.share() as other:
            other.take(40)
    assert held.now == 0


@pytest.mark.parametrize(
    ("sent", "same"), [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), (None, False)]
)
def test_if_none_match(sent: str | None, same: bool) -> None:
    assert matches(sent, '"a"') is same
