"""The mapped grid is worth what docs/grid_data.md says."""

import numpy as np
import pytest

from tests.shared import SHARED, needs_shared
from tests.validation.grid_error import REFERENCE, errors_by_region


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("as_reference", [False, True])
def test_median_errors_are_no_worse_than_the_reference_to_the_kilometre(as_reference: bool) -> None:
    for found in errors_by_region(SHARED / "data" / "grid", as_reference=as_reference):
        line, plant, either = REFERENCE[found.region]
        assert np.floor(np.median(found.line)) <= line, found.region
        assert np.floor(np.median(found.plant)) <= plant, found.region
        assert np.floor(np.median(found.either)) <= either, found.region
