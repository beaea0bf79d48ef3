"""Where the shared reference material stands, and the mark that skips what needs it."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SITEWATT_SHARED", Path(__file__).parents[2] / "shared"))

needs_shared = pytest.mark.skipif(
    not (SHARED / "validation").is_dir(), reason="the shared reference data are not beside the project"
)
