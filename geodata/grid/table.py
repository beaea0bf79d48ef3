"""The packed grid tables in memory: unit vectors for the search, attributes beside them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent.parent / "data"
DEGREE = 1e4


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Straight runs of lines: `ends` (n, 4) of lon, lat, lon, lat in degrees; voltage 0 where unknown."""

    ends: np.ndarray
    voltage_kv: np.ndarray
    dataset: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Substations or plants: `places` (n, 2) of lon, lat in degrees."""

    places: np.ndarray
    voltage_kv: np.ndarray
    names: list[str]
    capacity_mw: np.ndarray
    fuel: list[str]
    dataset: np.ndarray


def names_in(blob: np.ndarray) -> list[str]:
    """The names packed as one a line."""
    return blob.tobytes().decode().split("\n")


def read_lines(datasets: tuple[str, ...]) -> tuple[Segments, Points]:
    """Lines and substations of the named datasets, one after the other."""
    files = [np.load(DATA / f"{name}.npz") for name in datasets]
    number = [np.full(len(file["segments"]), index) for index, file in enumerate(files)]
    station_number = [np.full(len(file["stations"]), index) for index, file in enumerate(files)]
    count = sum(len(part) for part in station_number)
    segments = Segments(
        ends=np.vstack([file["segments"] for file in files]) / DEGREE,
        voltage_kv=np.concatenate([file["segment_kv"] for file in files]).astype(float),
        dataset=np.concatenate(number),
    )
    stations = Points(
        places=np.vstack([file["stations"] for file in files]) / DEGREE,
        voltage_kv=np.concatenate([file["station_kv"] for file in files]).astype(float),
        names=[name for file in files for name in names_in(file["station_names"])],
        capacity_mw=np.zeros(count),
        fuel=[""] * count,
        dataset=np.concatenate(station_number),
    )
    return segments, stations


def read_plants(dataset: str, number: int) -> Points:
    """Power plants; `number` is the place of their dataset in the index's list."""
    file = np.load(DATA / f"{dataset}.npz")
    fuels = names_in(file["fuels"])
    count = len(file["places"])
    return Points(
        places=file["places"] / DEGREE,
        voltage_kv=np.zeros(count),
        names=names_in(file["names"]),
        capacity_mw=file["capacity_mw"].astype(float),
        fuel=[fuels[index] for index in file["fuel"]],
        dataset=np.full(count, number),
    )
