"""Files of sites: CSV, GeoJSON, GeoParquet or Parquet; read row by row, checked before they are believed."""

from service.jobs.reading.files import FileError, RawRow, read_sites

__all__ = ["FileError", "RawRow", "read_sites"]
