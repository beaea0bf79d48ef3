"""The use case of POST /v1/comparisons: facts of a place gathered once, its cases assessed side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from geodata.datasets import data_version
from service.answer.assembling import answer
from service.answer.headline import headlines
from service.answer.version import MODEL_VERSION
from service.case.case import case_of, findings
from service.case.facts import GatheredOnce
from service.case.merging import merged
from service.case.place import place_of
from service.case.settling import settled
from service.http.limits import check_work
from service.http.problems import FieldProblem, ProblemError, problem_of
from service.http.wrong_fields import field_problems
from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.schemas.comparisons import Comparison, ComparisonRequest, ComparisonRow, Design, Patch
from service.supply.technology_choice import default_technologies
from service.workers import side_by_side

HOURS = 8784
HYDROGEN = ("hydrogen_store", "hydrogen_turbine")
BASE = "base"
Figures = dict[str, float | None]


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A case before it is worked out: the base and a merge patch, and what its design says of technologies."""

    name: str
    base: Patch
    change: Patch
    design: Design | None = None
    clean_share: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A case worked out: an answer with its headline figures, or a problem."""

    draft: Draft
    figures: Figures | None = None
    assessment: Assessment | None = None
    problem: ProblemError | None = None


def compare(request: ComparisonRequest, request_id: str) -> Comparison:
    """Assess every case; what stands in the way of one is its row's problem. Raises ProblemError for too much work."""
    drafts = list(_drafts(request))
    check_work(len(drafts), HOURS * len(request.base.weather.years or [0]), "/base/weather/years")
    outcomes = side_by_side(partial(_assessed, gathered=GatheredOnce()), drafts)
    costs = [None if one.figures is None else one.figures[request.rank_by] for one in outcomes]
    scores = [None if one.assessment is None else one.assessment.score.total for one in outcomes]
    ranks = _ranks(costs), _ranks([None if score is None else -score for score in scores])
    rows = [
        _row(one, outcomes[0].figures, by_cost, by_score, request_id, whole=request.assessments)
        for one, by_cost, by_score in zip(outcomes, *ranks, strict=True)
    ]
    return Comparison(
        model_version=MODEL_VERSION,
        data_version=data_version(),
        rank_by=request.rank_by,
        first=rows[0].name,
        cases=len(rows),
        failed=sum(row.status == "failed" for row in rows),
        rows=rows,
    )


def _drafts(request: ComparisonRequest) -> Iterator[Draft]:
    """The cross product, then the alternatives."""
    base = request.base.model_dump(mode="json", exclude_unset=True)
    for process, design, share in request.cases:
        names, change, start = [], Patch(), base
        if process is not None:
            change["process"] = process.model_dump(mode="json", exclude_unset=True)
            start = {name: value for name, value in base.items() if name != "process"}
            names.append(process.id)
        if design is not None:
            grid = {} if design.grid is None else {"grid": {"connected": design.grid}}
            change["supply"] = merged(grid, design.supply)
            names.append(design.label)
        if share is not None:
            change["supply"] = change.get("supply", {}) | {"clean_share": share}
            names.append(f"{share:.6g} clean")
        yield Draft(", ".join(names) or BASE, start, change, design, share)
    for alternative in request.alternatives:
        yield Draft(alternative.name, base, alternative.change)


def _assessed(draft: Draft, gathered: GatheredOnce) -> Outcome:
    """One case, as POST /v1/assessments would answer it."""
    try:
        draft, request = _request(draft, gathered)
        case, solution = settled(case_of(request, gathered))
        found = findings(case, solution)
        return Outcome(draft, headlines(found), answer(found))
    except ProblemError as problem:
        return Outcome(draft, problem=problem)


def _request(draft: Draft, gathered: GatheredOnce) -> tuple[Draft, AssessmentRequest]:
    """The request of a case, and the draft with the technologies that its design leaves."""
    request = _valid(merged(draft.base, draft.change))
    design = draft.design
    if design is None or (design.hydrogen is None and design.tracking is None):
        return draft, request
    names: list[str] = [*(request.supply.technologies or ())]
    if not names:
        place = place_of(request.site, request.supply)
        names = default_technologies(gathered(place.latitude, place.longitude, request.weather))
    technologies = {"technologies": _of_design(names, design)}
    change = draft.change | {"supply": draft.change.get("supply", {}) | technologies}
    return replace(draft, change=change), _valid(merged(draft.base, change))


def _of_design(names: Sequence[str], design: Design) -> list[str]:
    """Technologies with or without hydrogen as a store of power, with panels that follow the sun or do not."""
    found = list(names)
    if design.hydrogen is not None:
        found = [name for name in found if name not in HYDROGEN] + (list(HYDROGEN) if design.hydrogen else [])
    if design.tracking is not None:
        old, new = ("pv_fixed", "pv_tracking") if design.tracking else ("pv_tracking", "pv_fixed")
        found = list(dict.fromkeys(new if name == old else name for name in found))
    return found


def _valid(data: Any) -> AssessmentRequest:
    """The request that the data state. Raises ProblemError that names every wrong field."""
    try:
        request = AssessmentRequest.model_validate(data)
    except ValidationError as error:
        located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        wrong = field_problems(RequestValidationError(located, body=data))
        raise ProblemError(
            "invalid-request",
            "1 field of the case is wrong." if len(wrong) == 1 else f"{len(wrong)} fields of the case are wrong.",
            wrong,
        ) from error
    options = request.options
    wrong = [
        FieldProblem(pointer=f"/options/{name}", detail="a comparison does not hold it", code="conflict")
        for name, asked in (("hourly", options.hourly), ("uncertainty", options.uncertainty))
        if asked
    ]
    if wrong:
        raise ProblemError("invalid-request", "The case asks for what a comparison does not hold.", wrong)
    return request


def _ranks(values: Sequence[float | None]) -> list[int | None]:
    """1 for the least; equal ones in the order they came; None where there is no value."""
    order = sorted((value, index) for index, value in enumerate(values) if value is not None)
    places = {index: place for place, (_, index) in enumerate(order, start=1)}
    return [places.get(index) for index in range(len(values))]


def _row(
    one: Outcome, first: Figures | None, by_cost: int | None, by_score: int | None, request_id: str, *, whole: bool
) -> ComparisonRow:
    found, draft = one.assessment, one.draft
    process = merged(draft.base, draft.change).get("process")
    return ComparisonRow(
        name=draft.name,
        process=process.get("id") if isinstance(process, dict) else None,
        design=None if draft.design is None else draft.design.label,
        clean_share=draft.clean_share if found is None else found.input["supply"]["clean_share"],
        change=draft.change,
        status="failed" if found is None else "ok",
        rank_by_cost=by_cost,
        rank_by_score=by_score,
        assessment_id=None if found is None else found.assessment_id,
        figures=one.figures,
        difference=_difference(one.figures, first),
        score=None if found is None else found.score,
        solution=None if found is None else found.solution,
        warnings=[] if found is None else found.warnings,
        problem=None if one.problem is None else problem_of(one.problem, request_id),
        assessment=found if whole else None,
    )


def _difference(figures: Figures | None, first: Figures | None) -> Figures | None:
    """Figures less the first case's; None where either has none."""
    if figures is None or first is None:
        return None
    return {
        name: None if value is None or (held := first.get(name)) is None else value - held
        for name, value in figures.items()
    }
