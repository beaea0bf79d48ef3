"""Fenced blocks of a page of the documentation: what a reader types, and what the page says comes back."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TYPED = ("sh", "python")
SHOWN = ("json", "text")
_FENCE = re.compile(r"(?:<!-- not run: (?P<reason>.+?) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
_NUMBER = re.compile(r"-?\d[\d,]*\.?\d*(?:e-?\d+)?")
TOLERANCE = 1e-3  # the digits a page shows; the optimum itself is certified to 1e-6


@dataclass(frozen=True)
class Block:
    """reason : why it is not run, from the comment above it. shown : kind and text of the answer that follows it."""

    page: str
    line: int
    kind: str
    text: str
    reason: str | None
    shown: tuple[str, str] | None


def blocks(page: str) -> list[Block]:
    """Everything typed on a page, in its order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = list(_FENCE.finditer(text))
    typed = []
    for index, item in enumerate(found):
        if item["kind"] not in TYPED:
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        shown = (after["kind"], after["text"]) if after is not None and after["kind"] in SHOWN else None
        line = text.count("\n", 0, item.start("text")) + 1
        typed.append(Block(page, line, item["kind"], item["text"], item["reason"], shown))
    return typed


def differences(shown: tuple[str, str], said: str) -> list[str]:
    """Where what the page shows is not what came: of JSON it may show a part, numbers to the digits of TOLERANCE."""
    kind, text = shown
    if kind == "json":
        return list(_missing(json.loads(text), json.loads(said), ""))
    if _NUMBER.sub("#", text).split() != _NUMBER.sub("#", said).split():
        return [f"shown {text!r}, came {said!r}"]
    pairs = zip(_NUMBER.findall(text), _NUMBER.findall(said), strict=True)
    return [f"shown {a}, came {b}" for a, b in pairs if not _near(*(float(x.replace(",", "")) for x in (a, b)))]


def _missing(shown: Any, came: Any, where: str) -> Any:
    if isinstance(shown, dict) and isinstance(came, dict):
        for name, value in shown.items():
            if name in came:
                yield from _missing(value, came[name], f"{where}/{name}")
            else:
                yield f"{where}/{name} did not come"
    elif isinstance(shown, list) and isinstance(came, list):
        for index, value in enumerate(shown):  # each of the shown is one of those that came
            if not any(not list(_missing(value, item, "")) for item in came):
                yield f"{where}/{index}: {value} is none of those that came"
    elif isinstance(shown, float | int) and isinstance(came, float | int) and not isinstance(shown, bool):
        if not _near(shown, came):
            yield f"{where}: shown {shown}, came {came}"
    elif shown != came:
        yield f"{where}: shown {shown!r}, came {came!r}"


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b)) + 1e-9
