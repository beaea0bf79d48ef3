"""V36 and V37 of the published cases: CBAM default values of Algeria, thresholds of near-zero steel; both exact."""

import csv
import re

import pytest

from models.compliance.cbam import cbam_default
from models.compliance.near_zero_steel import band_limit, near_zero_threshold
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
GOODS = {
    "grey clinker": "grey_clinker",
    "ammonia": "anhydrous_ammonia",
    "hydrogen": "hydrogen",
    "DRI": "direct_reduced_iron",
    "semis BF-BOF": "semi_finished_steel",
    "unwrought Al": "unwrought_aluminium",
}


def case(case_id: str) -> dict[str, str]:
    with (SHARED / "reference" / "validation_cases.csv").open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["case_id"] == case_id)


@pytest.mark.parametrize("name", GOODS)
def test_v36_default_values_of_algeria(name: str) -> None:
    stated = re.search(rf"{name} ([0-9.]+)", case("V36")["note"])
    assert stated is not None
    assert cbam_default(GOODS[name], "DZA").direct == float(stated.group(1))


def test_v37_near_zero_steel() -> None:
    row = case("V37")
    published = [float(row[column]) for column in ("value_low", "value", "value_high")]
    assert [near_zero_threshold(scrap) for scrap in (1.0, 0.3, 0.0)] == published
    assert row["assumptions"] == "E = 400 - 350 s; A-E = 2400 - 2100 s"
    assert [band_limit("E", scrap) for scrap in (0.0, 0.25, 1.0)] == [2400.0, 2400.0 - 2100.0 * 0.25, 300.0]
