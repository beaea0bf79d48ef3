"""What the models found for one request: between the sizing and the answer."""

from dataclasses import dataclass

from models.country_electricity import CountryElectricity
from models.demand.load import Demand
from models.emissions import Emissions
from models.levelised import LevelisedCosts
from models.score import Score
from models.sizing.dispatch import Dispatch
from models.sizing.solution import Solution
from service.case.facts import SiteFacts
from service.case.place import Place
from service.money.connecting import Joining
from service.money.costing import Sensitivity
from service.money.economics import Economics
from service.ruling.grid_carbon import GridCarbon
from service.schemas.assessment import AssessmentRequest
from service.schemas.uncertainty import Uncertainty
from service.supply.plan import SupplyPlan


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """All that the models found for one request."""

    request: AssessmentRequest
    place: Place
    facts: SiteFacts
    plan: SupplyPlan
    demand: Demand
    solution: Solution
    dispatch: Dispatch
    connection: Joining | None
    costs: LevelisedCosts
    sensitivities: list[Sensitivity]
    electricity: CountryElectricity
    emissions: Emissions
    economics: Economics
    carbon: GridCarbon
    score: Score
    uncertainty: Uncertainty | None = None
