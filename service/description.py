"""The OpenAPI description, where the framework's own says more than is so."""

from typing import Any

from fastapi import FastAPI

from service.problems import PROBLEM_JSON


def install(app: FastAPI) -> None:
    """Describe errors as problems only: the framework adds `application/json` to every response with a model."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        schema = described()
        for operations in schema["paths"].values():
            for operation in operations.values():
                for response in operation["responses"].values():
                    content = response.get("content", {})
                    if PROBLEM_JSON in content:
                        content.pop("application/json", None)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way
