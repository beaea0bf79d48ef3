"""Global Energy Monitor's workbook of steel plants: its sheet of plants and its sheet of capacities as one table.

A plant has a row of capacities for each status; here they become columns such as `operating nominalironcapacityttpa`,
and the plant's own status is the first of `ORDER` that it has.
"""

from collections.abc import Mapping

import pandas as pd

PLANTS, CAPACITIES = "plantdata", "plantcapacitiesandstatus"
IDS = ("plantid", "gemplantid")
STATUS = "status"
PRODUCTS = ("nominalcrudesteelcapacityttpa", "nominalironcapacityttpa")
ORDER = (
    "operating",
    "operating pre-retirement",
    "construction",
    "announced",
    "mothballed",
    "mothballed pre-retirement",
    "retired",
    "cancelled",
)


def joined_sheets(sheets: Mapping[str, pd.DataFrame]) -> pd.DataFrame | None:
    """One row a plant; None where the workbook is not of this kind. Names of sheets and headers are plain."""
    if PLANTS not in sheets or CAPACITIES not in sheets:
        return None
    plants, capacities = _by_plant(sheets[PLANTS]), _by_plant(sheets[CAPACITIES])
    if plants is None or capacities is None or STATUS not in capacities:
        return None
    word = capacities[STATUS].astype(str).str.strip().str.lower()
    rank = {status: number for number, status in enumerate(ORDER)}
    ranked = pd.DataFrame({"word": word, "rank": word.map(rank).fillna(len(ORDER))}).sort_values("rank", kind="stable")
    added = {"plantstatus": ranked["word"].groupby(level=0).first()}
    for status in word.unique():
        of_status = capacities[word == status]
        for product in filter(of_status.columns.__contains__, PRODUCTS):
            size = pd.to_numeric(of_status[product], errors="coerce")
            added[f"{status} {product}"] = size.groupby(level=0).sum(min_count=1)
    joined = plants.drop(columns=[name for name in added if name in plants])
    return joined.assign(**{name: column.reindex(joined.index) for name, column in added.items()}).reset_index()


def _by_plant(sheet: pd.DataFrame) -> pd.DataFrame | None:
    """The sheet by plant; None where it does not name plants."""
    key = next((name for name in IDS if name in sheet), None)
    if key is None:
        return None
    table = sheet[sheet[key].notna()]
    return table.set_index(table[key].astype(str).str.strip().rename("plantid")).drop(columns=key)
