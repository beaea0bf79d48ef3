"""The OpenAPI description, where the framework's own says more than is so."""

from typing import Any

from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from service.http.problems import PROBLEM_JSON
from service.schemas.assessment import AssessmentRequest
from service.schemas.batches import BatchForm, BatchRequest, BatchResult, BatchSite
from service.schemas.comparisons import ComparisonRequest
from service.schemas.examples import answers
from service.schemas.profiles import ProfilesRequest
from service.schemas.sizing import SizingRequest
from service.uses.batching import MEDIA

EVENTS = "text/event-stream"
TEXT_FILE = {"type": "string", "description": "A whole file."}
BINARY_FILE = {"type": "string", "format": "binary", "description": "A whole file."}
GEOJSON_FILE = {"type": "object", "description": "A FeatureCollection."}
FILES = {"csv": TEXT_FILE, "geojson": GEOJSON_FILE, "parquet": BINARY_FILE, "xlsx": BINARY_FILE}
UPLOAD_FORM = "WeatherForm"  # in place of the framework's name, Body_store_weather
BODIES: tuple[type[BaseModel], ...] = (
    BatchRequest,
    BatchForm,
    BatchSite,
    BatchResult,
)  # of routes that take or give more than one form
COMPUTED: dict[
    str, type[BaseModel]
] = {  # routes that check their bodies themselves, `computing.py`: the framework writes their schemas out
    "/v1/assessments": AssessmentRequest,
    "/v1/comparisons": ComparisonRequest,
    "/v1/profiles": ProfilesRequest,
    "/v1/sizing": SizingRequest,
}


def install(app: FastAPI) -> None:
    """Describe errors as problems only: the framework adds `application/json` to every response with a model.

    The models of bodies that come in several forms are added, for it does not know of them.
    """
    described = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is not None:  # described before
            return app.openapi_schema
        schema = described()
        described_here: list[tuple[type[BaseModel], JsonSchemaMode]] = [
            (model, "validation") for model in (*BODIES, *COMPUTED.values())
        ]
        _, found = models_json_schema(described_here, ref_template="#/components/schemas/{model}")
        definitions = jsonable_encoder(found["$defs"], exclude_none=True)  # as the framework writes its own
        known = schema["components"]["schemas"]
        known |= {name: model for name, model in definitions.items() if name not in known}
        for path, body in COMPUTED.items():
            content = schema["paths"][path]["post"]["requestBody"]["content"]["application/json"]
            content["schema"] = {"$ref": f"#/components/schemas/{body.__name__}"}
        schema.setdefault("servers", [{"url": "/", "description": "This instance."}])
        schema.setdefault("security", [])
        for operations in schema["paths"].values():
            for operation in operations.values():
                for response in operation["responses"].values():
                    content = response.get("content", {})
                    if PROBLEM_JSON in content:
                        content.pop("application/json", None)
                        content.pop(EVENTS, None)
                    if EVENTS in content:  # the framework's `itemSchema` is of OpenAPI 3.2, the description of 3.1
                        content[EVENTS] = {"schema": {"description": "Server-sent events."}}
        _name_upload(schema)
        _describe_results(schema)
        _show_answers(schema)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way


def _name_upload(schema: dict[str, Any]) -> None:
    """A name that generated clients can show for the form of a weather file, and parts that they take for files."""
    known = schema["components"]["schemas"]
    form = known.pop("Body_store_weather") | {"title": UPLOAD_FORM}
    for part in ("solar", "wind"):
        form["properties"][part]["anyOf"][0]["format"] = "binary"
    known[UPLOAD_FORM] = form
    content = schema["paths"]["/v1/weather"]["post"]["requestBody"]["content"]
    content["multipart/form-data"]["schema"] = {"$ref": f"#/components/schemas/{UPLOAD_FORM}"}


def _describe_results(schema: dict[str, Any]) -> None:
    """The forms in which results of a batch come; a line of JSON Lines is a `BatchResult`."""
    answer = schema["paths"]["/v1/batches/{batch_id}/results"]["get"]["responses"]["200"]
    answer["description"] = "A row a site, in the form asked for."
    row = {"schema": {"$ref": "#/components/schemas/BatchResult"}}
    answer["content"] = {kind: row if form == "jsonl" else {"schema": FILES[form]} for form, kind in MEDIA.items()}


def _show_answers(schema: dict[str, Any]) -> None:
    """A real answer beside every operation that has one."""
    known = answers()
    for operations in schema["paths"].values():
        for operation in operations.values():
            example = known.get(operation["operationId"])
            for status, response in operation["responses"].items():
                for kind, content in response.get("content", {}).items():
                    if example is not None and status.startswith("2") and kind in ("application/json", MEDIA["jsonl"]):
                        content["example"] = example
