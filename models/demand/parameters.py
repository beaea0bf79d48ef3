"""What a caller sets on a process, and everything that can be wrong with it, named at once."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeGuard

from models.demand.catalogue import CapacityUnit, Process, find_process
from models.demand.choices import ParameterValue, chosen_items
from models.demand.effects import Parameter, ParameterKind
from models.demand.errors import UnknownProcess
from models.notice import FieldError

CAPACITY_FIELDS = {
    CapacityUnit.T_PER_YEAR: "capacity_t_per_year",
    CapacityUnit.MW: "capacity_mw",
    CapacityUnit.M3_PER_DAY: "capacity_m3_per_day",
}
HOURS_OF_YEAR = (8760, 8784)
LARGEST = 1e12  # of any amount: far above any plant, far below where floats lose the small parts of a sum


def check_process_input(
    process_id: object,
    *,
    capacity_t_per_year: object = None,
    capacity_mw: object = None,
    capacity_m3_per_day: object = None,
    utilisation: object = None,
    parameters: object = None,
    load_mw: object = None,
    hydrogen_kg_per_hour: object = None,
    lengths: Collection[int] = HOURS_OF_YEAR,
) -> list[FieldError]:
    """Every wrong field of a process as a caller states it; empty when all is well. Takes values of any type.

    lengths : how many hours a load of its own may have.

    `field` is the name of the argument (`id` for `process_id`), dotted as in `parameters.scrap_share`. Codes:
    unknown_process, wrong_type, out_of_range, wrong_length, wrong_unit (another process states its size so),
    not_applicable, conflict, missing, unknown_parameter, unknown_value.
    """
    try:
        process = find_process(process_id) if isinstance(process_id, str) else None
    except UnknownProcess as error:
        return [FieldError("id", str(error), "unknown_process")]
    if process is None:
        return [FieldError("id", "must be a text", "wrong_type")]
    errors: list[FieldError] = []
    capacities = dict(
        zip(CAPACITY_FIELDS.values(), (capacity_t_per_year, capacity_mw, capacity_m3_per_day), strict=True)
    )
    for field, value in capacities.items():
        if value is None:
            continue
        if process.is_custom:
            errors.append(FieldError(field, "custom states load_mw and hydrogen_kg_per_hour", "not_applicable"))
        elif field != capacity_field(process):
            errors.append(FieldError(field, f"{process.id} states its size in {capacity_field(process)}", "wrong_unit"))
        else:
            errors += _number_errors(field, value, zero=False)
    if utilisation is not None:
        errors += _utilisation_errors(process, utilisation)
    errors += parameter_errors(process, parameters)
    return errors + _profile_errors(
        process, {"load_mw": load_mw, "hydrogen_kg_per_hour": hydrogen_kg_per_hour}, lengths
    )


def capacity_field(process: Process) -> str:
    """The request field that states the size of this process."""
    return CAPACITY_FIELDS[process.capacity_unit]


def parameter_errors(process: Process, given: object) -> list[FieldError]:
    """Everything wrong with the caller's parameters, each with the allowed range and where it comes from."""
    if given is None:
        return []
    if not isinstance(given, Mapping):
        return [FieldError("parameters", "must map names to values", "wrong_type")]
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
    return errors or _joint_errors(process, {name: given.get(name, known[name].default) for name in known})


def _joint_errors(process: Process, settled: Mapping[str, ParameterValue]) -> list[FieldError]:
    """What is wrong with parameters taken together, each right by itself."""
    errors = []
    for parameter in process.parameters:
        for limit in parameter.limits:
            value = settled[parameter.name]
            if settled[limit.where] == limit.option and not limit.low <= float(value) <= limit.high:
                unit = f" {parameter.unit}" if parameter.unit not in ("", "share") else ""
                range_ = f"a number from {limit.low:g} to {limit.high:g}{unit} with {limit.where} {limit.option}"
                message = f"must be {range_}, and is {value:g} ({limit.source})"
                errors.append(FieldError(f"parameters.{parameter.name}", message, "out_of_range"))
    chosen = chosen_items(process, settled)
    for step in process.steps:
        if step.heat_pump is not None and step.name in chosen and not errors:
            complaint = step.heat_pump.complaint(settled)
            if complaint is not None:
                errors.append(FieldError(f"parameters.{step.heat_pump.source}", complaint, "out_of_range"))
    return errors


def _complaint(parameter: Parameter, value: object) -> str | None:
    if parameter.kind is ParameterKind.FLAG:
        return None if isinstance(value, bool) else "wrong_type"
    if parameter.kind is ParameterKind.CHOICE:
        if not isinstance(value, str):
            return "wrong_type"
        return None if value in parameter.choices else "unknown_value"
    if not _is_number(value):
        return "wrong_type"
    assert parameter.low is not None  # the loader saw to the bounds of numbers
    assert parameter.high is not None
    return None if parameter.low <= value <= parameter.high else "out_of_range"  # a NaN is outside


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number_errors(field: str, value: object, *, zero: bool, most: float = LARGEST) -> list[FieldError]:
    if not _is_number(value):
        return [FieldError(field, "must be a number", "wrong_type")]
    if (value >= 0.0 if zero else value > 0.0) and value <= most:  # a NaN is outside
        return []
    least = "0 or more" if zero else "above 0"
    return [FieldError(field, f"must be {least}, at most {most:g}", "out_of_range")]


def _utilisation_errors(process: Process, value: object) -> list[FieldError]:
    """Errors of the utilisation, with its range, and what is usual where the catalogue says so."""
    usual, why = process.utilisation, "a share of the capacity made over the year, by definition"
    if usual is not None and usual.low is not None and usual.high is not None:
        why += f"; {process.id} usually has {usual.low:g} to {usual.high:g}: {usual.source}"
    return [
        FieldError(error.field, f"{error.message} ({why})", error.code)
        for error in _number_errors("utilisation", value, zero=False, most=1.0)
    ]


def _profile_errors(process: Process, profiles: Mapping[str, object], lengths: Collection[int]) -> list[FieldError]:
    """Errors in the hourly loads of `custom`, and in loads given to a process that is not."""
    given = {field: value for field, value in profiles.items() if value is not None}
    if not process.is_custom:
        message = f"{process.id} draws what its steps draw; only custom takes a load"
        return [FieldError(field, message, "not_applicable") for field in given]
    if not given:
        return [FieldError("load_mw", "custom needs load_mw or hydrogen_kg_per_hour", "missing")]
    errors = [error for field, value in given.items() for error in _load_errors(field, value, lengths)]
    if errors:
        return errors
    hourly = [value for value in given.values() if isinstance(value, Sequence)]
    if len({len(value) for value in hourly}) > 1:
        return [FieldError("hydrogen_kg_per_hour", "must have as many hours as load_mw", "conflict")]
    if not any(any(value) if isinstance(value, Sequence) else value for value in given.values()):
        return [FieldError(field, "all loads are zero", "out_of_range") for field in given]
    return []


def _load_errors(field: str, value: object, lengths: Collection[int]) -> list[FieldError]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return _number_errors(field, value, zero=True)
    if len(value) not in lengths:
        allowed = " or ".join(str(length) for length in lengths)
        return [
            FieldError(field, f"must be one number, or {allowed} of them, the hours of the weather", "wrong_length")
        ]
    return [error for hour, item in enumerate(value) for error in _number_errors(f"{field}.{hour}", item, zero=True)]
