"""The use case: a case worked out from the request, sized, its findings, how sure they are, the answer."""

from dataclasses import replace

from service.answer.assembling import answer
from service.case.case import case_of, findings
from service.case.settling import settled
from service.http.limits import check_work
from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.uses.uncertainty import sizings, uncertainty_of


def assess(request: AssessmentRequest) -> Assessment:
    """Assess one site and process. Raises ProblemError where the request cannot be met."""
    case = case_of(request)
    check_work(sizings(request), case.problem.hours, "/options/uncertainty")
    case, solution = settled(case)
    found = findings(case, solution)
    return answer(replace(found, uncertainty=uncertainty_of(case, found)))
