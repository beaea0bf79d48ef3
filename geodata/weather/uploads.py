"""Years that users uploaded: stored as arrays in a folder, bounded, listed, removed."""

import contextlib
import io
import json
import logging
import re
import threading
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geodata.warnings import DataWarning
from geodata.weather.year import SERIES, WeatherYear

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SCALARS = ("latitude", "longitude", "elevation_m", "over_sea", "year", "source_detail", "known_error")
OPTIONAL = ("pressure_pa", "snowfall_cm")
log = logging.getLogger("sitewatt")


class StoreFull(Exception):
    """There is no room for another upload: one must be removed first."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One stored year, without its arrays."""

    weather_id: str
    latitude: float
    longitude: float
    year: int
    hours: int
    bytes: int
    variables: tuple[str, ...]
    warnings: tuple[DataWarning, ...]


class UploadStore:
    """A folder of uploads; at most `max_files` and `max_bytes` in all."""

    def __init__(self, folder: Path, max_files: int, max_bytes: int) -> None:
        self._folder, self._max_files, self._max_bytes = folder, max_files, max_bytes
        self._lock = threading.Lock()

    def add(self, year: WeatherYear) -> Upload:
        """Store a year under a new id. Raises StoreFull; OSError where the folder cannot be written."""
        weather_id = str(uuid.uuid4())
        buffer = io.BytesIO()
        arrays: dict[str, Any] = {name: getattr(year, name).astype(np.float32) for name in SERIES}
        arrays |= {name: getattr(year, name).astype(np.float32) for name in OPTIONAL if getattr(year, name) is not None}
        arrays |= {f"wind_{height:g}": wind.astype(np.float32) for height, wind in year.measured_winds.items()}
        head = {name: getattr(year, name) for name in SCALARS}
        head |= {"variables": variables_of(year), "warnings": [asdict(note) for note in year.warnings]}
        arrays |= {"time": year.time_utc.astype("datetime64[s]").astype(np.int64)}
        arrays |= {"head": np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)}
        np.savez_compressed(buffer, **arrays)
        content = buffer.getvalue()
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            files = list(self._folder.glob("*.npz"))
            if len(files) >= self._max_files or sum(f.stat().st_size for f in files) + len(content) > self._max_bytes:
                raise StoreFull(f"{len(files)} uploads are stored; delete one first")
            half = self._folder / f"{weather_id}.part"
            half.write_bytes(content)
            half.replace(self._path(weather_id))  # whole or not at all
        return self.head(weather_id)

    def get(self, weather_id: str) -> WeatherYear:
        """A stored year. Raises KeyError where there is none."""
        with self._whole(weather_id) as file:
            head = json.loads(file["head"].tobytes())
            arrays = {name: file[name].astype(np.float64) for name in file.files if name not in ("head", "time")}
            time = file["time"].astype("datetime64[s]")
        return WeatherYear(
            **{name: head[name] for name in SCALARS},
            **{name: arrays[name] for name in (*SERIES, *OPTIONAL) if name in arrays},
            time_utc=time,
            source=f"upload:{weather_id}",
            warnings=tuple(DataWarning(**note) for note in head["warnings"]),
            measured_winds={
                float(name.removeprefix("wind_")): values
                for name, values in arrays.items()
                if name.startswith("wind_") and name not in SERIES
            },
        )

    def head(self, weather_id: str) -> Upload:
        """What is known of an upload. Raises KeyError where there is none."""
        with self._whole(weather_id) as file:
            head, hours = json.loads(file["head"].tobytes()), len(file["time"])
        return Upload(
            weather_id=weather_id,
            latitude=head["latitude"],
            longitude=head["longitude"],
            year=head["year"],
            hours=hours,
            bytes=self._path(weather_id).stat().st_size,
            variables=tuple(head["variables"]),
            warnings=tuple(DataWarning(**note) for note in head["warnings"]),
        )

    def list(self) -> tuple[Upload, ...]:
        """All uploads, the newest first."""
        files = sorted(self._folder.glob("*.npz"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        found = []
        for file in files:
            if ID.fullmatch(file.stem):
                with contextlib.suppress(KeyError):  # damaged, or removed just now
                    found.append(self.head(file.stem))
        return tuple(found)

    def remove(self, weather_id: str) -> None:
        """Remove an upload. Raises KeyError where there is none."""
        try:
            self._path(weather_id).unlink()
        except FileNotFoundError as error:
            raise KeyError(weather_id) from error

    def _path(self, weather_id: str) -> Path:
        if not ID.fullmatch(weather_id):  # no path from a user ever
            raise KeyError(weather_id)
        return self._folder / f"{weather_id}.npz"

    @contextlib.contextmanager
    def _whole(self, weather_id: str) -> Iterator[Any]:
        """The file of an upload. Raises KeyError where there is none, or where it is damaged, which is logged."""
        try:
            with self._path(weather_id).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                yield file
        except FileNotFoundError as error:
            raise KeyError(weather_id) from error
        except (OSError, ValueError, EOFError, AttributeError, TypeError, zipfile.BadZipFile, zlib.error) as error:
            log.warning("the upload %s is damaged: remove it and send it again", weather_id)
            raise KeyError(weather_id) from error


def variables_of(year: WeatherYear) -> list[str]:
    """Names of what a year holds of its own, without what the embedded climate filled in."""
    filled = {note.code for note in year.warnings}
    names = [] if "sun_from_climate" in filled else ["ghi", "dni", "dhi"]
    names += [] if "temperature_from_climate" in filled else ["temp_air"]
    names += [f"wind_speed_{height:g}m" for height in sorted(year.measured_winds)]
    if year.measured_winds and 100.0 not in year.measured_winds:
        names.append("wind_speed_100m")
    names += ["pressure"] if year.pressure_pa is not None else []
    return names + (["snowfall"] if year.snowfall_cm is not None else [])
