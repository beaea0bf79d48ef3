"""One packed table of lines and substations: what ships, and what a user adds, have the same form.

Lines are polylines of degrees; coordinates are kept to 1e-5 degrees (1.1 m), voltages to a kilovolt with 0 for
unknown, lengths to the float's six digits.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

STEP = 1e5  # steps a degree


@dataclass(frozen=True, slots=True, eq=False)
class GridTable:
    """Lines: `vertices` (n, 2) of lon, lat, `sizes` (lines,) vertices of each. Stations: `places` (stations, 2).

    line_kv, station_kv : 0 where unknown. circuits : at least 1. length_km : along the line, as its source states it
    or as the map shows it. Names may be empty.
    """

    vertices: np.ndarray
    sizes: np.ndarray
    line_kv: np.ndarray
    circuits: np.ndarray
    length_km: np.ndarray
    line_names: list[str]
    places: np.ndarray
    station_kv: np.ndarray
    station_names: list[str]

    @property
    def lines(self) -> int:
        """How many lines."""
        return len(self.sizes)

    def segments(self) -> tuple[np.ndarray, np.ndarray]:
        """(n, 4) straight runs of lon, lat, lon, lat, and the line each is part of."""
        if not len(self.vertices):
            return np.empty((0, 4)), np.empty(0, dtype=np.int64)
        line = np.repeat(np.arange(self.lines), self.sizes)
        inside = line[:-1] == line[1:]
        return np.hstack([self.vertices[:-1], self.vertices[1:]])[inside], line[:-1][inside]

    def keep(self, lines: np.ndarray, stations: np.ndarray) -> "GridTable":
        """The lines and stations whose flags are set."""
        vertex = np.repeat(lines, self.sizes)
        return GridTable(
            vertices=self.vertices[vertex],
            sizes=self.sizes[lines],
            line_kv=self.line_kv[lines],
            circuits=self.circuits[lines],
            length_km=self.length_km[lines],
            line_names=[name for name, kept in zip(self.line_names, lines, strict=True) if kept],
            places=self.places[stations],
            station_kv=self.station_kv[stations],
            station_names=[name for name, kept in zip(self.station_names, stations, strict=True) if kept],
        )

    def save(self, path: Path) -> None:
        """Write the table; the file ends in .npz."""
        steps = np.round(self.vertices * STEP).astype(np.int32)
        np.savez_compressed(
            path,
            vertices=np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int32)).astype(np.int32),
            sizes=self.sizes.astype(np.uint32),
            line_kv=self.line_kv.astype(np.uint16),
            circuits=self.circuits.astype(np.uint8),
            length_km=self.length_km.astype(np.float32),
            line_names=text(self.line_names),
            places=np.round(self.places * STEP).astype(np.int32),
            station_kv=self.station_kv.astype(np.uint16),
            station_names=text(self.station_names),
        )

    @classmethod
    def read(cls, path: Path) -> "GridTable":
        """A table that `save` wrote."""
        with np.load(path) as file:
            field = {name: file[name] for name in file.files}
        return cls(
            vertices=np.cumsum(field["vertices"], axis=0, dtype=np.int64) / STEP,
            sizes=field["sizes"].astype(np.int64),
            line_kv=field["line_kv"].astype(float),
            circuits=field["circuits"].astype(np.int64),
            length_km=field["length_km"].astype(float),
            line_names=names_in(field["line_names"], len(field["sizes"])),
            places=field["places"] / STEP,
            station_kv=field["station_kv"].astype(float),
            station_names=names_in(field["station_names"], len(field["places"])),
        )


def kilovolts(values: np.ndarray) -> np.ndarray:
    """Voltages to a kilovolt, 0 where unknown."""
    return np.asarray(np.clip(np.round(np.nan_to_num(np.asarray(values, dtype=float))), 0, 1500))


def text(names: list[str]) -> np.ndarray:
    """Names as one blob of bytes, a line each; nothing where none has a name."""
    lines = [" ".join(name.split()) for name in names]
    return np.frombuffer("\n".join(lines).encode() if any(lines) else b"", dtype=np.uint8)


def names_in(blob: np.ndarray, count: int) -> list[str]:
    """The names packed by `text`."""
    return blob.tobytes().decode().split("\n") if len(blob) else [""] * count


def tables_of(parts: list[GridTable]) -> GridTable:
    """Several tables as one."""
    return GridTable(
        vertices=np.vstack([part.vertices for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        line_kv=np.concatenate([part.line_kv for part in parts]),
        circuits=np.concatenate([part.circuits for part in parts]),
        length_km=np.concatenate([part.length_km for part in parts]),
        line_names=[name for part in parts for name in part.line_names],
        places=np.vstack([part.places for part in parts]),
        station_kv=np.concatenate([part.station_kv for part in parts]),
        station_names=[name for part in parts for name in part.station_names],
    )
