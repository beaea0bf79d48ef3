"""The hourly operation of an optimum, read from an answer's variables and tidied.

Where power is in surplus its price is nil, and an optimum may as well charge and discharge at once as curtail. Of all
operations of the same cost the plainest is given: a store that did both in an hour does only the net, and what that
frees is curtailed. Levels, costs and balances stay as they were.
"""

from collections.abc import Mapping

import numpy as np

from models.arrays import FloatArray
from models.sizing.groups import generator_groups
from models.sizing.problem import SizingProblem
from models.sizing.solution import Operation
from models.sizing.stage_model import Answer, StageModel


def operation_of(
    problem: SizingProblem, model: StageModel, answer: Answer, capacities: Mapping[str, float]
) -> Operation:
    """What an answer says, hour by hour."""

    def value(name: str) -> FloatArray:
        index = model.variable_index.get(name)
        return np.zeros(problem.hours) if index is None else answer.hourly[index]

    battery, hydrogen = problem.battery, problem.hydrogen
    charge, discharge = value("charge"), value("discharge")
    taken, given = value("electrolyser"), value("turbine")
    groups = [value(f"used:{number}") for number in range(len(generator_groups(problem)))]
    free = next(
        (
            number
            for number, members in enumerate(generator_groups(problem))
            if problem.generators[members[0]].marginal_cost_usd_per_mwh == 0.0
        ),
        None,
    )
    if free is not None:
        spare = groups[free]
        if battery is not None:
            efficiencies = battery.charge_efficiency, battery.discharge_efficiency
            charge, discharge, spare = _net(charge, discharge, efficiencies, spare)
        if hydrogen is not None and hydrogen.turbine_efficiency is not None and hydrogen.electrolyser_ramp is None:
            efficiencies = hydrogen.electrolyser_efficiency, hydrogen.turbine_efficiency
            taken, given, spare = _net(taken, given, efficiencies, spare)
        groups[free] = spare
    more, less = value("load_more"), value("load_less")
    both = np.minimum(more, less)  # load that leaves the hour as other load enters it
    bought, sold = value("import"), value("export")
    through = _passed_through(problem, bought, sold)
    always = 0.0 if hydrogen is None else hydrogen.electrolyser_min_load * capacities["electrolyser_mw"]
    available = {g.name: g.usable_factor * capacities[f"{g.name}_mw"] for g in problem.generators}
    return Operation(
        available_mw=available,
        used_mw=_shared_out(problem, available, groups),
        charge_mw=charge,
        discharge_mw=discharge,
        battery_mwh=value("battery_level"),
        electrolyser_mw=taken + always,
        turbine_mw=given,
        hydrogen_store_mwh=value("hydrogen_level"),
        hydrogen_vented_mw=value("hydrogen_vented"),
        heater_mw=value("heater"),
        thermal_store_mwh=value("thermal_level"),
        load_more_mw=more - both,
        load_less_mw=less - both,
        import_mw=bought - through,
        export_mw=sold - through,
        unserved_mw=value("unserved"),
        hydrogen_unserved_mw=value("hydrogen_unserved"),
    )


def _passed_through(problem: SizingProblem, bought: FloatArray, sold: FloatArray) -> FloatArray:
    """What is bought and sold in the same hour for no gain: where buying costs at least what selling earns."""
    if problem.grid is None:
        return np.zeros(problem.hours)
    loss = np.asarray(problem.grid.import_price_usd_per_mwh) >= np.asarray(problem.grid.export_price_usd_per_mwh)
    return np.where(loss, np.minimum(bought, sold), 0.0)


def _net(
    charge: FloatArray, discharge: FloatArray, efficiencies: tuple[float, float], spare: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Charge and discharge without the part that goes round in the hour, and the generation that this spares."""
    inward, outward = efficiencies
    round_trip = inward * outward
    # Taking c from the charge and c x round trip from the discharge leaves the level as it is.
    both = np.minimum(charge, discharge / round_trip)
    both = np.minimum(both, spare / (1.0 - round_trip)) if round_trip < 1.0 else both
    return charge - both, discharge - both * round_trip, spare - both * (1.0 - round_trip)


def _shared_out(
    problem: SizingProblem, available: Mapping[str, FloatArray], groups: list[FloatArray]
) -> dict[str, FloatArray]:
    """Generators of a group are curtailed alike: each keeps the same share of what it could make in the hour."""
    used: dict[str, FloatArray] = {}
    for members, made in zip(generator_groups(problem), groups, strict=True):
        names = [problem.generators[index].name for index in members]
        total = np.sum([available[name] for name in names], axis=0)
        share = np.divide(made, total, out=np.zeros(problem.hours), where=total > 0.0)
        used |= {name: available[name] * np.clip(share, 0.0, 1.0) for name in names}
    return used
