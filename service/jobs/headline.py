"""The headline figures of an assessment: the same names, its numbers and words without lists, texts and series."""

import math
from collections.abc import Mapping
from typing import Any

from service.schemas.answer import Assessment

OF_LISTS = ("score", "compliance", "uncertainty")
SECTIONS = ("place", "weather", "demand", "supply", "grid", "cost", "emissions", "electrify_now", "solution")
# Long, or never the same twice, or of the thing found and not of the site.
LEFT_OUT = {
    *("reason", "detail", "known_error", "band", "boundary", "source", "solve_ms", "slope_resolution", "licence"),
    *("detour_km", "voltage_class_kv", "length_km", "dataset", "fuel", "circuits", "note", "border_adjustment_reason"),
}
COST = "cost.levelised_cost_of_clean_power_usd_per_mwh"
SCORE = "score.total"


def headline(assessment: Assessment) -> dict[str, Any]:
    """What a batch keeps of one site: figures by section, those of generators and stores by their names."""
    answer = assessment.model_dump(
        mode="json",
        include={*("assessment_id", "model_version", "data_version", "warnings"), *SECTIONS, *OF_LISTS},
    )
    kept: dict[str, Any] = {name: answer[name] for name in ("assessment_id", "model_version", "data_version")}
    for section in SECTIONS:
        kept[section] = _plain(answer[section])
    kept["weather"]["source"] = answer["weather"]["source"]
    kept["supply"]["generators"] = {
        item["name"]: _plain({key: value for key, value in item.items() if key != "name"})
        for item in answer["supply"]["generators"]
    }
    kept["supply"]["storage"] = {
        item["technology"]: _plain({key: value for key, value in item.items() if key != "technology"})
        for item in answer["supply"]["storage"]
    }
    kept["score"] = {"total": answer["score"]["total"]}
    kept["score"] |= {part["part"]: part["score"] for part in answer["score"]["parts"]}
    kept["compliance"] = {item["rule"]: item["verdict"] for item in answer["compliance"]}
    if answer["uncertainty"] is not None:
        kept["uncertainty"] = {
            item["figure"]: {name: item[name] for name in ("p10", "p50", "p90")}
            for item in answer["uncertainty"]["spread"]
        }
    kept["warnings"] = sorted({item["code"] for item in answer["warnings"]})
    return kept


def _plain(part: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers, flags and short words of a part and of the parts in it."""
    kept: dict[str, Any] = {}
    for name, value in part.items():
        if name in LEFT_OUT or isinstance(value, list):
            continue
        kept[name] = _plain(value) if isinstance(value, Mapping) else value
    return kept


def figure_of(figures: Mapping[str, Any] | None, name: str) -> float | None:
    """A figure by its dotted name; None where it is not there or not a finite number."""
    here: Any = figures
    for part in name.split("."):
        if not isinstance(here, Mapping):
            return None
        here = here.get(part)
    if isinstance(here, bool) or not isinstance(here, int | float) or not math.isfinite(here):
        return None
    return float(here)


def rank_value(figures: Mapping[str, Any] | None, rank_by: str | None) -> float | None:
    """What a site is ranked by: the figure named; else the score where there is one, else the cost of power.

    The least comes first; of the score, which is the better the higher, the opposite.
    """
    if rank_by is not None:
        return figure_of(figures, rank_by)
    score = figure_of(figures, SCORE)
    return figure_of(figures, COST) if score is None else -score


def flat(figures: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Figures by dotted name; lists of words joined by spaces."""
    found: dict[str, Any] = {}
    for name, value in figures.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{name}.")
        else:
            found[before + name] = " ".join(value) if isinstance(value, list) else value
    return found
