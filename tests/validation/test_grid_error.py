"""The mapped grid is worth what docs/grid_data.md says."""

import numpy as np
import pytest

from tests.shared import SHARED, needs_shared
from tests.validation.grid_error import REFERENCE, errors_by_region


@needs_shared
@pytest.mark.slow
def test_median_errors_are_no_worse_than_the_reference_to_the_kilometre() -> None:
    for found in errors_by_region(SHARED / "data" / "grid"):
        line, _, either = REFERENCE[found.region]
        assert np.floor(np.median(found.line)) <= line, found.region
        assert np.floor(np.median(found.either)) <= either, found.region
