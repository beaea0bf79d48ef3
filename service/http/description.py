"""The OpenAPI description, where the framework's own says more than is so."""

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from service.http.problems import PROBLEM_JSON
from service.schemas.batches import BatchForm, BatchRequest, BatchResult, BatchSite
from service.schemas.examples import answers
from service.uses.batching import MEDIA

EVENTS = "text/event-stream"
FORM_SCHEMA = {"type": "string", "description": "A whole file."}
BODIES = (BatchRequest, BatchForm, BatchSite, BatchResult)  # of routes that take or give more than one form


def install(app: FastAPI) -> None:
    """Describe errors as problems only: the framework adds `application/json` to every response with a model.

    The models of bodies that come in several forms are added, for it does not know of them.
    """
    described = app.openapi

    def openapi() -> dict[str, Any]:
        schema = described()
        _, found = models_json_schema(
            [(model, "validation") for model in BODIES], ref_template="#/components/schemas/{model}"
        )
        known = schema["components"]["schemas"]
        known |= {name: model for name, model in found["$defs"].items() if name not in known}
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
        _describe_results(schema)
        _show_answers(schema)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way


def _describe_results(schema: dict[str, Any]) -> None:
    """The forms in which results of a batch come; a line of JSON Lines is a `BatchResult`."""
    answer = schema["paths"]["/v1/batches/{batch_id}/results"]["get"]["responses"]["200"]
    answer["description"] = "A row a site, in the form asked for."
    row = {"schema": {"$ref": "#/components/schemas/BatchResult"}}
    answer["content"] = {kind: row if form == "jsonl" else {"schema": FORM_SCHEMA} for form, kind in MEDIA.items()}


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
