"""Traces by OpenTelemetry, off unless SITEWATT_TRACES is set: a span a request, by its route's template, and a sizing.

The framework's own traces are off: they hold paths and query strings, which have ids and coordinates. Where spans go is
said by OpenTelemetry's own variables, OTEL_EXPORTER_OTLP_ENDPOINT among them.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

Note = Callable[..., None]
_tracers: list[Any] = []


def installed() -> bool:
    """True where the extra `otel` is."""
    return find_spec("opentelemetry.sdk") is not None and find_spec("opentelemetry.exporter") is not None


def begin(exporter: Any = None) -> None:
    """Trace from here on; `exporter` for tests, else OTLP over HTTP."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    if exporter is None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        exporter = OTLPSpanExporter()
    provider = TracerProvider(resource=Resource.create({"service.name": "sitewatt"}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracers[:] = [(provider, provider.get_tracer("sitewatt"))]


def end() -> None:
    """Send what is left, and trace no more."""
    for provider, _ in _tracers:
        provider.shutdown()
    _tracers.clear()


@contextmanager
def span(name: str, **attributes: Any) -> Iterator[Note]:
    """A span about a block; what is called with further attributes adds them."""
    if not _tracers:
        yield _nothing
        return
    with _tracers[0][1].start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as found:
        yield lambda **more: found.set_attributes(more)


@contextmanager
def request_span(method: str, headers: Mapping[str, str]) -> Iterator[Note]:
    """The span of a request, below the caller's `traceparent`; the note takes its route and status."""
    if not _tracers:
        yield _nothing
        return
    from opentelemetry.propagate import extract
    from opentelemetry.trace import SpanKind

    with _tracers[0][1].start_as_current_span(
        method, context=extract(headers), kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
    ) as found:

        def note(route: str, status: int) -> None:
            found.update_name(f"{method} {route}")
            found.set_attributes(
                {"http.request.method": method, "http.route": route, "http.response.status_code": status}
            )

        yield note


def _nothing(**_: Any) -> None:
    """No tracing."""
