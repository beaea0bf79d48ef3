"""Answers short enough for a model's context: headline figures with bands, warnings, and the sources."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from service.schemas.answer import Assessment
from service.schemas.base import Caveat, Traced
from service.schemas.comparisons import Comparison
from service.schemas.grid import GridFeature, NearestGrid
from service.schemas.lookups import ProcessDetail, ProcessList
from service.schemas.profiles import ProfilesAnswer

DIGITS = 5
MOST_SOURCES = 25
FEATURE = {
    "distance_km",
    "distance_low_km",
    "distance_high_km",
    "voltage_kv",
    "name",
    "fuel",
    "capacity_mw",
    "source",
    "as_of",
}
CONNECTION = {
    "required_mw",
    "voltage_kv",
    "length_km",
    "joins",
    "cost_usd",
    "cost_low_usd",
    "cost_high_usd",
    "annual_cost_usd",
    "undersea_share",
}
DEMAND = {
    "electricity_mwh_per_year",
    "electricity_low_mwh_per_year",
    "electricity_high_mwh_per_year",
    "mean_mw",
    "product_unit",
    "product_per_year",
    "hydrogen_t_per_year",
    "heat_mwh_per_year",
}
SUPPLY = {
    "electrolyser_mw",
    "hydrogen_turbine_mw",
    "capacity_factor",
    "curtailed_share",
    "clean_share_achieved",
    "unserved_mwh_per_year",
    "longest_shortage_hours",
}
GENERATOR = {"name", "capacity_mw", "capacity_factor", "lcoe_used_usd_per_mwh", "land_km2"}
EMISSIONS = {"t_co2_per_unit", "conventional_t_co2_per_unit", "avoided_t_co2_per_year", "conventional_route"}
ROW = {"name", "process", "clean_share", "status", "rank_by_cost", "rank_by_score", "figures"}


def rounded(value: Any) -> Any:
    """Numbers to five significant digits; fields that are null left out."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items() if item is not None}
    return [rounded(item) for item in value] if isinstance(value, list) else value


def assessment(answer: Assessment) -> dict[str, Any]:
    """One site and process."""
    demand, supply, grid, emissions = answer.demand, answer.supply, answer.grid, answer.emissions
    return {
        "assessment_id": answer.assessment_id,
        "versions": {"model": answer.model_version, "data": answer.data_version},
        "place": answer.place.model_dump(include={"latitude", "longitude", "country", "offshore"}),
        "weather": {"source": answer.weather.source, "known_error": answer.weather.known_error},
        "cost": answer.cost.model_dump(),
        "demand": demand.model_dump(include=DEMAND),
        "supply": {
            "generators": [one.model_dump(include=GENERATOR) for one in supply.generators],
            "storage": [one.model_dump(exclude={"cycles_per_year"}) for one in supply.storage],
            "grid": supply.grid.model_dump(),
            **supply.model_dump(include=SUPPLY),
        },
        "grid_nearby": {
            "line": _feature(grid.nearest_line),
            "substation": _feature(grid.nearest_substation),
            "completeness": grid.completeness,
            "connection": None if grid.connection is None else grid.connection.model_dump(include=CONNECTION),
        },
        "emissions": emissions.model_dump(include=EMISSIONS),
        "rules": {rule.rule: rule.verdict for rule in answer.compliance},
        "score": answer.score.total,
        "optimum": answer.solution.model_dump(include={"solver", "status", "relative_gap"}),
        "warnings": _warnings(answer.warnings),
        "sources": sources(answer.provenance),
    }


def comparison(found: Comparison) -> dict[str, Any]:
    """Cases side by side; `found` holds the assessments."""
    whole = [row.assessment for row in found.rows if row.assessment is not None]
    return {
        "versions": {"model": found.model_version, "data": found.data_version},
        "rank_by": found.rank_by,
        "rows": [
            row.model_dump(include=ROW)
            | {
                "cost_band_usd_per_mwh": None
                if row.assessment is None
                else [row.assessment.cost.low, row.assessment.cost.high],
                "problem": None if row.problem is None else row.problem.model_dump(include={"detail", "errors"}),
                "warnings": [warning.code for warning in row.warnings],
            }
            for row in found.rows
        ],
        "band": whole[0].cost.band if whole else None,
        "warnings": _warnings(warning for row in found.rows for warning in row.warnings),
        "sources": sources(figure for one in whole for figure in one.provenance),
    }


def profiles(answer: ProfilesAnswer) -> dict[str, Any]:
    """Months, hours of the day and percentiles; never the 8,760 hours."""
    return {
        "time": answer.time.model_dump(),
        "profiles": [one.model_dump(exclude={"hourly"}) for one in answer.profiles],
        "statistics": answer.statistics.model_dump(),
        "weather": answer.weather.model_dump(include={"source", "detail", "known_error"}),
        "warnings": _warnings(answer.warnings),
        "sources": sources(answer.provenance),
    }


def grid(answer: NearestGrid) -> dict[str, Any]:
    """The nearest of each kind, and the connection."""
    lists = {"lines": answer.lines, "substations": answer.substations, "plants": answer.plants}
    return {
        "country": answer.country,
        "completeness": answer.completeness,
        **{name: [_feature(one) for one in found] for name, found in lists.items()},
        "connection": None if answer.connection is None else answer.connection.model_dump(include=CONNECTION),
        "warnings": _warnings(answer.warnings),
    }


def processes(answer: ProcessList | ProcessDetail) -> dict[str, Any]:
    """The catalogue in short, or what of one process can be set and what it needs."""
    if isinstance(answer, ProcessList):
        return answer.model_dump()
    figure = ("value", "low", "high", "unit", "status")
    steps = [
        {name: step[name] for name in ("step", "carrier", "alternatives", "options")}
        | {name: step["figure"][name] for name in figure if step["figure"] is not None}
        for step in answer.steps
    ]
    parameters = [{name: value for name, value in one.items() if name != "limits"} for one in answer.parameters]
    return {
        **answer.model_dump(exclude={"steps", "residuals", "parameters", "conventional_routes", "costs", "operation"}),
        "parameters": parameters,
        "steps": steps,
        "conventional_routes": [{name: one[name] for name in ("id", "name")} for one in answer.conventional_routes],
        "sources": sorted({step["figure"]["source"] for step in answer.steps if step["figure"] is not None}),
    }


def sources(provenance: Iterable[Traced]) -> dict[str, Any]:
    """Whose figures stand behind an answer, the most used first, and which rest on general knowledge alone."""
    figures = {figure.figure: figure for figure in provenance}
    counted = Counter(figure.source for figure in figures.values()).most_common()
    return {
        "figures_by_source": dict(counted[:MOST_SOURCES]),
        "further_sources": max(len(counted) - MOST_SOURCES, 0),
        "recalled_figures": sorted(name for name, figure in figures.items() if figure.status == "recalled"),
    }


def _warnings(found: Iterable[Caveat]) -> list[dict[str, str]]:
    return [warning.model_dump() for warning in dict.fromkeys(found)]


def _feature(found: GridFeature | None) -> dict[str, Any] | None:
    return None if found is None else found.model_dump(include=FEATURE)
