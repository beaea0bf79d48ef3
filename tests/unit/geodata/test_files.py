"""Weather files: what goes in comes out, whatever the format; what is wrong with a file is said."""

import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodata.weather.assemble import Origin, weather_year
from geodata.weather.files import read_weather
from geodata.weather.raw import RawWeather, WeatherFileError
from geodata.weather.year import WeatherYear
from tests.made_files import COLUMNS, MAKERS, csv, epw, frame_of, lying, made_year, open_meteo, sam_csv, srw

ORIGIN = Origin("test", "made", "none")
SUN = ("ghi_w_per_m2", "dni_w_per_m2", "dhi_w_per_m2")


def assembled(
    solar: bytes | None, wind: bytes | None = None, columns: dict[str, Any] | None = None, **place: float
) -> WeatherYear:
    raw = [
        None if content is None else read_weather(content, field, "auto", columns)
        for field, content in (("solar", solar), ("wind", wind))
    ]
    return weather_year(*raw, ORIGIN, place.get("latitude"), place.get("longitude"))


def codes(year: WeatherYear) -> set[str]:
    return {note.code for note in year.warnings}


def problems(error: pytest.ExceptionInfo[WeatherFileError]) -> set[tuple[str, str]]:
    return {(item.field, item.code) for item in error.value.errors}


@pytest.mark.parametrize("name", ["sam_csv", "epw", "tmy3", "csv", "parquet"])
def test_sun_and_air_come_back_on_utc_hours(name: str) -> None:
    made = made_year()
    make, columns = MAKERS[name]
    place = {} if name in ("sam_csv", "epw", "tmy3") else {"latitude": 40.0, "longitude": -105.0}
    found = assembled(make(made), columns=json.loads(columns) if columns else None, **place)
    assert len(found.time_utc) == 8760
    for series in (*SUN, "air_c"):
        assert getattr(found, series) == pytest.approx(getattr(made, series), abs=0.02), series
    assert found.elevation_m == pytest.approx(1600.0, abs=400.0)


def test_wind_files_give_their_heights() -> None:
    made = made_year()
    found = assembled(None, srw(made))
    assert sorted(found.winds) == [80.0, 120.0]
    assert found.wind_100m_m_per_s == pytest.approx(made.wind_100m_m_per_s, rel=2e-3, abs=0.01)
    assert found.pressure_pa is not None
    assert found.pressure_pa.mean() == pytest.approx(0.83 * 101_325.0 * 1.0098, rel=1e-3)  # from 80 m to the ground
    assert found.air_c == pytest.approx(made.air_c + 0.0065 * 80.0, abs=0.01)
    assert codes(found) == {"sun_from_climate"}


def test_a_pair_of_files_is_one_year() -> None:
    made = made_year()
    found = assembled(sam_csv(made), srw(made))
    assert not codes(found) - {"unit_converted"}
    assert np.corrcoef(found.ghi_w_per_m2, made.ghi_w_per_m2)[0, 1] > 0.9999
    assert np.corrcoef(found.wind_100m_m_per_s, made.wind_100m_m_per_s)[0, 1] > 0.9999


def test_open_meteos_conventions_are_undone() -> None:
    made = made_year(2020)
    found = assembled(open_meteo(made))
    assert found.year == 2020
    assert len(found.time_utc) == 8784
    assert found.ghi_w_per_m2 == pytest.approx(made.ghi_w_per_m2, abs=1e-3)
    instants = (made.wind_100m_m_per_s + np.roll(made.wind_100m_m_per_s, -1)) / 2.0
    assert found.winds[100.0][:-1] == pytest.approx(instants[:-1], abs=1e-3)
    assert {"time_zone_checked", "cut_to_year"} <= codes(found)


def test_gzip_and_byte_order_mark() -> None:
    made = made_year()
    plain, packed = assembled(sam_csv(made)), assembled(gzip.compress(b"\xef\xbb\xbf" + sam_csv(made)))
    assert (plain.ghi_w_per_m2 == packed.ghi_w_per_m2).all()


def test_half_hourly_rows_become_means() -> None:
    made = made_year()
    frame = frame_of(made)
    half = frame.loc[frame.index.repeat(2)].reset_index(drop=True)
    half["stamp"] = pd.date_range("2019-01-01", periods=17520, freq="30min").strftime("%Y-%m-%dT%H:%M:%SZ")
    half.loc[half.index % 2 == 0, "V"] += 1.0
    found = assembled(half.to_csv(index=False).encode(), columns=COLUMNS, latitude=40.0, longitude=-105.0)
    assert found.ghi_w_per_m2 == pytest.approx(made.ghi_w_per_m2, abs=1e-3)
    assert found.winds[100.0] == pytest.approx(made.wind_100m_m_per_s + 0.5, abs=1e-3)


def test_instants_at_the_full_hour_become_means_of_the_hour() -> None:
    made = made_year()
    content = sam_csv(made, Minute=np.zeros(8760, dtype=int))
    found = assembled(content)
    expected = (made.ghi_w_per_m2 + np.roll(made.ghi_w_per_m2, -1)) / 2.0
    assert found.ghi_w_per_m2 == pytest.approx(expected, abs=1e-2)


def test_a_time_zone_of_half_an_hour() -> None:
    made = made_year(place=(23.0, 82.5))
    frame = frame_of(made)
    # Rows of Indian time: each begins at half past a UTC hour.
    for name in ("G", "B", "D", "T", "V"):
        frame[name] = (frame[name] + np.roll(frame[name], -1)) / 2.0
    frame["stamp"] = (pd.DatetimeIndex(made.time_utc) + pd.Timedelta("6h")).strftime("%Y-%m-%dT%H:%M:%S")
    columns = COLUMNS | {"utc_offset_hours": 5.5}
    found = assembled(frame.to_csv(index=False).encode(), columns=columns, latitude=23.0, longitude=82.5)
    assert "time_doubtful" not in codes(found)
    around = np.roll(made.ghi_w_per_m2, 1) + 2.0 * made.ghi_w_per_m2 + np.roll(made.ghi_w_per_m2, -1)
    assert found.ghi_w_per_m2[24:-24] == pytest.approx(around[24:-24] / 4.0, abs=0.01)


def test_a_leap_year_without_its_day() -> None:
    made = made_year(2020)
    frame = frame_of(made)
    frame = frame[~frame["stamp"].str.startswith("2020-02-29")]
    found = assembled(frame.to_csv(index=False).encode(), columns=COLUMNS, latitude=40.0, longitude=-105.0)
    assert "leap_day_missing" in codes(found)
    assert len(found.time_utc) == 8760
    assert found.winds[100.0][59 * 24] == pytest.approx(made.wind_100m_m_per_s[60 * 24], abs=1e-6)


def test_dni_of_nothing_is_rebuilt() -> None:
    made = made_year()
    found = assembled(sam_csv(made, DNI=np.zeros(8760)))
    assert "dni_rebuilt" in codes(found)
    assert found.dni_w_per_m2.mean() == pytest.approx(made.dni_w_per_m2.mean(), rel=0.05)


def test_direct_light_on_the_horizontal_is_told_from_dni() -> None:
    made = made_year()
    frame = frame_of(made).assign(B=made.ghi_w_per_m2 - made.dhi_w_per_m2)
    place = {"latitude": 40.0, "longitude": -105.0}
    content = frame.to_csv(index=False).encode()
    for columns in (COLUMNS, {key: value for key, value in COLUMNS.items() if key != "ghi"}):
        with pytest.raises(WeatherFileError, match="bhi") as caught:
            assembled(content, columns=columns, **place)
        assert problems(caught) == {("solar", "beam_is_horizontal")}
    mapped = {"bhi" if key == "dni" else key: value for key, value in COLUMNS.items() if key != "ghi"}
    found = assembled(content, columns=mapped, **place)
    assert found.ghi_w_per_m2 == pytest.approx(made.ghi_w_per_m2, abs=1e-3)
    assert found.dni_w_per_m2.mean() == pytest.approx(made.dni_w_per_m2.mean(), rel=0.05)


@pytest.mark.parametrize("hours", [-4, 8])
def test_stamps_in_local_time_said_to_be_utc_are_refused(hours: int) -> None:
    made = made_year()
    frame = frame_of(made)
    for name in ("G", "B", "D"):
        frame[name] = np.roll(frame[name], hours)
    content = frame.to_csv(index=False).encode()
    with pytest.raises(WeatherFileError, match="utc_offset_hours") as caught:
        assembled(content, columns=COLUMNS, latitude=40.0, longitude=-105.0)
    assert problems(caught) == {("solar", "time_zone_wrong")}
    naive = frame.assign(stamp=frame["stamp"].str.rstrip("Z")).to_csv(index=False).encode()
    zone = COLUMNS | {"utc_offset_hours": hours}
    found = assembled(naive, columns=zone, latitude=40.0, longitude=-105.0)
    assert found.ghi_w_per_m2 == pytest.approx(made.ghi_w_per_m2, abs=1e-3)


def test_kelvin_and_pascal() -> None:
    made = made_year()
    frame = frame_of(made).assign(T=made.air_c + 273.15, P=83_000.0)
    columns = COLUMNS | {"pressure": "P"}
    found = assembled(frame.to_csv(index=False).encode(), columns=columns, latitude=40.0, longitude=-105.0)
    assert found.air_c == pytest.approx(made.air_c, abs=1e-3)
    assert found.pressure_pa == pytest.approx(83_000.0)
    assert "unit_converted" in codes(found)


def test_a_file_without_a_place_asks_for_one() -> None:
    with pytest.raises(WeatherFileError) as caught:
        assembled(csv(made_year()), columns=COLUMNS)
    assert problems(caught) == {("latitude", "missing"), ("longitude", "missing")}


def test_places_that_contradict_each_other() -> None:
    with pytest.raises(WeatherFileError) as caught:
        assembled(sam_csv(made_year()), latitude=-40.0, longitude=-105.0)
    assert problems(caught) == {("latitude", "conflict")}


def test_an_assumed_time_zone_is_said() -> None:
    found = assembled(None, srw(made_year(), zone="1"))
    assert "time_zone_assumed" in codes(found)


def test_gaps_are_closed_or_refused() -> None:
    made = made_year()
    frame = frame_of(made)
    frame.loc[100:104, "V"] = np.nan
    frame.loc[300:320, "T"] = -999.0
    found = assembled(frame.to_csv(index=False).encode(), columns=COLUMNS, latitude=40.0, longitude=-105.0)
    assert "gaps_filled" in codes(found)
    assert np.isfinite(found.winds[100.0]).all()
    frame.loc[1000:3000, "V"] = np.nan
    with pytest.raises(WeatherFileError) as caught:
        assembled(frame.to_csv(index=False).encode(), columns=COLUMNS, latitude=40.0, longitude=-105.0)
    assert problems(caught) == {("solar", "gaps_too_long")}


def test_every_series_out_of_bounds_is_named() -> None:
    made = made_year()
    frame = frame_of(made).assign(V=made.wind_100m_m_per_s * 100.0, G=made.ghi_w_per_m2 * 1000.0)
    with pytest.raises(WeatherFileError) as caught:
        assembled(frame.to_csv(index=False).encode(), columns=COLUMNS, latitude=40.0, longitude=-105.0)
    assert len(caught.value.errors) == 2
    assert "unit" in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"time": "nothing"}, {("columns/time", "unknown_column"), ("columns", "missing")}),
        (COLUMNS | {"ghi": "X", "colour": "G"},
         {("columns/ghi", "unknown_column"), ("columns/colour", "unknown_field")}),
        (COLUMNS | {"utc_offset_hours": 99, "stamp": "noon"},
         {("columns/utc_offset_hours", "out_of_range"), ("columns/stamp", "unknown_value")}),
    ],
)  # fmt: skip
def test_every_wrong_column_is_named(columns: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    with pytest.raises(WeatherFileError) as caught:
        read_weather(csv(made_year()), "solar", "auto", columns)
    assert problems(caught) == expected


@pytest.mark.parametrize("format_", ["auto", "epw", "tmy3", "sam_csv", "srw", "csv", "parquet"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02" * 1000,
        b"a,b\n1,2\n3,4\n",
        b"<html><body>502 Bad Gateway</body></html>\n" * 5,
        b"PAR1" + b"x" * 99,
        b"\x1f\x8b" + b"x" * 50,
        b"LOCATION,x\n" * 9,
        b"latitude,longitude,elevation,utc_offset_seconds\n1\n\n",
    ],
)  # fmt: skip
def test_what_is_no_weather_is_refused(content: bytes, format_: str) -> None:
    with pytest.raises(WeatherFileError):
        weather_year(read_weather(content, "solar", format_, None), None, ORIGIN, 40.0, -105.0)


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
@pytest.mark.parametrize(("make", "field"), [(sam_csv, "solar"), (epw, "solar"), (srw, "wind")])
def test_a_file_cut_off_is_refused(make: Callable[[WeatherYear], bytes], field: str, cut: float) -> None:
    content = make(made_year())
    part = content[: int(len(content) * cut)]
    with pytest.raises(WeatherFileError):
        assembled(part if field == "solar" else None, part if field == "wind" else None)


def test_a_gzip_bomb_is_refused() -> None:
    bomb = gzip.compress(b"0" * 300_000_000)
    with pytest.raises(WeatherFileError) as caught:
        read_weather(bomb, "solar")
    assert problems(caught) == {("solar", "too_large")}


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", store_schema=False)
    return out.getvalue()


def test_parquet_bombs_of_weather(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of 1 MB for every hour, as often in a column that nobody asked for; runs of zeros; a footer that lies."""
    monkeypatch.setattr("geodata.weather.files.parquet.MOST_UNPACKED_BYTES", 5_000_000)
    hours = pa.array([0] * 8760, pa.int32())
    text = pa.DictionaryArray.from_arrays(hours, pa.array(["x" * 1_000_000]))
    stamp = pa.DictionaryArray.from_arrays(hours, pa.array(["2019-01-01T00:00:00Z"]))
    zeros = pa.DictionaryArray.from_arrays(pa.array(np.zeros(590_000, np.int32)), pa.array([0.0]))
    for content in (
        parquet(pa.table({"time": text, "ghi": np.zeros(8760)})),
        parquet(pa.table({"time": stamp, "ghi": np.zeros(8760), "remark": text})),
        parquet(pa.table({f"c{index}": zeros for index in range(60)})),
        lying(pa.table({f"c{index}": np.zeros(100_000) for index in range(10)})),
    ):
        assert len(content) < 1_000_000
        with pytest.raises(WeatherFileError) as caught:
            read_weather(content, "solar")
        assert problems(caught) == {("solar", "too_large")}


def test_a_parquet_with_lists_and_an_index_of_pandas() -> None:
    """Plain columns alone are read, an index among them; of two columns with one name neither."""
    year = made_year()
    frame = frame_of(year).assign(more=[[1.0]] * len(year.time_utc))
    out = io.BytesIO()
    frame.set_index("stamp").to_parquet(out)
    read = read_weather(out.getvalue(), "solar", "auto", COLUMNS)
    assert len(read.time_utc) == len(year.time_utc)
    twice = pa.table([[1.0], [2.0]], names=["ghi", "ghi"])
    with pytest.raises(WeatherFileError) as caught:
        read_weather(parquet(twice), "solar")
    assert problems(caught) == {("solar", "duplicate")}


def test_a_table_of_too_many_cells_is_refused() -> None:
    """Half a million lines of 190 cells: 2 MB as gzip, 3 GB as a table."""
    lines = [",".join(["time", *(f"c{index}" for index in range(189))]), *([",".join("1" * 190)] * 200_000)]
    with pytest.raises(WeatherFileError) as caught:
        read_weather("\n".join(lines).encode(), "solar", "csv", {"time": "time", "ghi": "c1"})
    assert problems(caught) == {("solar", "too_large")}


def test_raw_rows_must_agree() -> None:
    with pytest.raises(ValueError, match="another length"):
        RawWeather(np.zeros(3, "datetime64[s]"), 3600, {"ghi": np.zeros(2)}, {}, "x")
