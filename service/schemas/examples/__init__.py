"""Worked examples, shown in Swagger UI and run by the tests: one JSON file each."""

import json
from pathlib import Path
from typing import Any


def examples() -> dict[str, Any]:
    """OpenAPI examples of POST /v1/assessments by name."""
    folder = Path(__file__).parent
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


ANSWERS = Path(__file__).parent / "answers"


def answers() -> dict[str, Any]:
    """A real answer of every operation that gives JSON, by operation id; rewritten by tests/api/record_answers.py."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(ANSWERS.glob("*.json"))}
