"""How sure an answer is: exact re-sizings of samples and of single weather years, and a tornado."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.weather.table import ClimateTable
from models.demand.band import Band
from models.sizing import Family
from models.uncertainty.bands import Shape
from models.uncertainty.sampling import common_factor, latin_hypercube
from models.uncertainty.statistics import spread_of
from service.answer.headline import headlines
from service.case.case import Case, case_of, findings, solve_or_explain
from service.case.findings import Findings
from service.case.settling import settled
from service.http.problems import ProblemError
from service.operation.call import should_stop
from service.schemas import uncertainty as schema
from service.schemas.assessment import AssessmentRequest
from service.uses.perturbing import DEMAND, EFFICIENCY, PRODUCT_ALONE, Parameter, parameters_of, perturbed
from service.workers import side_by_side

HEADLINE = "levelised_cost_of_clean_power_usd_per_mwh"
MOST_BARS = 20  # parameters at most: ten generators, four stores and plants, four of the rest, and room
Figures = dict[str, float | None]
EMBEDDED = "climatology"


def choice_of(request: AssessmentRequest) -> schema.UncertaintyChoice | None:
    """What is asked; None where nothing is."""
    asked = request.options.uncertainty
    if isinstance(asked, schema.UncertaintyChoice):
        return asked
    return schema.UncertaintyChoice() if asked else None


def sizings(request: AssessmentRequest) -> int:
    """How many sizings an assessment is, at most."""
    choice = choice_of(request)
    if choice is None:
        return 1
    years = len(ClimateTable.load().years) if choice.weather_years is None else len(choice.weather_years)
    return 1 + choice.samples + years + 2 * MOST_BARS


@dataclass(frozen=True, slots=True, eq=False)
class Resizing:
    """Sizes a case anew with some of its parameters elsewhere in their bands."""

    case: Case
    family: Family
    shape: Shape

    def __call__(self, draw: Mapping[str, float]) -> Figures | None:
        """Headline figures; None where no system serves the demand."""
        case = perturbed(self.case, draw, self.shape)
        try:
            solution = solve_or_explain(case.problem, case.request.options.solver, self.family.solve)
            return headlines(findings(case, solution))
        except ProblemError:
            return None


def uncertainty_of(case: Case, found: Findings) -> schema.Uncertainty | None:
    """The spread of the headline figures; None where it is not asked for."""
    choice = choice_of(case.request)
    if choice is None:
        return None
    parameters = parameters_of(case, choice.parameters)
    names = [parameter.name for parameter in parameters]
    groups = ["cost" if parameter.kind == "cost" else None for parameter in parameters]
    drawn = latin_hypercube(choice.samples, common_factor(groups, choice.cost_correlation), choice.seed)
    draws = [dict(zip(names, map(float, row), strict=True)) for row in drawn] if names else []
    resized = Resizing(case, Family(case.problem, should_stop()), Shape(choice.distribution))
    samples = side_by_side(resized, draws)
    central = headlines(found)
    return schema.Uncertainty(
        samples=len(draws),
        failed=sum(sample is None for sample in samples),
        seed=choice.seed,
        distribution=choice.distribution,
        cost_correlation=choice.cost_correlation,
        detail=_detail(choice, parameters),
        parameters=[_parameter(parameter) for parameter in parameters],
        spread=_spread(samples, central),
        weather_years=_weather_years(case, choice, central),
        tornado=_tornado(resized, names, choice, found),
        tornado_method=METHODS[choice.tornado],
        sampled=_sampled(draws, samples) if choice.sampled else None,
    )


METHODS = {
    "resized": "each parameter alone at the low and at the high end of its band, the system sized anew",
    "first_order": "each parameter alone at the ends of its band, the same design and operation priced anew: exact to "
    "first order at the optimum; demand and efficiency, which change the operation, are left out",
}


def _detail(choice: schema.UncertaintyChoice, parameters: Sequence[Parameter]) -> str:
    if not parameters:
        return "nothing asked for has a band here: no sample was drawn"
    middle = "median" if choice.distribution == "two_piece" else "mode"
    return (
        f"{choice.samples} samples of a Latin hypercube over {len(parameters)} parameters, each sized exactly. Central "
        f"values are the {middle} of each distribution, the sources' low and high its ends. Costs of any two "
        f"technologies have a rank correlation of {choice.cost_correlation:g} (Iman and Conover), all else is "
        "independent. Weather years stand apart; lifetimes, amounts of inputs, the conventional plant and what the "
        "caller gave do not move."
    )


def _parameter(parameter: Parameter) -> schema.UncertainParameter:
    low, central, high = Band.of(parameter.figure)
    figure = parameter.figure
    return schema.UncertainParameter(
        parameter=parameter.name,
        kind=parameter.kind,
        low=low,
        central=central,
        high=high,
        unit=figure.unit,
        moves=parameter.moves,
        source=figure.source,
    )


def _spread(samples: Sequence[Figures | None], central: Figures) -> list[schema.SpreadAnswer]:
    found = []
    for name, value in central.items():
        values = [number for sample in samples if sample is not None and (number := sample.get(name)) is not None]
        if not values:
            continue
        spread = spread_of(values)
        found.append(
            schema.SpreadAnswer(
                figure=name,
                central=value,
                p10=spread.p10,
                p50=spread.p50,
                p90=spread.p90,
                mean=spread.mean,
                least=spread.least,
                most=spread.most,
                samples=spread.samples,
            )
        )
    return found


def _weather_years(case: Case, choice: schema.UncertaintyChoice, central: Figures) -> schema.WeatherYears:
    years, detail = _years(case, choice)

    def of_year(year: int) -> Figures | None:
        weather = case.request.weather.model_copy(update={"years": [year]})
        request = case.request.model_copy(update={"weather": weather})
        try:
            alone, solution = settled(case_of(request))
            return headlines(findings(alone, solution))
        except ProblemError:
            return None

    samples = side_by_side(of_year, years)
    return schema.WeatherYears(
        years=[year for year, sample in zip(years, samples, strict=True) if sample is not None],
        left_out=[year for year, sample in zip(years, samples, strict=True) if sample is None],
        spread=_spread(samples, central),
        detail=detail,
    )


def _years(case: Case, choice: schema.UncertaintyChoice) -> tuple[list[int], str]:
    asked, weather = case.request.weather.years, case.facts.weather
    if choice.weather_years is not None:
        return choice.weather_years, "the years that the request names"
    if asked is not None and len(asked) > 1:
        return asked, "the years of weather.years, each alone"
    if all(year.source == EMBEDDED for year in weather):
        known = ClimateTable.load().years
        detail = f"the measured years of the embedded climate, {known[0]} to {known[-1]}: their means, hours drawn"
        return list(known), detail
    return [], "one year of weather alone is at hand; name more in options.uncertainty.weather_years"


def _tornado(
    resized: Resizing, names: list[str], choice: schema.UncertaintyChoice, found: Findings
) -> list[schema.TornadoBar]:
    """The headline with each parameter alone at its ends."""

    def priced(draw: Mapping[str, float]) -> Figures | None:
        case = perturbed(resized.case, draw, resized.shape)
        return headlines(findings(case, found.solution))

    first_order = choice.tornado == "first_order"
    still = PRODUCT_ALONE + ((DEMAND, EFFICIENCY) if choice.tornado == "first_order" else ())
    moved = [name for name in names if name not in still]
    ends = side_by_side(priced if first_order else resized, [{name: end} for name in moved for end in (0.0, 1.0)])
    levels = [None if figures is None else figures[HEADLINE] for figures in ends]
    bars = [
        schema.TornadoBar(parameter=name, at_low_usd_per_mwh=low, at_high_usd_per_mwh=high)
        for name, low, high in zip(moved, levels[::2], levels[1::2], strict=True)
    ]
    return sorted(bars, key=_width, reverse=True)


def _width(bar: schema.TornadoBar) -> float:
    if bar.at_low_usd_per_mwh is None or bar.at_high_usd_per_mwh is None:
        return float("inf")  # one end serves no demand: nothing matters more
    return abs(bar.at_high_usd_per_mwh - bar.at_low_usd_per_mwh)


def _sampled(draws: Sequence[dict[str, float]], samples: Sequence[Figures | None]) -> list[schema.Sample]:
    return [schema.Sample(quantiles=draw, figures=figures) for draw, figures in zip(draws, samples, strict=True)]
