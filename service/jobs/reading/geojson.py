"""Features of a GeoJSON one by one: never the whole file as objects, never a feature longer than any site."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

LONGEST_FEATURE = 1_500_000  # characters: 10,000 vertices of 60 with room to spare
TOKEN = re.compile(r'["{}\[\]]')
IN_TEXT = re.compile(r'["\\]')
FEATURES = re.compile(r'"features"\s*:\s*\[')
GAP = re.compile(r"[\s,]*")


class GeoJSONError(Exception):
    """The file is no GeoJSON that can be read."""


def features(file: BinaryIO) -> Iterator[tuple[dict[str, Any] | None, str | None]]:
    """Features in turn, or in their place what is wrong with them."""
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GeoJSONError("the file is not UTF-8") from error
    begin = FEATURES.search(text)
    if begin is None:
        raise GeoJSONError("a FeatureCollection with its features is wanted")
    at = _skipped(text, begin.end())
    while at < len(text) and text[at] != "]":
        end = _end(text, at)
        yield _feature(text[at:end]) if end - at <= LONGEST_FEATURE else (None, _too_long())
        at = _skipped(text, end)
    if at >= len(text):
        raise GeoJSONError("the file ends within its features")


def _feature(text: str) -> tuple[dict[str, Any] | None, str | None]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None, "is not valid JSON"
    if not isinstance(found, dict) or found.get("type") != "Feature":
        return None, "is not a Feature"
    return found, None


def _end(text: str, start: int) -> int:
    """Where the object that starts here has ended."""
    if text[start] != "{":
        raise GeoJSONError("features must be objects")
    depth, at = 0, start
    while (token := TOKEN.search(text, at)) is not None:
        mark, at = token[0], token.end()
        if mark == '"':
            at = _text_end(text, at)
        elif mark in "{[":
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return at
    raise GeoJSONError("the file ends within a feature")


def _text_end(text: str, at: int) -> int:
    """Where a text has ended. Every character is looked at once: a pattern for a whole text would begin anew at each
    quote of one that never ends, and hold all threads up meanwhile.
    """
    while (token := IN_TEXT.search(text, at)) is not None:
        if token[0] == '"':
            return token.end()
        at = token.end() + 1  # past what is escaped
    raise GeoJSONError("the file ends within a feature")


def _skipped(text: str, at: int) -> int:
    gap = GAP.match(text, at)
    return at if gap is None else gap.end()


def _too_long() -> str:
    return f"is longer than {LONGEST_FEATURE:,} characters: an area may have at most 10,000 vertices"
