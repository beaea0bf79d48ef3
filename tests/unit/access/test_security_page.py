"""Every test that docs/security.md names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_named_tests_exist() -> None:
    lines = [line for line in (ROOT / "docs/security.md").read_text("utf-8").splitlines() if line.startswith("| API")]
    assert len(lines) == 10
    for line in lines:
        named = re.findall(r"`(tests/[a-z_/]+\.py)(?:::(\w+))?`", line)
        assert named, line
        for file, test in named:
            assert test, line
            assert f"def {test}(" in (ROOT / file).read_text("utf-8"), line
            assert (ROOT / file).is_file(), line
