"""Which answers would be the same again, so that they may be kept: those that rest on what ships and on the request.

An online source may fail or be corrected, a cutout be replaced, an upload be deleted: what rests on them is computed
again. So is what names the request it answered.
"""

from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.schemas.choices import WeatherChoice
from service.schemas.comparisons import Comparison, ComparisonRequest
from service.schemas.profiles import ProfilesRequest
from service.supply.weather import settings_in_use


def assessment(request: AssessmentRequest, _: Assessment) -> bool:
    """Of one site."""
    return _embedded(request.weather)


def profiles(request: ProfilesRequest, _: object) -> bool:
    """Of hours alone."""
    return _embedded(request.weather)


def comparison(request: ComparisonRequest, found: Comparison) -> bool:
    """Of cases none of which has other weather; a failed one states the request's id."""
    changed = any("weather" in row.change for row in found.rows)
    return _embedded(request.base.weather) and not changed and not found.failed


def _embedded(choice: WeatherChoice) -> bool:
    settings = settings_in_use()
    nothing_else = settings.cutout_path is None and settings.online_source is None
    return choice.source == "climatology" or (choice.source == "auto" and nothing_else)
