"""What an answer scores, from its figures, and the score as the answer states it."""

from models.emissions import Emissions
from models.levelised import LevelisedCosts
from models.score import Score, score_of
from models.sizing.dispatch import Dispatch
from service.answer.supply import land_taken_km2, mean_capacity_factor
from service.case.facts import SiteFacts
from service.money.connecting import Joining
from service.schemas import score as schema
from service.schemas.assessment import AssessmentRequest
from service.supply.plan import SupplyPlan


def scored(
    request: AssessmentRequest,
    facts: SiteFacts,
    plan: SupplyPlan,
    dispatch: Dispatch,
    costs: LevelisedCosts,
    connection: Joining | None,
    emissions: Emissions,
) -> Score:
    """The score of a sized case."""
    weights, line = request.options.score_weights, facts.grid.nearest_line
    way_km = connection.cost.length_km if connection is not None else None if line is None else line.distance_km
    conventional = emissions.conventional_t_co2_per_unit
    area, taken = plan.area_km2, land_taken_km2(plan, dispatch)
    return score_of(
        {
            "cost": costs.usd_per_mwh,
            "capacity_factor": mean_capacity_factor(dispatch),
            "grid": way_km,
            "land": taken / area if area else None,
            "carbon": 1.0 - emissions.t_co2_per_unit / conventional if conventional else None,
            "confidence": (costs.usd_per_mwh_high - costs.usd_per_mwh_low) / costs.usd_per_mwh
            if costs.usd_per_mwh > 0.0
            else None,
        },
        None if weights is None else {str(name): weight for name, weight in weights.items()},
    )


def score_answer(score: Score) -> schema.Score:
    """The score with its parts, anchors and weights."""
    return schema.Score(
        total=score.total,
        weight_basis=score.weight_basis,
        parts=[
            schema.ScorePart.model_validate(
                {
                    "part": part.name,
                    "quantity": part.scale.quantity,
                    "unit": part.scale.unit,
                    "value": part.value,
                    "at_0": part.scale.at_0,
                    "at_1": part.scale.at_1,
                    "reason": part.scale.reason,
                    "score": part.score,
                    "weight": part.weight,
                }
            )
            for part in score.parts
        ],
    )
