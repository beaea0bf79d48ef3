"""What a body asks for, in units of one assessment of one year: what a limit is spent by."""

from service.access.routes import RESIZING
from service.schemas.assessment import AssessmentRequest
from service.schemas.comparisons import ComparisonRequest
from service.schemas.sizing import SizingRequest
from service.uses.uncertainty import sizings

YEAR_HOURS = 8760


def assessment_units(asked: AssessmentRequest) -> float:
    """One a weather year; a sizing anew is less, for the facts and the hours are there."""
    years = len(asked.weather.years or [0])
    return years * (1.0 + RESIZING * (sizings(asked) - 1))


def comparison_units(asked: ComparisonRequest) -> float:
    """One a case and weather year."""
    return float((len(asked.cases) + len(asked.alternatives)) * len(asked.base.weather.years or [0]))


def sizing_units(asked: SizingRequest) -> float:
    """One a year of hours, begun or whole."""
    series = [asked.load_mw, asked.hydrogen_load_mw, asked.heat_load_mw, *(g.capacity_factor for g in asked.generators)]
    return max(1.0, max((len(part) for part in series if isinstance(part, list)), default=0) / YEAR_HOURS)
