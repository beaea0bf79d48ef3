"""Spans of requests and sizings, by route, below the caller's trace, without places."""

import json

from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from service.operation import tracing
from tests.api.requests import sizing

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def test_spans(client: TestClient) -> None:
    exporter = InMemorySpanExporter()
    tracing.begin(exporter)
    try:
        headers = {"traceparent": f"00-{TRACE}-{SPAN}-01"}
        assert client.post("/v1/sizing", json=sizing(load_mw=12.25), headers=headers).status_code == 200
        client.get("/v1/grid/nearest?latitude=40.12345&longitude=-95.54321")
    finally:
        tracing.end()
    solved, asked, looked_up = exporter.get_finished_spans()
    assert [span.name for span in (solved, asked, looked_up)] == ["sizing", "POST /v1/sizing", "GET /v1/grid/nearest"]
    assert asked.attributes is not None
    assert asked.attributes["http.response.status_code"] == 200
    assert asked.parent is not None
    assert f"{asked.context.trace_id:032x}" == TRACE
    assert f"{asked.parent.span_id:016x}" == SPAN
    assert solved.parent is not None
    assert solved.parent.span_id == asked.context.span_id
    assert solved.attributes is not None
    assert solved.attributes["hours"] == 48
    assert solved.attributes["solved_by"] == "interior_point"
    text = json.dumps([span.to_json() for span in (solved, asked, looked_up)])
    assert "40.12345" not in text


def test_off_unless_asked_for(client: TestClient) -> None:
    assert client.get("/v1/processes", headers={"traceparent": f"00-{TRACE}-{SPAN}-01"}).status_code == 200
    assert tracing._tracers == []
