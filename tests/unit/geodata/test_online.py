"""The clients of the weather services against a server on this machine: good answers, slow ones, broken ones."""

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.weather.online.breaker import CircuitBreaker
from geodata.weather.online.cache import DiskCache
from geodata.weather.online.client import Fetcher, Patience
from geodata.weather.online.era5 import PROCESS, Era5
from geodata.weather.online.errors import SourceUnavailable
from geodata.weather.online.nasa_power import NasaPower
from geodata.weather.online.open_meteo import OpenMeteo, parse_archive
from geodata.weather.online.pvgis import Pvgis
from tests.made_answers import era5_zip, nasa_power, open_meteo, pvgis_hourly
from tests.made_files import made_year
from tests.served import Play, served
from tests.shared import SHARED, needs_shared

QUICK = Patience(
    connect_seconds=0.5, read_seconds=0.4, deadline_seconds=3.0, retries=2, first_wait_seconds=0.01,
    breaker_failures=3, breaker_seconds=60.0,
)  # fmt: skip
GOOD = json.dumps({"value": 42}).encode()


def fetcher(cache: DiskCache | None = None, **changes: Any) -> Fetcher:
    return Fetcher("test", replace(QUICK, **changes), cache)


def value(answer: Any) -> int:
    return int(answer["value"])


def test_nasa_power_hours_and_the_wind_carried_up() -> None:
    made = made_year(2019)
    with served({"*": [Play(nasa_power(made))]}) as stage:
        found = NasaPower(fetcher(), stage.url).fetch(40.0, -105.0, 2019)
    assert "start=20190101" in stage.asked[0]
    assert found.ghi_w_per_m2 == pytest.approx(made.ghi_w_per_m2, abs=0.01)
    assert found.winds[100.0] == pytest.approx(made.wind_10m_m_per_s * 10.0**0.2, rel=2e-2, abs=0.05)
    assert {"unit_converted", "gaps_filled"} <= {note.code for note in found.warnings}
    assert found.pressure_pa is not None
    assert found.pressure_pa.mean() == pytest.approx(83_000.0)


def test_pvgis_instants_become_means_of_the_hour() -> None:
    made = made_year(2016)
    with served({"/seriescalc": [Play(pvgis_hourly(made))]}) as stage:
        found = Pvgis(fetcher(), stage.url).fetch(40.0, -105.0, 2016)
    assert len(found.time_utc) == 8784
    share = 0.5 - 10.0 / 60.0
    expected = (1.0 - share) * made.ghi_w_per_m2 + share * np.roll(made.ghi_w_per_m2, -1)
    assert found.ghi_w_per_m2 == pytest.approx(expected, abs=0.01)
    assert "wind_from_climate" in {note.code for note in found.warnings}


def test_open_meteo_moves_the_stamps_and_sends_the_key() -> None:
    made = made_year(2020)
    with served({"*": [Play(open_meteo(made))]}) as stage:
        found = OpenMeteo(fetcher(), stage.url, "secret-key").fetch(40.0, -105.0, 2020)
    assert "apikey=secret-key" in stage.asked[0]
    assert found.ghi_w_per_m2 == pytest.approx(made.ghi_w_per_m2, abs=0.01)
    assert found.winds[100.0][:-1] == pytest.approx(
        (made.wind_100m_m_per_s[:-1] + made.wind_100m_m_per_s[1:]) / 2.0, abs=0.01
    )
    assert found.snowfall_cm is not None


def era5_plays(archive: bytes) -> dict[str, list[Play]]:
    job = {"jobID": "abc", "status": "accepted"}
    return {
        f"/{PROCESS}": [Play(json.dumps(job).encode(), 201)],
        "/jobs/abc": [Play(b'{"status": "running"}'), Play(b'{"status": "successful"}')],
        "/archive.zip": [Play(archive, content_type="application/zip")],
        "/jobs/abc/results": [Play(b"")],
    }


def test_era5_goes_through_its_queue() -> None:
    made = made_year(2019)
    plays = era5_plays(era5_zip(made))
    with served(plays) as stage:
        plays["/jobs/abc/results"][0] = Play(
            json.dumps({"asset": {"value": {"href": f"{stage.url}/archive.zip"}}}).encode()
        )
        found = Era5(fetcher(), "token", stage.url).fetch(40.0, -105.0, 2019)
    assert stage.headers[0]["private-token"] == "token"
    assert "private-token" not in {name.lower() for name in stage.headers[-1]}  # the file's host is another's
    assert found.ghi_w_per_m2 == pytest.approx(made.ghi_w_per_m2, abs=0.01)
    assert found.winds[100.0] == pytest.approx(
        (made.wind_100m_m_per_s + np.roll(made.wind_100m_m_per_s, -1)) / 2.0, abs=0.01
    )
    assert "irradiance_split" in {note.code for note in found.warnings}


def test_era5_without_a_key_or_refused() -> None:
    with pytest.raises(SourceUnavailable, match="key"):
        Era5(fetcher(), None).fetch(40.0, -105.0, 2019)
    plays = era5_plays(b"") | {"/jobs/abc": [Play(b'{"status": "failed"}')]}
    with served(plays) as stage, pytest.raises(SourceUnavailable, match="gave the request up"):
        Era5(fetcher(), "token", stage.url).fetch(40.0, -105.0, 2019)
    plays = era5_plays(b"") | {"/jobs/abc": [Play(b'{"status": "running"}')]}
    with served(plays) as stage, pytest.raises(SourceUnavailable, match="longer than"):
        Era5(fetcher(), "token", stage.url, wait_seconds=0.3).fetch(40.0, -105.0, 2019)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (Play(b"x", 500), "status 500"),
        (Play(b"x", 503), "status 503"),
        (Play(b"x", 429, headers={"Retry-After": "0"}), "status 429"),
        (Play(GOOD, cut=5), "broke off"),
        (Play(b"<html><body>502 Bad Gateway</body></html>", content_type="text/html"), "not the data"),
        (Play(b'{"value": '), "not the data"),
        (Play(b'{"other": 1}'), "not the data"),
        (Play(b"[]"), "not the data"),
        (Play(b""), "not the data"),
        (Play(GOOD, wait=0.8), "in time"),
    ],
)
def test_what_fails_is_tried_again_and_said(bad: Play, reason: str) -> None:
    with served({"*": [bad, bad, Play(GOOD)]}) as stage:
        assert fetcher().json(stage.url, {}, value) == 42
        assert len(stage.asked) == 3
    with served({"*": [bad]}) as stage:
        with pytest.raises(SourceUnavailable, match=reason) as caught:
            fetcher().json(stage.url, {}, value)
        assert len(stage.asked) == 3
        assert "127.0.0.1" not in str(caught.value)


def test_a_refusal_is_not_tried_again() -> None:
    with served({"*": [Play(b'{"message": "Location over the sea"}', 400)]}) as stage:
        with pytest.raises(SourceUnavailable, match="status 400"):
            fetcher().json(stage.url, {}, value)
        assert len(stage.asked) == 1


def test_nobody_listens() -> None:
    with pytest.raises(SourceUnavailable, match="could not be reached"):
        fetcher().json("http://127.0.0.1:9", {}, value)


def test_a_long_retry_after_is_not_waited_for() -> None:
    with served({"*": [Play(b"x", 429, headers={"Retry-After": "3600"})]}) as stage:
        began = time.monotonic()
        with pytest.raises(SourceUnavailable, match="429"):
            fetcher().json(stage.url, {}, value)
        assert time.monotonic() - began < 2.0
        assert len(stage.asked) == 1


def test_the_breaker_leaves_a_failing_service_alone() -> None:
    one = fetcher(retries=0, breaker_failures=2)
    with served({"*": [Play(b"x", 500)]}) as stage:
        for _ in range(5):
            with pytest.raises(SourceUnavailable):
                one.json(stage.url, {}, value)
        assert len(stage.asked) == 2


def test_the_breaker_lets_one_try_and_closes_again() -> None:
    now = [0.0]
    breaker = CircuitBreaker(2, 10.0, lambda: now[0])
    for _ in range(2):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    now[0] = 11.0
    assert breaker.allows()
    assert not breaker.allows()  # one is trying
    breaker.failed()
    assert not breaker.allows()
    now[0] = 22.0
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()


def test_the_cache_answers_without_the_service(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10_000)
    with served({"*": [Play(GOOD)]}) as stage:
        one = fetcher(cache)
        assert one.json(stage.url, {"a": 1}, value, {"apikey": "one"}) == 42
        assert one.json(stage.url, {"a": 1}, value, {"apikey": "two"}) == 42
        assert len(stage.asked) == 1
        assert one.json(stage.url, {"a": 2}, value) == 42
        assert len(stage.asked) == 2
    assert fetcher(cache).json(stage.url, {"a": 1}, value) == 42  # the service is gone
    assert not any("secret" in file.name or b"one" in file.read_bytes() for file in tmp_path.iterdir())


def test_only_sound_answers_are_kept_and_damage_is_noticed(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10_000)
    with served({"*": [Play(b"<html>"), Play(b"<html>"), Play(b"<html>"), Play(GOOD)]}) as stage:
        one = fetcher(cache)
        with pytest.raises(SourceUnavailable):
            one.json(stage.url, {}, value)
        assert not list(tmp_path.iterdir())
        assert one.json(stage.url, {}, value) == 42
        (file,) = tmp_path.iterdir()
        file.write_bytes(file.read_bytes()[:-3] + b"xyz")
        assert one.json(stage.url, {}, value) == 42
        assert len(stage.asked) == 5


def test_the_cache_is_bounded_and_drops_the_least_used(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 1000)
    for name in ("a", "b", "c"):
        cache.put(name, name.encode() * 300)
        time.sleep(0.02)
    assert cache.get("a") is not None
    time.sleep(0.02)
    cache.put("d", b"d" * 300)
    assert cache.get("b") is None
    assert cache.get("a") == b"a" * 300
    cache.put("huge", b"x" * 5000)
    assert cache.get("huge") is None
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 1000


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    cache = DiskCache(tmp_path / "file", 1000)
    cache.put("a", b"1")
    assert cache.get("a") is None


@needs_shared
def test_the_recorded_pvgis_year() -> None:
    recorded = (SHARED / "data" / "fixtures" / "pvlib_tmy_45.000_8.000_2005_2023.json").read_bytes()
    with served({"/tmy": [Play(recorded)]}) as stage:
        found = Pvgis(fetcher(), stage.url).fetch(45.0, 8.0)
    assert found.ghi_w_per_m2.sum() / 1000.0 == pytest.approx(1435.9, rel=0.002)
    assert {"typical_year", "wind_from_climate"} <= {note.code for note in found.warnings}
    assert found.elevation_m == 250.0


@needs_shared
def test_recorded_answers_that_hold_no_year_are_refused() -> None:
    folder = SHARED / "data" / "fixtures"
    short = (folder / "pvlib_pvgis_hourly_Timeseries_45.000_8.000_SA2_10kWp_CIS_5_2a_2013_2014.json").read_bytes()
    with served({"*": [Play(short)]}) as stage, pytest.raises(SourceUnavailable, match="not the data"):
        Pvgis(fetcher(), stage.url).fetch(45.0, 8.0, 2013)
    page = json.loads((folder / "nasapower_daily_ag_point.json").read_text())
    text = page["http_interactions"][0]["response"]["body"]["string"].encode()
    with served({"*": [Play(text, content_type="text/csv")]}) as stage, pytest.raises(SourceUnavailable):
        NasaPower(fetcher(), stage.url).fetch(45.0, 8.0, 2013)


@needs_shared
def test_the_recorded_open_meteo_hours_are_read_in_their_units_and_zone() -> None:
    recorded = json.loads((SHARED / "data" / "fixtures" / "openmeteo_archive_Santiago_2023.json").read_text())
    raw = parse_archive(recorded)
    assert str(raw.time_utc[0]) == "2023-01-01T03:00:00"  # local midnight, three hours west
    assert 1.0 < np.nanmean(raw.wind[10.0]) < 4.0
