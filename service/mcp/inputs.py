"""What the tools take: the requests of the API, described shortly enough for a model's context."""

import json
from typing import Any

from pydantic import BaseModel, Field

from service.schemas.base import Request

SELDOM = ("weather", "finance", "options", "compliance")  # their whole form is a resource
APART = {"compare": (*SELDOM, "supply")}  # that `assess` describes already
SCHEMAS = "sitewatt://schemas/"
FULL: dict[str, Any] = {
    "type": "boolean",
    "default": False,
    "description": "Answer everything, as the HTTP API does (up to hundreds of kB), in place of headline, bands, "
    "warnings and sources.",
}


class ProcessLookup(Request):
    """One process of the catalogue, or all in short."""

    process_id: str | None = Field(
        default=None, max_length=64, description="All processes in short when left out.", examples=["steel-h2-dri-eaf"]
    )


def input_schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema of a tool's input: without titles, its seldom parts by the names of their fields, and `full`."""
    schema = model.model_json_schema()
    found: dict[str, Any] = schema.get("$defs", {})
    for part in (schema, *found.values()):
        properties = part.get("properties", {})
        for field in APART.get(name, SELDOM):
            if field in properties and "$ref" in json.dumps(properties[field]):
                properties[field] = _in_short(name, found, properties[field])
    schema["properties"]["full"] = FULL
    schema["$defs"] = _reached(schema, found)
    short: dict[str, Any] = _untitled(schema)
    if not short["$defs"]:
        del short["$defs"]
    return short


def _in_short(name: str, found: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """A part as an object of which only the fields' names are told."""
    model = next(_names(whole))
    names = ", ".join(found[model]["properties"])
    return {"type": "object", "description": f"Optional: {names}. Their form: resource {SCHEMAS}{name}, {model}."}


def _reached(schema: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The definitions that are still referred to, directly or through others."""
    kept: dict[str, Any] = {}
    todo = list(_names({name: part for name, part in schema.items() if name != "$defs"}))
    while todo:
        name = todo.pop()
        if name not in kept:
            kept[name] = found[name]
            todo += _names(found[name])
    return dict(sorted(kept.items()))


def _names(part: Any) -> Any:
    """The definitions that a part refers to."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value.rpartition("/")[2]
            else:
                yield from _names(value)
    elif isinstance(part, list):
        for item in part:
            yield from _names(item)


def _untitled(part: Any) -> Any:
    """The same without titles, which repeat the names."""
    if isinstance(part, dict):
        return {key: _untitled(value) for key, value in part.items() if not (key == "title" and isinstance(value, str))}
    return [_untitled(item) for item in part] if isinstance(part, list) else part
