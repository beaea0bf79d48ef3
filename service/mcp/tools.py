"""The five tools: which use case each calls, in words that tell a model when to call it and in which units."""

import json
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from service.http.problems import FieldProblem, ProblemError, titled
from service.http.shape import check_shape
from service.http.wrong_fields import field_problems
from service.mcp import short
from service.mcp.inputs import ProcessLookup
from service.schemas.assessment import AssessmentRequest
from service.schemas.comparisons import Comparison, ComparisonRequest
from service.schemas.grid import GridLookup
from service.schemas.lookups import ProcessDetail, ProcessList
from service.schemas.profiles import ProfilesAnswer, ProfilesRequest
from service.uses.assess import assess
from service.uses.catalogue import process_detail, process_list
from service.uses.comparing import compare
from service.uses.nearest import nearest_grid
from service.uses.profiles import answer as profiles_answer
from service.uses.profiles import profiles

log = logging.getLogger("sitewatt")
UNITS = (
    "Units stand in the names; shares and capacity factors are 0 to 1, money is real USD of 2025, power is "
    "AC, places are WGS84 (GeoJSON: longitude first). `low` and `high` are a band. Tell the user the "
    "warnings: they say what is not known."
)


@dataclass(frozen=True, slots=True)
class Tool:
    """`run`: from the request and whether all is asked for to the answer; `short`: the answer for a model's context."""

    name: str
    title: str
    description: str
    request: type[BaseModel]
    run: Callable[[Any, bool], BaseModel]
    short: Callable[[Any], dict[str, Any]]


def _compare(request: ComparisonRequest, full: bool) -> Comparison:
    """The short answer takes bands and sources from the assessments."""
    asked = request if full else request.model_copy(update={"assessments": True})
    return compare(asked, str(uuid.uuid4()))


def _profile(request: ProfilesRequest, full: bool) -> ProfilesAnswer:
    return profiles_answer(profiles(request if full else request.model_copy(update={"hourly": False})))


def _processes(request: ProcessLookup, full: bool) -> ProcessList | ProcessDetail:  # noqa: ARG001  # same call for all
    return process_list() if request.process_id is None else process_detail(request.process_id)


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "assess",
            "Assess one site and process",
            "Could this industrial process run on clean power at this place, and at what cost? Models "
            "hourly wind and sun, sizes generators, batteries and hydrogen exactly over the 8,760 hours of "
            "a year, and answers demand (MWh a year), capacities (MW, MWh), levelised cost of clean power "
            "(USD/MWh) and of hydrogen (USD/kg), product cost (USD per unit) against the conventional "
            "route, grid connection (km, USD), CO2 (t) and rules. Needs site.location and process.id; call "
            "`processes` for ids and their units of size. " + UNITS,
            AssessmentRequest,
            lambda request, full: assess(request),  # noqa: ARG005  # the same answer, shortened after
            short.assessment,
        ),
        Tool(
            "compare",
            "Compare processes, designs and clean shares at one site",
            "One site against several processes, or one process with several supply designs and clean "
            "shares, side by side and ranked: 2 to 64 cases, every process with every design at every "
            "clean share, then the alternatives (JSON merge patches on the base). A case that cannot be "
            "met is a row with its problem. " + UNITS,
            ComparisonRequest,
            _compare,
            short.comparison,
        ),
        Tool(
            "profile",
            "Wind and sun at a place",
            "Capacity factors of wind and PV at a place: yearly mean with P10 and P90 between years, "
            "months, hours of the local day, longest lull (hours), correlation. No process needed. " + UNITS,
            ProfilesRequest,
            _profile,
            short.profiles,
        ),
        Tool(
            "nearest_grid",
            "Lines, substations and power plants near a place",
            "The nearest transmission lines, substations (kV) and power plants (MW) of a place, with the "
            "band of each distance (km) and its source; with required_mw the price of a connection of that "
            "power (USD). " + UNITS,
            GridLookup,
            lambda request, full: nearest_grid(request),  # noqa: ARG005  # the same answer, shortened after
            short.grid,
        ),
        Tool(
            "processes",
            "The catalogue of industrial processes",
            "Ids, products and units of size of all processes with their specific electricity (MWh per "
            "unit) and hydrogen (kg per unit); with process_id one of them: its steps with low and high, "
            "and the parameters that process.parameters of an assessment takes. " + UNITS,
            ProcessLookup,
            _processes,
            short.processes,
        ),
    )
}


def call(tool: Tool, arguments: dict[str, Any]) -> tuple[str, bool]:
    """JSON text of the answer or of the problem, and whether it is a problem; every wrong field is named."""
    given = dict(arguments)
    full = given.pop("full", False)
    try:
        request = _request(tool, given, full)
        answer = tool.run(request, full)
        told = answer.model_dump(mode="json") if full else short.rounded(tool.short(answer))
        return _text(told), False
    except ProblemError as error:
        return _text(titled(error.kind, error.detail, [item.model_dump() for item in error.errors])), True
    except Exception:
        mark = str(uuid.uuid4())
        log.exception("tool call %s failed", mark)
        return _text(titled("internal-error", f"The error was logged as {mark}.")), True


def _request(tool: Tool, given: dict[str, Any], full: object) -> BaseModel:
    check_shape(given)
    wrong = []
    if not isinstance(full, bool):
        wrong.append(FieldProblem(pointer="/full", detail="full must be true or false", code="wrong_type"))
    try:
        request = tool.request.model_validate(given)
    except ValidationError as error:
        located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        wrong += field_problems(RequestValidationError(located, body=given))
    if wrong:
        count = "1 field is" if len(wrong) == 1 else f"{len(wrong)} fields are"
        raise ProblemError("invalid-request", f"{count} wrong.", wrong)
    return request


_text = partial(json.dumps, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
