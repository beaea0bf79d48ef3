"""One variant of a process: the caller's parameters checked, alternatives chosen, items scaled."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from models.demand.catalogue import (
    Effect,
    EffectKind,
    Parameter,
    ParameterKind,
    Process,
    Residual,
    Step,
)
from models.demand.errors import FieldError, InvalidProcessInput, Notice
from models.figure import Figure, Status

ParameterValue = float | bool | str


class Band(NamedTuple):
    """Low, central and high of one quantity; ordered and not negative in this package."""

    low: float
    central: float
    high: float

    @classmethod
    def of(cls, figure: Figure) -> "Band":
        """The band of a figure; a figure without one is its own band."""
        low = figure.value if figure.low is None else figure.low
        return cls(low, figure.value, figure.value if figure.high is None else figure.high)

    @classmethod
    def exactly(cls, value: float) -> "Band":
        """A value without a band."""
        return cls(value, value, value)

    def scaled(self, factor: float) -> "Band":
        """Times a factor that is not negative."""
        return Band(self.low * factor, self.central * factor, self.high * factor)

    def times(self, other: "Band") -> "Band":
        """Product of two bands, lows with lows and highs with highs."""
        return Band(self.low * other.low, self.central * other.central, self.high * other.high)

    def over(self, other: "Band") -> "Band":
        """Quotient: the low needs the other's high."""
        return Band(self.low / other.high, self.central / other.central, self.high / other.low)

    def plus(self, other: "Band") -> "Band":
        """Sum, all lows at once and all highs at once: an outer bound where the parts are independent."""
        return Band(self.low + other.low, self.central + other.central, self.high + other.high)


@dataclass(frozen=True, slots=True)
class ResolvedStep:
    """A step of the chosen variant; `amount` per unit of product in MWh, kg or MWh of heat."""

    step: Step
    amount: Band
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class ResolvedResidual:
    """A residual of the chosen variant; `co2` in t and `energy` in MWh per unit of product."""

    residual: Residual
    co2: Band
    energy: Band
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A process with its parameters settled."""

    process: Process
    parameters: Mapping[str, ParameterValue]
    steps: tuple[ResolvedStep, ...]
    residuals: tuple[ResolvedResidual, ...]
    provenance: tuple[Figure, ...]
    warnings: tuple[Notice, ...]


def parameter_errors(process: Process, given: Mapping[str, object]) -> list[FieldError]:
    """Everything wrong with the caller's parameters, each with the allowed range and its source."""
    known = {parameter.name: parameter for parameter in process.parameters}
    errors = []
    for name, value in given.items():
        field = f"parameters.{name}"
        if name not in known:
            has = f"{process.id} has: {', '.join(known)}" if known else f"{process.id} has none"
            errors.append(FieldError(field, f"unknown parameter; {has}", "unknown_parameter"))
        elif code := _complaint(known[name], value):
            parameter = known[name]
            errors.append(FieldError(field, f"must be {parameter.allowed} ({parameter.source})", code))
    return errors


def _complaint(parameter: Parameter, value: object) -> str | None:
    if parameter.kind is ParameterKind.FLAG:
        return None if isinstance(value, bool) else "wrong_type"
    if parameter.kind is ParameterKind.CHOICE:
        if not isinstance(value, str):
            return "wrong_type"
        return None if value in parameter.choices else "not_a_choice"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "wrong_type"
    assert parameter.low is not None  # the loader saw to the bounds of numbers
    assert parameter.high is not None
    inside = math.isfinite(value) and parameter.low <= value <= parameter.high
    return None if inside else "out_of_range"


def variant_of(
    process: Process,
    parameters: Mapping[str, ParameterValue] | None = None,
    step_overrides: Mapping[str, float] | None = None,
) -> Variant:
    """Settle the parameters of a process.

    parameters : value by name; what is left out takes the catalogue's default.
    step_overrides : amount by step, per unit of product in the step's own unit (MWh, kg, MWh of heat), in place
        of what catalogue and parameters make of it.

    Raises InvalidProcessInput naming every wrong parameter and override.
    """
    given, overrides = dict(parameters or {}), dict(step_overrides or {})
    errors = parameter_errors(process, given)
    if errors:
        raise InvalidProcessInput(errors + _override_errors(overrides, [step.name for step in process.steps]))
    settled = {p.name: given.get(p.name, p.default) for p in process.parameters}
    amounts, statuses, extra = _after_effects(process, settled, given)
    options = dict(process.defaults_by_group)
    for parameter, effect in _effects(process, EffectKind.CHOOSE):
        options.update(dict.fromkeys(effect.targets, str(settled[parameter.name])))
    left_out = {
        target
        for parameter, effect in _effects(process, EffectKind.INCLUDE)
        if settled[parameter.name] is False
        for target in effect.targets
    }

    def chosen(item: Step | Residual) -> bool:
        return item.name not in left_out and (item.group is None or options[item.group] == item.option)

    steps = [step for step in process.steps if chosen(step)]
    errors = _override_errors(overrides, [step.name for step in steps])
    if errors:
        raise InvalidProcessInput(errors)
    resolved = []
    for step in steps:
        if step.name in overrides:
            value = float(overrides[step.name])
            resolved.append(ResolvedStep(step, Band.exactly(value), Status.GIVEN, "given by the caller"))
        else:
            resolved.append(ResolvedStep(step, amounts[step.name], statuses[step.name], step.figure.source))
    residuals = tuple(
        _resolved_residual(item, amounts[item.name], statuses[item.name]) for item in process.residuals if chosen(item)
    )
    provenance = [
        *(figure for step in resolved for figure in _figures_of(step)),
        *(figure for item in residuals for figure in _figures_of_residual(item)),
        *extra,
        *_parameter_figures(process, settled, given),
    ]
    return Variant(
        process, settled, tuple(resolved), residuals, tuple(provenance), _warnings(process, settled, residuals)
    )


def _effects(process: Process, *kinds: EffectKind) -> list[tuple[Parameter, Effect]]:
    return [(p, effect) for p in process.parameters for effect in p.effects if effect.kind in kinds]


def _after_effects(
    process: Process, settled: Mapping[str, ParameterValue], given: Mapping[str, ParameterValue]
) -> tuple[dict[str, Band], dict[str, Status], list[Figure]]:
    """Amount and status of every item after the number parameters, and the further figures these used."""
    amounts, statuses, used = dict[str, Band](), dict[str, Status](), list[Figure]()
    for item in (*process.steps, *process.residuals):
        amounts[item.name], statuses[item.name] = Band.of(item.figure), item.figure.status
        if isinstance(item, Step) and item.multiplier is not None:
            amounts[item.name] = amounts[item.name].times(Band.of(item.multiplier))
            if item.multiplier.status is Status.RECALLED:
                statuses[item.name] = Status.RECALLED
    numeric = (EffectKind.REPLACE, EffectKind.COMPLEMENT, EffectKind.PROPORTIONAL, EffectKind.BLEND)
    for parameter, effect in _effects(process, *numeric):
        value = float(settled[parameter.name])
        for target in effect.targets:
            band = amounts[target]
            if effect.kind is EffectKind.COMPLEMENT:
                band = band.scaled(1.0 - value)
            elif effect.kind is EffectKind.PROPORTIONAL:
                band = band.scaled(value)
            elif effect.kind is EffectKind.BLEND and effect.toward is not None:
                band = band.scaled(1.0 - value).plus(Band.of(effect.toward).scaled(value))
                if value > 0.0:
                    used.append(effect.toward)
                    if effect.toward.status is Status.RECALLED:
                        statuses[target] = Status.RECALLED
            elif effect.kind is EffectKind.REPLACE and parameter.name in given:
                band, statuses[target] = Band.exactly(value + effect.offset), Status.GIVEN
            amounts[target] = band
    return amounts, statuses, used


def _override_errors(overrides: Mapping[str, float], names: list[str]) -> list[FieldError]:
    errors = []
    for name, value in overrides.items():
        field = f"step_overrides.{name}"
        if name not in names:
            message = f"no step of this variant; it has: {', '.join(names)}"
            errors.append(FieldError(field, message, "unknown_step"))
        elif isinstance(value, bool) or not isinstance(value, int | float):
            errors.append(FieldError(field, "must be a number", "wrong_type"))
        elif not math.isfinite(value) or value < 0.0:
            errors.append(FieldError(field, "must be finite and not negative", "out_of_range"))
    return errors


def _resolved_residual(item: Residual, amount: Band, status: Status) -> ResolvedResidual:
    energy = Band.exactly(0.0) if item.energy is None else amount.times(Band.of(item.energy))
    return ResolvedResidual(item, amount.times(Band.of(item.co2)), energy, status, item.figure.source)


def _figures_of(resolved: ResolvedStep) -> list[Figure]:
    step = resolved.step
    if resolved.status is Status.GIVEN:
        value = resolved.amount.central
        given = replace(
            step.figure, value=value, low=None, high=None, source=resolved.source, status=Status.GIVEN, note=""
        )
        return [given] + ([step.electrification_efficiency] if step.electrification_efficiency else [])
    further = (step.multiplier, step.electrification_efficiency)
    return [step.figure, *(figure for figure in further if figure is not None)]


def _figures_of_residual(resolved: ResolvedResidual) -> list[Figure]:
    item = resolved.residual
    return [item.figure, item.co2, *([item.energy] if item.energy is not None else [])]


def _parameter_figures(
    process: Process, settled: Mapping[str, ParameterValue], given: Mapping[str, ParameterValue]
) -> list[Figure]:
    """The number parameters as figures; flags and choices are words and stand in the echoed input."""
    return [
        Figure(
            name=f"{process.id}.{parameter.name}",
            value=float(settled[parameter.name]),
            unit=parameter.unit,
            source="given by the caller" if parameter.name in given else parameter.source,
            status=Status.GIVEN if parameter.name in given else parameter.status,
            note=parameter.description,
        )
        for parameter in process.parameters
        if parameter.kind is ParameterKind.NUMBER
    ]


def _warnings(
    process: Process, settled: Mapping[str, ParameterValue], residuals: tuple[ResolvedResidual, ...]
) -> tuple[Notice, ...]:
    warnings = []
    for parameter in process.parameters:
        caution = parameter.caution
        if caution is not None and float(settled[parameter.name]) > caution.above:
            warnings.append(Notice(caution.code, caution.detail))
    electric_groups = {step.group: step.option for step in process.steps if step.group is not None}
    for item in residuals:
        group = item.residual.group
        if group in electric_groups and item.energy.central > 0.0:
            detail = (
                f"{item.residual.name} burns {item.energy.central:.3g} MWh of fuel per {process.product_unit} "
                f"of {process.product}; the alternative '{electric_groups[group]}' of {group} is electric"
            )
            warnings.append(Notice("fuel_remains", detail))
    return tuple(warnings)
