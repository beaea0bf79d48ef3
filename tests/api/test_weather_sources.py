"""`weather.source` over HTTP: the service asked, the embedded climate where it fails, `auto` and its reasons."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.supply.weather import settings_in_use, use
from tests.made_answers import nasa_power, open_meteo
from tests.made_files import made_year
from tests.served import Play, served
from tests.unit.geodata.test_cutout_and_bias import atlite_like

BODY = {"site": {"location": {"type": "Point", "coordinates": [-105.0, 40.0]}}, "hourly": False}


@contextmanager
def running(folder: Path, **settings: Any) -> Iterator[TestClient]:
    before = settings_in_use()
    quick = {"weather_retries": 1, "weather_retry_seconds": 0.01, "weather_read_seconds": 0.5}
    with TestClient(
        create_app(Settings(data_folder=folder, **quick | settings)), raise_server_exceptions=False
    ) as client:
        yield client
    use(before)


def codes(answer: Any) -> set[str]:
    assert answer.status_code == 200, answer.text[:400]
    return {item["code"] for item in answer.json()["warnings"]}


def ask(client: TestClient, **weather: Any) -> Any:
    return client.post("/v1/profiles", json=BODY | {"weather": weather})


def test_a_source_is_asked_once_corrected_and_kept(tmp_path: Path) -> None:
    with served({"*": [Play(nasa_power(made_year(2019)))]}) as stage:
        with running(tmp_path, nasa_power_url=stage.url) as client:
            answer = ask(client, source="nasa_power", years=[2019])
            assert "bias_corrected" in codes(answer)
            assert answer.json()["weather"]["source"] == "nasa_power"
            assert answer.json()["weather"]["years"] == [2019]
            plain = ask(client, source="nasa_power", years=[2019], bias_correction=False)
            assert "bias_corrected" not in codes(plain)
        assert len(stage.asked) == 1


@pytest.mark.parametrize(
    "bad",
    [
        Play(b"x", 500),
        Play(b"x", 429),
        Play(b"<html>sorry</html>"),
        Play(b"{", cut=1),
        Play(b"{}", wait=1.5),
        Play(b"{}", 400),
    ],
)  # fmt: skip
def test_a_failing_source_degrades_with_a_warning(tmp_path: Path, bad: Play) -> None:
    with served({"*": [bad]}) as stage, running(tmp_path, open_meteo_url=stage.url) as client:
        answer = ask(client, source="open_meteo", years=[2019])
        assert "weather_source_unavailable" in codes(answer)
        assert answer.json()["weather"]["source"] == "climatology"
        assert stage.url not in answer.text


def test_data_that_are_not_sound_degrade_too(tmp_path: Path) -> None:
    made = made_year(2019, place=(40.0, 75.0))  # the sun of another continent
    with served({"*": [Play(open_meteo(made))]}) as stage, running(tmp_path, open_meteo_url=stage.url) as client:
        answer = ask(client, source="open_meteo", years=[2019])
        assert "weather_source_unavailable" in codes(answer)
        assert "against the sun" in answer.text


def test_an_assessment_survives_a_failing_source(tmp_path: Path) -> None:
    request = {k: v for k, v in BODY.items() if k != "hourly"}
    request |= {"process": {"id": "custom", "load_mw": 10.0}, "weather": {"source": "pvgis"}}
    with served({"*": [Play(b"x", 503)]}) as stage, running(tmp_path, pvgis_url=stage.url) as client:
        answer = client.post("/v1/assessments", json=request)
        assert "weather_source_unavailable" in codes(answer)
        assert answer.json()["input"]["weather"]["source"] == "climatology"


def test_auto_takes_the_cutout_then_the_online_source_then_the_climate(tmp_path: Path) -> None:
    with served({"*": [Play(nasa_power(made_year(2019)))]}) as stage:
        path = atlite_like(tmp_path)
        with running(tmp_path, cutout_path=path, online_source="nasa_power", nasa_power_url=stage.url) as client:
            found = ask(client).json()["weather"]
            assert (found["source"], found["years"]) == ("cutout", [2019])
            assert "cutout" in found["reason"]
            assert not stage.asked
        with running(tmp_path, online_source="nasa_power", nasa_power_url=stage.url) as client:
            assert ask(client, years=[2019]).json()["weather"]["source"] == "nasa_power"
        with running(tmp_path, cutout_path=path) as client:
            elsewhere = {"location": {"type": "Point", "coordinates": [10.0, 50.0]}}
            answer = client.post("/v1/profiles", json={"site": elsewhere, "hourly": False}).json()
            assert answer["weather"]["source"] == "climatology"
            assert "does not cover" in answer["weather"]["reason"]
        with running(tmp_path) as client:
            assert "neither" in ask(client).json()["weather"]["reason"]


@pytest.mark.parametrize(("source", "words"), [("cutout", "no cutout is set"), ("era5", "no key")])
def test_what_is_not_set_up_degrades(tmp_path: Path, source: str, words: str) -> None:
    with running(tmp_path) as client:
        answer = ask(client, source=source)
        assert "weather_source_unavailable" in codes(answer)
        assert words in answer.text


def test_an_instance_may_stay_offline(tmp_path: Path) -> None:
    with served({"*": [Play(b"{}")]}) as stage:
        with running(tmp_path, allow_online=False, nasa_power_url=stage.url) as client:
            assert "does not go online" in ask(client, source="nasa_power").text
        assert not stage.asked
