"""One variant of a process: the caller's parameters checked, alternatives chosen, items scaled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.demand.band import NOTHING, Band
from models.demand.catalogue import ConventionalRoute, Process, Residual, Step
from models.demand.choices import (
    ParameterValue,
    chosen_items,
    effects_of,
    fitting_route,
    flagged_items,
    idle_parameters,
)
from models.demand.effects import EffectKind, ParameterKind
from models.demand.errors import InvalidProcessInput
from models.demand.parameters import parameter_errors
from models.figure import Figure, Status
from models.notice import Notice

GIVEN = "given by the caller"


@dataclass(frozen=True, slots=True)
class ResolvedStep:
    """A step of the chosen variant; `amount` per unit of product in MWh, kg or MWh of heat.

    efficiency : heat per electricity of a step that draws heat. stored : whether that heat may go through a store.
    """

    step: Step
    amount: Band
    status: Status
    source: str
    efficiency: Figure | None = None
    stored: bool = False


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

    @property
    def conventional_route(self) -> ConventionalRoute | None:
        """The route that what is chosen replaces; None where none is known."""
        return fitting_route(self.process, self.parameters)


def variant_of(process: Process, parameters: Mapping[str, ParameterValue] | None = None) -> Variant:
    """Settle the parameters of a process: value by name, what is left out takes the catalogue's default.

    Raises InvalidProcessInput naming every wrong parameter.
    """
    given = dict(parameters or {})
    if errors := parameter_errors(process, given):
        raise InvalidProcessInput(errors)
    settled = {parameter.name: given.get(parameter.name, parameter.default) for parameter in process.parameters}
    amounts, statuses, blended = _after_effects(process, settled, given)
    chosen, stored = chosen_items(process, settled), flagged_items(process, settled, EffectKind.STORE)
    steps = tuple(
        ResolvedStep(
            step,
            amounts[step.name],
            statuses[step.name],
            _source(step, statuses[step.name]),
            _efficiency(process, step, settled),
            step.name in stored,
        )
        for step in process.steps
        if step.name in chosen
    )
    residuals = tuple(
        _resolved_residual(item, amounts[item.name], statuses[item.name])
        for item in process.residuals
        if item.name in chosen
    )
    provenance = (
        *(figure for step in steps if _counts(step.step, step.amount) for figure in _figures_of_step(step)),
        *(
            figure
            for item in residuals
            if _counts(item.residual, amounts[item.residual.name])
            for figure in _figures_of_residual(item)
        ),
        *(figure for target, figure in blended if target in chosen),
        *_parameter_figures(process, settled, given),
    )
    return Variant(process, settled, steps, residuals, provenance, _warnings(process, settled, residuals))


def _after_effects(
    process: Process, settled: Mapping[str, ParameterValue], given: Mapping[str, ParameterValue]
) -> tuple[dict[str, Band], dict[str, Status], list[tuple[str, Figure]]]:
    """Amount and status of every item after the number parameters, and what was blended in, by item."""
    amounts, statuses, blended = dict[str, Band](), dict[str, Status](), list[tuple[str, Figure]]()
    for item in process.items:
        amounts[item.name], statuses[item.name] = Band.of(item.figure), item.figure.status
        if isinstance(item, Step) and item.multiplier is not None:
            amounts[item.name] = amounts[item.name].times(Band.of(item.multiplier))
            if item.multiplier.status is Status.RECALLED:
                statuses[item.name] = Status.RECALLED
    numeric = (EffectKind.REPLACE, EffectKind.COMPLEMENT, EffectKind.PROPORTIONAL, EffectKind.BLEND)
    for parameter, effect in effects_of(process, *numeric):
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
                    name = f"{process.id}.{target}.at_full_{parameter.name}"
                    blended.append((target, replace(effect.toward, name=name)))
                    if effect.toward.status is Status.RECALLED:
                        statuses[target] = Status.RECALLED
            elif effect.kind is EffectKind.REPLACE and parameter.name in given:
                band, statuses[target] = Band.exactly(value + effect.offset), Status.GIVEN
            amounts[target] = band
    return amounts, statuses, blended


def _resolved_residual(item: Residual, amount: Band, status: Status) -> ResolvedResidual:
    energy = NOTHING if item.energy is None else amount.times(Band.of(item.energy))
    return ResolvedResidual(item, amount.times(Band.of(item.co2)), energy, status, item.figure.source)


def _counts(item: Step | Residual, amount: Band) -> bool:
    """False where a parameter has scaled the item away: its figures are not behind the answer."""
    return amount.high > 0.0 or Band.of(item.figure).high == 0.0


def _efficiency(process: Process, step: Step, settled: Mapping[str, ParameterValue]) -> Figure | None:
    if step.heat_pump is None:
        return step.electrification_efficiency
    return step.heat_pump.efficiency(f"{process.id}.{step.name}.coefficient_of_performance", settled)


def _source(item: Step, status: Status) -> str:
    return GIVEN if status is Status.GIVEN else item.figure.source


def _figures_of_step(resolved: ResolvedStep) -> list[Figure]:
    step, figure = resolved.step, resolved.step.figure
    if resolved.status is Status.GIVEN:
        value = resolved.amount.central
        figure = replace(figure, value=value, low=None, high=None, source=GIVEN, status=Status.GIVEN, note="")
    fraction = None if step.heat_pump is None else step.heat_pump.carnot_fraction
    further = (step.multiplier, resolved.efficiency, fraction)
    return [figure, *(figure for figure in further if figure is not None)]


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
            source=GIVEN if parameter.name in given else parameter.source,
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
        caution, value = parameter.caution, settled[parameter.name]
        if caution is not None and caution.applies(value):
            warnings.append(Notice(caution.code, caution.detail))
    for parameter in idle_parameters(process, settled):
        if settled[parameter.name] != parameter.default:
            detail = f"{parameter.name} acts on nothing of what is chosen of {process.id}"
            warnings.append(Notice("parameter_without_effect", detail))
    for item in residuals:
        residual = item.residual
        steps = [step for step in process.steps if step.group is not None and step.group == residual.group]
        others = sorted({option for step in steps for option in step.options} - set(residual.options))
        if others and item.energy.central > 0.0:
            detail = (
                f"{residual.name} burns {item.energy.central:.3g} MWh per {process.product_unit} of {process.product}; "
                f"other options of {residual.group}: {', '.join(others)}"
            )
            warnings.append(Notice("fuel_remains", detail))
    return tuple(warnings)
