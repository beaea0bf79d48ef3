"""Keys, scopes and limits in the OpenAPI description: each said once, referred to by every route that has a scope."""

from typing import Any

from fastapi import FastAPI

from service.access.routes import RULES
from service.http.described_problems import refusal

SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key of `sitewatt keys create`."},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key by another header."},
}
REFUSALS = {"401": "Unauthorized", "403": "Forbidden", "429": "RateLimited"}


def install(app: FastAPI, *, closed: bool) -> None:
    """Describe what a key is for; in open mode none is needed, which the empty requirement says."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        schema = described()
        components = schema.setdefault("components", {})
        components["securitySchemes"] = SCHEMES
        components["responses"] = {
            "Unauthorized": refusal(401, "A closed service asks for a key."),
            "Forbidden": refusal(403, "The key lacks the scope of this route."),
            "RateLimited": refusal(429, "The key has spent its units; Retry-After says when to come back."),
        }
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                rule = RULES.get((method.upper(), path))
                if rule is None or rule.scope is None:
                    continue
                operation["security"] = [*([] if closed else [{}]), {"bearer": [rule.scope]}, {"key": [rule.scope]}]
                for status, name in REFUSALS.items():
                    operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way
