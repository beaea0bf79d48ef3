"""What guards every answer: headers, hosts, pages of others."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.supply.weather import settings_in_use, use
from tests.api.problems import problem

PATHS = ["/", "/embed", "/docs", "/v1/datasets", "/v1/none", "/healthz/live", "/openapi.json", "/web/none"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == ("cross-origin" if path == "/embed" else "same-origin")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers
    assert "strict-transport-security" not in headers
    assert (headers.get("cache-control") == "no-store") == path.startswith(("/v1/", "/healthz"))


def test_refusals_are_guarded_too(client: TestClient) -> None:
    answer = client.post("/v1/assessments", content=b"x" * 2_000_000, headers={"content-type": "application/json"})
    problem(answer, 413)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_hosts_pages_and_transport_are_set(tmp_path: Path) -> None:
    before = settings_in_use()
    settings = Settings(
        data_folder=tmp_path,
        allowed_hosts=("api.example", "*.example.org"),
        cors_origins=("https://partner.example",),
        hsts_seconds=31_536_000,
    )
    there = TestClient(create_app(settings), base_url="http://api.example:8000")
    answer = there.get("/v1/datasets", headers={"Origin": "https://partner.example"})
    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert answer.headers["access-control-allow-origin"] == "https://partner.example"
    assert "access-control-allow-credentials" not in answer.headers
    other = there.get("/v1/datasets", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers
    asked = {"Origin": "https://partner.example", "Access-Control-Request-Method": "POST"}
    assert there.options("/v1/assessments", headers=asked | {"Access-Control-Request-Headers": "X-API-Key"}).is_success
    for host, status in (("a.example.org", 200), ("evil.example", 400), ("api.example.evil", 400), ("", 400)):
        assert there.get("/v1/datasets", headers={"Host": host}).status_code == status, host
    problem(there.get("/v1/datasets", headers={"Host": "evil.example"}), 400)
    assert there.get("/healthz/live", headers={"Host": "10.0.0.7"}).status_code == 200
    use(before)
