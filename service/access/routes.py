"""What every route asks for: its scope and its own cost, or that it is public. What is not listed is refused."""

from dataclasses import dataclass

from starlette.routing import compile_path


@dataclass(frozen=True, slots=True)
class Rule:
    """`scope` None is public; `units` of the limit, before what the body adds."""

    scope: str | None
    units: float = 0.0


PUBLIC, UNLISTED = Rule(None), Rule("admin")
LOOK_UP, OWN, OWN_DATA = Rule("read", 0.1), Rule("batch", 0.1), Rule("data", 0.1)
RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/"): PUBLIC,
    ("GET", "/embed"): PUBLIC,
    ("GET", "/embed.js"): PUBLIC,
    ("GET", "/web/map/{name}"): PUBLIC,
    ("GET", "/web/places"): PUBLIC,
    ("GET", "/web/{path:path}"): PUBLIC,
    ("GET", "/healthz/live"): PUBLIC,
    ("GET", "/healthz/ready"): PUBLIC,
    ("GET", "/docs"): PUBLIC,
    ("GET", "/docs/oauth2-redirect"): PUBLIC,
    ("GET", "/openapi.json"): PUBLIC,
    ("GET", "/metrics"): Rule("admin"),
    ("GET", "/v1/processes"): LOOK_UP,
    ("GET", "/v1/processes/{process_id}"): LOOK_UP,
    ("GET", "/v1/technologies"): LOOK_UP,
    ("GET", "/v1/prices"): LOOK_UP,
    ("GET", "/v1/datasets"): LOOK_UP,
    ("GET", "/v1/grid/nearest"): LOOK_UP,
    ("GET", "/v1/projects"): LOOK_UP,
    ("POST", "/v1/assessments"): Rule("assess", 1.0),
    ("POST", "/v1/comparisons"): Rule("assess", 1.0),
    ("POST", "/v1/sizing"): Rule("assess", 1.0),
    ("POST", "/v1/profiles"): Rule("assess", 1.0),
    ("POST", "/v1/batches"): Rule("batch", 1.0),
    ("GET", "/v1/batches"): OWN,
    ("GET", "/v1/batches/{batch_id}"): OWN,
    ("DELETE", "/v1/batches/{batch_id}"): OWN,
    ("GET", "/v1/batches/{batch_id}/events"): OWN,
    ("GET", "/v1/batches/{batch_id}/results"): OWN,
    ("POST", "/v1/weather"): Rule("data", 1.0),
    ("GET", "/v1/weather"): OWN_DATA,
    ("GET", "/v1/weather/{weather_id}"): OWN_DATA,
    ("DELETE", "/v1/weather/{weather_id}"): OWN_DATA,
}
PUBLIC_MOUNTS = ("/static-offline-docs",)  # the files of Swagger UI
RESIZING = 0.2  # units of a sizing anew, of which an uncertainty has about a hundred
BATCH_SITE = 0.1  # units of a site of a batch, which is computed when there is time
_COMPILED = [(method, compile_path(path)[0], rule) for (method, path), rule in RULES.items()]


def methods_of(path: str) -> tuple[str, ...]:
    """The methods that are taken at an address."""
    found = {of for of, regex, _ in _COMPILED if regex.match(path)}
    return tuple(sorted(found | ({"HEAD"} if "GET" in found else set())))


def rule_of(method: str, path: str) -> Rule:
    """The rule of a request; what nobody listed needs the scope `admin`, so that a forgotten route is closed."""
    method = "GET" if method == "HEAD" else method
    if any(path.startswith(f"{mount}/") for mount in PUBLIC_MOUNTS):
        return PUBLIC
    return next((rule for of, regex, rule in _COMPILED if of == method and regex.match(path)), UNLISTED)
