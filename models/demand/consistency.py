"""What is well-formed in a file of the catalogue, field by field, and still cannot be."""

import math
from collections.abc import Iterator
from itertools import pairwise

from models.demand.catalogue import Process
from models.demand.cost_sections import cost_contradictions
from models.demand.effects import Effect, EffectKind, Parameter, ParameterKind
from models.technologies import HEATERS

_KIND_NEEDED = {
    EffectKind.CHOOSE: ParameterKind.CHOICE,
    EffectKind.INCLUDE: ParameterKind.FLAG,
    EffectKind.STORE: ParameterKind.FLAG,
}


def contradictions(process: Process) -> list[str]:
    """Every contradiction in a process, in words that name the place."""
    options = _options(process)
    return [
        *_twice(process),
        *_plant(process),
        *_alternatives(process, options),
        *_costs(process),
        *_temperatures(process),
        *_limits(process, options),
        *(
            error
            for parameter in process.parameters
            for effect in parameter.effects
            for error in _effect(process, parameter, effect, options)
        ),
    ]


def _costs(process: Process) -> list[str]:
    if process.costs is None:
        return []
    return cost_contradictions(
        process.costs,
        items={item.name for item in process.items},
        residuals={item.name for item in process.residuals},
        routes={route.id for route in process.conventional_routes},
    )


def _options(process: Process) -> dict[str, set[str]]:
    """Options by group of alternatives."""
    options: dict[str, set[str]] = {}
    for item in process.items:
        if item.group is not None:
            options.setdefault(item.group, set()).update(item.options)
    return options


def _twice(process: Process) -> Iterator[str]:
    for what, found in (
        ("steps and residuals", [item.name for item in process.items]),
        ("parameters", [parameter.name for parameter in process.parameters]),
        ("conventional_routes", [route.id for route in process.conventional_routes]),
    ):
        yield from (f"{what}: {left} is given twice" for left, right in pairwise(sorted(found)) if left == right)


def _plant(process: Process) -> Iterator[str]:
    if process.conventional_routes and sum(route.default for route in process.conventional_routes) != 1:
        yield "conventional_routes: exactly one must be the default"
    share = process.utilisation
    if share is not None and not 0.0 < share.value <= 1.0:
        yield "utilisation: must lie above 0 and at most at 1"
    if process.size is not None and (process.size.value <= 0.0 or process.size.unit != process.size_unit):
        yield f"size: must be positive and in {process.size_unit}"


def _alternatives(process: Process, options: dict[str, set[str]]) -> Iterator[str]:
    for item in process.items:
        if (item.group is None) == bool(item.options):
            yield f"{item.name}: group and option go together"
    for group in sorted(options.keys() - process.defaults_by_group):
        yield f"alternatives: group {group} has no default"
    for group, default in process.defaults_by_group.items():
        if default not in options.get(group, set()):
            yield f"alternatives: {default} is no option of {group}"


def _temperatures(process: Process) -> Iterator[str]:
    numbers = {parameter.name for parameter in process.parameters if parameter.kind is ParameterKind.NUMBER}
    for step in process.steps:
        if step.heat_pump is not None and not {step.heat_pump.source, step.heat_pump.sink} <= numbers:
            yield f"{step.name}.heat_pump: source and sink must name number parameters"


def _limits(process: Process, options: dict[str, set[str]]) -> Iterator[str]:
    choices = {parameter.name: parameter.choices for parameter in process.parameters}
    for parameter in process.parameters:
        for limit in parameter.limits:
            if limit.option not in choices.get(limit.where, ()):
                yield f"parameters.{parameter.name}: {limit.where} has no option {limit.option}"
            elif (
                parameter.low is None
                or parameter.high is None
                or not (parameter.low <= limit.low < limit.high <= parameter.high)
            ):
                yield f"parameters.{parameter.name}: the limits with {limit.option} must lie within its own"
    for season in process.operation.seasons if process.operation else ():
        if season.option is not None and not any(season.option in group for group in options.values()):
            yield f"operation.seasons: {season.option} is no option"
    for route in process.conventional_routes:
        if route.for_option is not None and not any(route.for_option in group for group in options.values()):
            yield f"conventional_routes.{route.id}: {route.for_option} is no option"


def _effect(process: Process, parameter: Parameter, effect: Effect, options: dict[str, set[str]]) -> Iterator[str]:
    place = f"parameters.{parameter.name}"
    if parameter.kind is not _KIND_NEEDED.get(effect.kind, ParameterKind.NUMBER):
        yield f"{place}: a {parameter.kind} cannot {effect.kind}"
    choose = effect.kind is EffectKind.CHOOSE
    items = {item.name: item for item in process.items}
    unknown = set(effect.targets) - (options.keys() if choose else items.keys())
    yield from (f"{place}: nothing is called {target}" for target in sorted(unknown))
    if effect.kind is EffectKind.STORE:
        heaters = {step.name: step.heater for step in process.steps}
        yield from (
            f"{place}: {target} names no heater" for target in effect.targets if heaters.get(target) not in HEATERS
        )
    for target in [] if unknown else effect.targets:
        if choose and set(parameter.choices) - options[target]:
            yield f"{place}: choices must be options of {target}"
        if choose and parameter.default != process.defaults_by_group.get(target):
            yield f"{place}: default differs from the default of {target}"
        if effect.kind is EffectKind.REPLACE and not isinstance(parameter.default, str):
            replaced = items[target].figure.value
            if not math.isclose(parameter.default + effect.offset, replaced, rel_tol=1e-9, abs_tol=1e-12):
                yield f"{place}: default and offset do not give the central {replaced:g} of {target}"
