"""Hourly profiles as tables: CSV and Parquet."""

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from service.uses.profiles import CONVENTION, DECIMALS, Profiles


def table(found: Profiles) -> pa.Table:
    """One row an hour: `time_utc`, then the capacity factor of each technology."""
    columns = {"time_utc": pa.array(found.time_utc.astype("datetime64[s]"), pa.timestamp("s", tz="UTC"))}
    columns |= {name: pa.array(np.round(values, DECIMALS)) for name, values in found.hourly.items()}
    first = found.weather[0]
    notes = {
        "convention": CONVENTION,
        "unit": "share of the AC rating",
        "weather": first.source_detail,
        "known_error": first.known_error,
        "latitude": f"{first.latitude:.6f}",
        "longitude": f"{first.longitude:.6f}",
        "warnings": json.dumps([[note.code, note.detail] for note in first.warnings]),
    }
    return pa.table(columns).replace_schema_metadata(notes)


def csv_bytes(found: Profiles) -> bytes:
    """CSV with ISO 8601 stamps."""
    rows = table(found)
    stamps = pa.array(np.char.add(np.datetime_as_string(found.time_utc.astype("datetime64[s]")), "Z"))
    out = io.BytesIO((",".join(rows.column_names) + "\n").encode())
    out.seek(0, io.SEEK_END)
    plain = pacsv.WriteOptions(include_header=False, quoting_style="none")
    pacsv.write_csv(rows.set_column(0, "time_utc", stamps), out, plain)
    return out.getvalue()


def parquet_bytes(found: Profiles) -> bytes:
    """Parquet; units, source and warnings in the schema's metadata."""
    out = io.BytesIO()
    pq.write_table(table(found), out, compression="zstd")
    return out.getvalue()
