"""POST /v1/assessments: what goes in."""

from pydantic import ConfigDict

from service.schemas.base import Request
from service.schemas.choices import Options, WeatherChoice
from service.schemas.compliance import ComplianceInput
from service.schemas.finance import Finance
from service.schemas.process import ProcessInput
from service.schemas.site import Site
from service.schemas.supply import Supply


class AssessmentRequest(Request):
    """One site, one process. Only `site.location` and `process.id` are required."""

    model_config = ConfigDict(title="Assessment request")

    site: Site
    process: ProcessInput
    supply: Supply = Supply()
    weather: WeatherChoice = WeatherChoice()
    finance: Finance = Finance()
    options: Options = Options()
    compliance: ComplianceInput = ComplianceInput()
