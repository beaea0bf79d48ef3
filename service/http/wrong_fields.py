"""What a model says is wrong with a request, field by field: pointers, codes and messages, without the values sent."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from service.http.problems import FieldProblem

LONGEST_DETAIL = 500  # characters: the longest list of what is known, the items of prices, has 390
KEY_TAG = "[key]"  # where the library puts a wrong key of a mapping
RANGE_ERRORS = {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}
CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "finite_number": "not_finite",
    "json_invalid": "malformed",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "literal_error": "unknown_value",
    "union_tag_invalid": "unknown_value",
    "too_short": "wrong_length",
    "too_long": "wrong_length",
    "string_too_long": "wrong_length",
    "string_too_short": "wrong_length",
}


def pointer_of(location: Sequence[int | str], body: object) -> str:
    """JSON Pointer of a pydantic error location: union tags, which the body does not hold, are left out."""
    parts: list[str] = []
    here = body
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if isinstance(here, Mapping):
            if part not in here and (not last or part == KEY_TAG):
                continue
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int):
            here = here[part] if part < len(here) else None
        elif isinstance(here, list | str | int | float | bool) or here is None:
            continue
        parts.append(str(part).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{part}" for part in parts)


def request_error(error: ValidationError, body: object) -> RequestValidationError:
    """What a model says of a body, as the framework says it."""
    located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
    return RequestValidationError(located, body=body)


def field_problems(error: RequestValidationError) -> list[FieldProblem]:
    """The wrong fields of a request, each pointer once per code, without the values sent."""
    found: dict[tuple[str, str], FieldProblem] = {}
    for item in error.errors():
        where, *location = item["loc"]
        pointer = pointer_of(location, error.body) if where == "body" else f"/{location[0]}" if location else ""
        kind = item["type"]
        code = CODES.get(kind, "wrong_type" if kind.endswith(("_type", "_parsing")) else kind)
        found.setdefault((pointer, code), FieldProblem(pointer=pointer, detail=_message(item, pointer), code=code))
    return list(found.values())


PATTERNS = {  # of the schemas, in words
    "^[A-Z]{3}$": "must be three capital letters, a country of ISO 3166",
    "^20[0-9]{2}-(0[1-9]|1[0-2])$": "must be a month such as 2030-01",
    "^[a-z][a-z0-9_]{0,39}$": "must be small letters, digits and _, a letter first, at most 40",
}


def _message(item: Mapping[str, Any], pointer: str) -> str:
    """The library's message, or our own where the range reads better as a range."""
    *_, parent, name = ["", "body", *pointer.split("/")[1:]]
    if name.isdecimal():
        name = f"{parent}[{name}]"
    if item["type"] == "extra_forbidden":
        return "this field is not known here; see the schema in /docs"
    if item["type"] == "missing" and item["msg"] == "Field required":
        return f"{name} is required"
    if item["type"] in RANGE_ERRORS:
        return f"{name} {item['msg'].removeprefix('Input ')}"
    message: str = item["msg"]
    if item["type"] == "string_pattern_mismatch":
        pattern = message.removeprefix("String should match pattern '").removesuffix("'")
        return PATTERNS.get(pattern, message)
    return shorten(message.removeprefix("Value error, "), LONGEST_DETAIL, placeholder=" ...")
