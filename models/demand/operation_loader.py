"""Read the usual operation of a process from its file."""

from models.demand.operation import MONTHS, Season, UsualOperation
from models.demand.section import Section
from models.figure import Status

BOUNDS = {
    "start_hour": (0.0, 24.0),
    "hours_per_day": (1.0, 24.0),
    "days_per_week": (1.0, 7.0),
    "standby_share": (0.0, 1.0),
    "outage_weeks": (0.0, 26.0),
    "outage_start_week": (1.0, 52.0),
    "heating_share": (0.0, 1.0),
    "heating_base_c": (0.0, 30.0),
}


def load_operation(top: Section) -> UsualOperation | None:
    """The usual operation or, where the file has none, None: day and night all year."""
    section = top.optional_section("operation")
    if section is None:
        return None
    values = {}
    for key, (low, high) in BOUNDS.items():
        value = section.optional_number(key)
        if value is None:
            continue
        if not low <= value <= high:
            section.wrong(key, f"must lie between {low:g} and {high:g}")
        values[key] = value
    operation = UsualOperation(
        values=values,
        source=section.text("source", ""),
        status=section.member("status", Status, Status.DERIVED),
        seasons=tuple(_season(item) for item in section.sections("seasons")),
    )
    if values and not operation.source:
        section.wrong("source", "missing")
    section.close()
    return operation


def _season(section: Section) -> Season:
    weights = section.numbers("monthly")
    if len(weights) != MONTHS or min(weights, default=0.0) < 0.0 or sum(weights) <= 0.0:
        section.wrong("monthly", "must be twelve weights, none negative, not all zero")
    season = Season(
        option=section.optional_text("option"),
        monthly=weights,
        source=section.text("source"),
        status=section.member("status", Status),
    )
    section.close()
    return season
