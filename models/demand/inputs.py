"""A caller's size, share of the year and own loads: checked, and as figures of the answer."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.arrays import FloatArray
from models.demand.catalogue import CapacityUnit, Process
from models.demand.choices import ParameterValue
from models.demand.errors import InvalidProcessInput
from models.demand.parameters import capacity_field, check_process_input
from models.demand.variant import GIVEN
from models.figure import Figure, Status
from models.notice import FieldError, Notice

Profile = float | Sequence[float] | FloatArray


def check_inputs(
    process: Process,
    capacity: float | None,
    utilisation: float | None,
    parameters: Mapping[str, ParameterValue] | None,
    profiles: Mapping[str, Profile | None],
    hours: int,
) -> None:
    """Raise InvalidProcessInput naming every wrong field; a load of the caller's own has `hours` values or one."""
    as_lists = {field: value.tolist() if isinstance(value, np.ndarray) else value for field, value in profiles.items()}
    errors = check_process_input(
        process.id,
        utilisation=utilisation,
        parameters=parameters,
        lengths=(hours,),
        **({capacity_field(process): capacity} | as_lists),
    )
    if errors:
        raise InvalidProcessInput(errors)


def used_utilisation(
    process: Process, given: float | None, shape: FloatArray
) -> tuple[float, Figure | None, tuple[Notice, ...]]:
    """Share of the capacity made over the year, its figure, and a warning where the hours of operation bound it.

    shape : (hours,) draw over its mean. What is rated by the hour (MW, m3/day) cannot run above its rating in the
        busiest of them; a plant rated by the year is as large as its hours need.

    Raises InvalidProcessInput where the caller's share asks for more.
    """
    usual = process.utilisation
    share = process.default_utilisation if given is None else float(given)
    most = 1.0 if process.capacity_unit is CapacityUnit.T_PER_YEAR else 1.0 / float(shape.max())
    figure = usual if given is None else _given(process, "utilisation", share, "share of the year")
    if share <= most * (1.0 + 1e-9):
        return share, figure, ()
    if given is not None:
        message = f"must be at most {most:.4g}: with its hours of operation the plant would run above its capacity"
        raise InvalidProcessInput([FieldError("utilisation", message, "out_of_range")])
    source = f"what the hours of operation allow at most; by itself it would be {share:g}"
    figure = Figure(f"{process.id}.utilisation", most, "share of the year", source, status=Status.DERIVED)
    return most, figure, (Notice("utilisation_limited", f"the utilisation is {most:.3g}, {source}"),)


def capacity_figure(process: Process, given: float | None) -> Figure | None:
    """The size as used: the caller's, or the catalogue's with its source; None for a load of the caller's own."""
    return process.size if given is None else _given(process, "capacity", float(given), process.size_unit)


def _given(process: Process, name: str, value: float, unit: str) -> Figure:
    return Figure(f"{process.id}.{name}", value, unit, GIVEN, status=Status.GIVEN)
