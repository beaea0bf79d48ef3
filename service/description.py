"""The OpenAPI description, where the framework's own says more than is so."""

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from service.problems import PROBLEM_JSON
from service.schemas.batches import BatchForm, BatchRequest, BatchResult, BatchSite

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
        for operations in schema["paths"].values():
            for operation in operations.values():
                for response in operation["responses"].values():
                    content = response.get("content", {})
                    if PROBLEM_JSON in content:
                        content.pop("application/json", None)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way
