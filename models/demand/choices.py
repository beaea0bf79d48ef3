"""Which items of a process the caller's choices and flags leave in, and which of the conventional routes."""

from collections.abc import Mapping

from models.demand.catalogue import ConventionalRoute, Process
from models.demand.effects import Effect, EffectKind, Parameter

ParameterValue = float | bool | str


def effects_of(process: Process, *kinds: EffectKind) -> list[tuple[Parameter, Effect]]:
    """Every effect of these kinds with its parameter."""
    return [(p, effect) for p in process.parameters for effect in p.effects if effect.kind in kinds]


def chosen_options(process: Process, settled: Mapping[str, ParameterValue]) -> dict[str, str]:
    """The option of each group."""
    options = dict(process.defaults_by_group)
    for parameter, effect in effects_of(process, EffectKind.CHOOSE):
        options.update(dict.fromkeys(effect.targets, str(settled[parameter.name])))
    return options


def chosen_items(process: Process, settled: Mapping[str, ParameterValue]) -> set[str]:
    """Names of the items that the choices and flags leave in: one option of each group."""
    options = chosen_options(process, settled)
    left_out = flagged_items(process, settled, EffectKind.INCLUDE, flag=False)
    return {
        item.name
        for item in process.items
        if item.name not in left_out and (item.group is None or options[item.group] in item.options)
    }


def flagged_items(
    process: Process, settled: Mapping[str, ParameterValue], kind: EffectKind, *, flag: bool = True
) -> set[str]:
    """Items on which a flag of this kind of effect acts and stands at `flag`."""
    return {
        target
        for parameter, effect in effects_of(process, kind)
        if settled[parameter.name] is flag
        for target in effect.targets
    }


def idle_parameters(process: Process, settled: Mapping[str, ParameterValue]) -> list[Parameter]:
    """Parameters that act on nothing of what is chosen: the shaft's gas where the iron is delivered."""
    chosen = chosen_items(process, settled)
    pumps = [(step.name in chosen, step.heat_pump) for step in process.steps if step.heat_pump is not None]
    working = {name for runs, pump in pumps if runs for name in (pump.source, pump.sink)}
    steered = {name for _, pump in pumps for name in (pump.source, pump.sink)}
    idle = []
    for parameter in process.parameters:
        targets = {target for effect in parameter.effects for target in effect.targets}
        chooses = any(effect.kind in (EffectKind.CHOOSE, EffectKind.INCLUDE) for effect in parameter.effects)
        known = bool(parameter.effects) or parameter.name in steered
        if known and not chooses and not targets & chosen and parameter.name not in working:
            idle.append(parameter)
    return idle


def fitting_route(process: Process, settled: Mapping[str, ParameterValue]) -> ConventionalRoute | None:
    """The route that belongs to what is chosen, else the default one; None where that belongs to something else."""
    options = set(chosen_options(process, settled).values())
    for route in process.conventional_routes:
        if route.for_option in options:
            return route
    route_by_default = process.conventional_route
    return None if route_by_default is None or route_by_default.for_option is not None else route_by_default
