"""Voltages as people write them: `220000;110000`, `132/33`, `220 kV`, 380."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from geodata.user_data import LayerError

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
COLUMNS = ("voltage_kv", "kv", "voltage", "tags.voltage", "vnom", "v_nom", "tensao", "nominal_voltage")
MOST_KV = 1500.0  # above the highest line there is; a number beyond it is in volts
UNITS = ("auto", "kV", "V")
# Voltages that direct-current lines alone have (general knowledge): Inter-Island and Gotland 350, NorNed, Nelson River
# and Quebec-New England 450, Cahora Bassa 533, Itaipu 600, Madeira, Belo Monte and China 800. 500 kV may be either.
DIRECT_CURRENT_KV = (350.0, 450.0, 533.0, 600.0, 800.0)


def voltage_column(columns: Sequence[str], asked: str | None) -> str | None:
    """The column that holds the voltage: the one asked for, or the first of the usual names; None where none is."""
    if asked is not None:
        if asked not in columns:
            raise LayerError(f"there is no column {asked!r}; there are {', '.join(map(str, columns))}")
        return asked
    by_name = {str(column).lower(): str(column) for column in columns}
    return next((by_name[name] for name in COLUMNS if name in by_name), None)


def read_kv(values: Sequence[Any], column: str, unit: str = "auto") -> tuple[np.ndarray, dict[int, str]]:
    """Voltages in kV, 0 where unknown, and the rows (from 1) that cannot be read. Of several on one row the highest.

    Raises LayerError where volts and kilovolts are mixed and the unit is not given.
    """
    found, wrong = np.zeros(len(values)), {}
    seen: dict[str, float | None] = {}
    for index, value in enumerate(values):
        text = "" if value is None or value != value else str(value).strip()
        if text not in seen:
            seen[text] = _highest(text)
        highest = seen[text]
        if highest is None or highest < 0.0:
            wrong[index + 1] = f"its voltage, {text[:40]!r} in column {column}, is not a number above 0"
        else:
            found[index] = highest
    known = found[found > 0.0]
    if not len(known):
        return found, wrong
    if unit == "auto":
        volts = known > MOST_KV
        if volts.any() and not volts.all():
            raise LayerError(f"column {column} mixes numbers below and above {MOST_KV:g}: say --voltage-unit kV or V")
        unit = "V" if volts.all() or "tags." in column else "kV"
    in_kv = found / 1000.0 if unit == "V" else found
    for row in np.flatnonzero(in_kv > MOST_KV):
        wrong[int(row) + 1] = f"its voltage, {in_kv[row]:g} kV, is above that of any line"
    return in_kv, wrong


def _highest(text: str) -> float | None:
    """The highest number in a text; 0 for an empty one, None where there is none, or a minus before it."""
    if text.lower() in ("", "none", "nan", "unknown", "null"):
        return 0.0
    numbers = [float(number.replace(",", ".")) for number in NUMBER.findall(text)]
    return None if not numbers or text.startswith("-") or max(numbers) <= 0.0 else max(numbers)
