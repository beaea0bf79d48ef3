"""Bad bodies: not JSON, too large, numbers that are none; a 4xx problem, never a 500."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.problems import pointers, problem
from tests.api.requests import boden, sizing

URL = "/v1/assessments"
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize("field", ["capacity_t_per_year", "utilisation"])
def test_numbers_that_are_none(client: TestClient, number: str, field: str) -> None:
    text = json.dumps(boden(**{f"process__{field}": 987654321})).replace("987654321", number)
    assert pointers(problem(client.post(URL, content=text, headers=JSON), 422)) == {f"/process/{field}"}


INTEGER_FIELDS = [
    ("process", "capacity_t_per_year"),
    ("process", "utilisation"),
    ("process", "load_mw"),
    ("process", "parameters/scrap_share"),
    ("finance", "wacc"),
    ("finance", "costs/battery/lifetime_years"),
    ("weather", "years/0"),
]


@pytest.mark.parametrize(("part", "field"), INTEGER_FIELDS)
def test_integers_beyond_any_float(client: TestClient, part: str, field: str) -> None:
    value: Any = 987654321
    for key in reversed(field.split("/")):
        value = [value] if key == "0" else {key: value}
    request = boden()
    request[part] = request.get(part, {}) | value
    if field == "load_mw":
        request["process"]["id"] = "custom"
    text = json.dumps(request).replace("987654321", "9" * 400)
    assert pointers(problem(client.post(URL, content=text, headers=JSON), 422)) == {f"/{part}/{field}"}


def test_the_answer_is_not_many_times_the_request(client: TestClient) -> None:
    body = problem(client.post(URL, json=boden() | {f"k{index}": 1 for index in range(1500)}), 422)
    assert len(body["errors"]) == 1000
    assert body["detail"] == "1,500 fields are wrong. The first 1,000 are named."


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_coordinates_that_are_no_numbers(client: TestClient, number: str) -> None:
    text = json.dumps(boden()).replace("21.69", number)
    body = problem(client.post(URL, content=text, headers=JSON), 422)
    assert pointers(body) == {"/site/location/coordinates/0"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{", 400),
        ("", 422),
        ("[" * 100_000, 400),
        ('{"a":' * 100_000, 400),
        ("nonsense", 400),
        ('"text"', 422),
        ("null", 422),
        ("[]", 422),
        ('{"site": ' + "9" * 100_000 + "}", 422),
        ("\ufeff{}", 422),
    ],
)
def test_malformed_bodies(client: TestClient, text: str, status: int) -> None:
    problem(client.post(URL, content=text.encode(), headers=JSON), status)


def test_bytes_that_are_not_utf8(client: TestClient) -> None:
    problem(client.post(URL, content=b'{"site": "\xff\xfe"}', headers=JSON), 400)


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "chunked"])
def test_three_megabytes_are_too_many(client: TestClient, declared: bool) -> None:
    blob = b'{"site": "' + b"x" * 3_000_000 + b'"}'
    content = blob if declared else (blob[start : start + 65_536] for start in range(0, len(blob), 65_536))
    problem(client.post(URL, content=content, headers=JSON), 413)


def test_a_sizing_may_be_larger_than_an_assessment(client: TestClient) -> None:
    filler = {"x" * 3_000_000: 1}
    assert pointers(problem(client.post("/v1/sizing", json=sizing(**filler)), 422))


def test_other_media_types(client: TestClient) -> None:
    problem(client.post(URL, content="a=1", headers={"content-type": "application/x-www-form-urlencoded"}), 415)


def test_unknown_routes_and_methods(client: TestClient) -> None:
    problem(client.get("/v1/nothing"), 404)
    problem(client.get(URL), 405)
