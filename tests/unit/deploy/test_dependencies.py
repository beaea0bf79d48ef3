"""Each direct dependency has its reason, and the counts that are stated are those of the files."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
DECISION = (ROOT / "docs/decisions/0009-footprint.md").read_text()


def test_each_has_a_reason() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = [Requirement(line).name for line in tomllib.load(file)["project"]["dependencies"]]
    reasons = dict(re.findall(r"^\| ([a-z0-9-]+) \| (.{4,}) \|$", DECISION.partition("**What it takes.**")[0], re.M))
    assert sorted(reasons) == sorted(declared)
    assert f"| {len(declared)} direct," in DECISION


def test_each_is_pinned() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = [Requirement(line) for line in tomllib.load(file)["project"]["dependencies"]]
    locked = [Requirement(line) for line in (ROOT / "requirements.lock").read_text().splitlines()]
    pins = {one.name: one for one in locked if one.marker is None or one.marker.evaluate()}
    for wanted in declared:
        version = str(pins[wanted.name].specifier).removeprefix("==")
        assert wanted.specifier.contains(version), wanted
