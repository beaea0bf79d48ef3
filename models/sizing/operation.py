"""The hourly operation of an optimum, read from the programme's columns and tidied.

Where power is in surplus its price is nil, and an optimum may as well charge and discharge at once as curtail. Of all
operations of the same cost the plainest is given: a store that did both in an hour does only the net, and what that
frees is curtailed. Levels, costs and balances stay as they were.
"""

from collections.abc import Mapping

import numpy as np

from models.arrays import FloatArray
from models.sizing.lp import LinearProgram, generator_groups
from models.sizing.problem import SizingProblem
from models.sizing.solution import Operation


def operation_of(
    problem: SizingProblem, lp: LinearProgram, x: FloatArray, capacities: Mapping[str, float]
) -> Operation:
    """What the columns `x` say, hour by hour."""
    hours, battery, hydrogen = problem.hours, problem.battery, problem.hydrogen
    charge, discharge = lp.value(x, "charge", hours), lp.value(x, "discharge", hours)
    taken, given = lp.value(x, "electrolyser", hours), lp.value(x, "turbine", hours)
    groups = [lp.value(x, f"used:{number}") for number in range(len(generator_groups(problem)))]
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
        if hydrogen is not None and hydrogen.turbine_efficiency is not None:
            efficiencies = hydrogen.electrolyser_efficiency, hydrogen.turbine_efficiency
            taken, given, spare = _net(taken, given, efficiencies, spare)
        groups[free] = spare
    available = {g.name: g.usable_factor * capacities[f"{g.name}_mw"] for g in problem.generators}
    return Operation(
        available_mw=available,
        used_mw=_shared_out(problem, available, groups),
        charge_mw=charge,
        discharge_mw=discharge,
        battery_mwh=lp.value(x, "battery_level", hours),
        electrolyser_mw=taken,
        turbine_mw=given,
        hydrogen_store_mwh=lp.value(x, "hydrogen_level", hours),
        import_mw=lp.value(x, "import", hours),
        export_mw=lp.value(x, "export", hours),
        unserved_mw=lp.value(x, "unserved", hours),
        hydrogen_unserved_mw=lp.value(x, "hydrogen_unserved", hours),
    )


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
