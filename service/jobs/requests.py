"""One site's request out of the batch's defaults and what the site says of its own."""

from collections.abc import Mapping
from typing import Any

from service.case.merging import merged
from service.schemas.assessment import AssessmentRequest

SECTIONS = tuple(name for name in AssessmentRequest.model_fields if name != "site")


def whole(defaults: Mapping[str, Any], site: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    """A whole assessment request."""
    request: dict[str, Any] = {"site": dict(site)}
    for name in SECTIONS:
        if name in defaults or name in overrides:
            request[name] = section(name, defaults.get(name), overrides.get(name))
    return request


def section(name: str, default: Any, own: Any) -> Any:
    """A part of a request: a site's own fields over the defaults (RFC 7396), null taking one out.

    A site with another process has nothing of the default one, whose size and parameters would not fit it.
    """
    if own is None:
        return default
    both = isinstance(own, Mapping) and isinstance(default, Mapping)
    if name == "process" and both and own.get("id", default.get("id")) != default.get("id"):
        return merged(None, own)
    return merged(default, own)
