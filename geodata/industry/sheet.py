"""The rows of a tracker's XLSX or CSV: of a workbook the sheet, of the sheet the header, that look most like one."""

import re
from collections.abc import Container
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.industry.gem import joined_sheets
from geodata.user_data import LayerError

HEADER_ROWS = 20


def plain(header: str) -> str:
    """A header without case, spaces, dashes and the like."""
    return re.sub(r"[^a-z0-9]", "", header.lower().replace("₂", "2"))


def read_sheet(path: Path, known: Container[str]) -> pd.DataFrame:
    """Every row below the header, as it stands. Raises LayerError.

    known : the headers, plain, that may be there.
    """
    try:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            sheets = pd.read_excel(path, sheet_name=None, header=None, dtype=object, engine="openpyxl")
            tables = {name: _below_header(sheet, known) for name, sheet in sheets.items()}
            plainly = {plain(name): table.rename(columns=plain) for name, table in tables.items()}
            joined = joined_sheets(plainly)
            return max(tables.values(), key=lambda table: _worth(table, known)) if joined is None else joined
        return pd.read_csv(path, dtype=object, encoding="utf-8-sig", sep=None, engine="python")
    except FileNotFoundError as error:
        raise LayerError(f"there is no file {path}") from error
    except Exception as error:  # readers of spreadsheets raise dozens of kinds
        raise LayerError(f"{path.name} cannot be read: {str(error).splitlines()[0][:300]}") from error


def _below_header(sheet: pd.DataFrame, known: Container[str]) -> pd.DataFrame:
    """The sheet from its header on: of the first rows the one with the most known names."""
    head = sheet.head(HEADER_ROWS)
    scores = [sum(plain(str(cell)) in known for cell in row) for row in head.itertuples(index=False)]
    if not scores or max(scores) == 0:
        return pd.DataFrame()
    top = int(np.argmax(scores))
    body = sheet.iloc[top + 1 :].copy()
    body.columns = pd.Index([str(cell) for cell in sheet.iloc[top]])
    return body.dropna(how="all")


def _worth(table: pd.DataFrame, known: Container[str]) -> tuple[int, int]:
    return sum(plain(str(column)) in known for column in table.columns), len(table)
