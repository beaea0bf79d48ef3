"""Read one parameter of a process file: what a caller may set, its bounds and its effects."""

from models.demand.effects import Caution, Effect, EffectKind, Limit, Parameter, ParameterKind
from models.demand.section import Section, figure_under
from models.figure import Status


def load_parameter(item: Section, process_id: str) -> Parameter:
    """The parameter in `item`; every wrong field of it is noted there."""
    name, kind = item.text("parameter"), item.member("kind", ParameterKind)
    default = item.scalar("default")
    low, high = item.optional_number("low"), item.optional_number("high")
    choices = item.texts("choices")
    if kind is ParameterKind.NUMBER and (
        isinstance(default, bool | str) or low is None or high is None or not low <= default <= high
    ):
        item.wrong("default", "must be a number between low and high")
    if kind is ParameterKind.FLAG and not isinstance(default, bool):
        item.wrong("default", "must be true or false")
    if kind is ParameterKind.CHOICE and default not in choices:
        item.wrong("default", "must be one of the choices")
    effects = []
    for effect in item.sections("effects"):
        effect_kind = effect.member("kind", EffectKind)
        toward = figure_under(effect, "toward", f"{process_id}.{name}.toward")
        if (toward is not None) != (effect_kind is EffectKind.BLEND):
            effect.wrong("toward", "belongs to blend, and only to it")
        effects.append(Effect(effect_kind, effect.texts("targets"), toward, effect.number("offset", 0.0)))
        effect.close()
    caution_section, caution = item.optional_section("caution"), None
    if caution_section is not None:
        caution = Caution(
            above=caution_section.optional_number("above"),
            option=caution_section.optional_text("option"),
            code=caution_section.text("code"),
            detail=caution_section.text("detail"),
        )
        if (caution.above is None) == (caution.option is None):
            caution_section.wrong("above", "give above of a number, or option of a choice")
        caution_section.close()
    parameter = Parameter(
        name=name,
        description=item.text("description"),
        kind=kind,
        default=default,
        unit=item.text("unit", ""),
        low=low,
        high=high,
        choices=choices,
        source=item.text("source"),
        status=item.member("status", Status),
        effects=tuple(effects),
        caution=caution,
        limits=tuple(_limit(limit) for limit in item.sections("limits")),
    )
    item.close()
    return parameter


def _limit(section: Section) -> Limit:
    limit = Limit(
        where=section.text("where"),
        option=section.text("option"),
        low=section.number("low"),
        high=section.number("high"),
        source=section.text("source"),
        status=section.member("status", Status),
    )
    section.close()
    return limit
