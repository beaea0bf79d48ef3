"""PyPSA + HiGHS on the shared problems, built as a user of PyPSA would (Brown, Hörsch and Schlachtberger, 2018).

Conventions of `validation/README.md` beside the shared problems: a link is sized on its input, so the hydrogen
turbine's cost per MW of output is counted by its efficiency; the inverter is two links tied by one row.
"""

import logging
import warnings
from typing import Any

import numpy as np

from benchmarks.cases import facts


def network(name: str, hours: int | None = None) -> Any:
    """A case as a network; of its first hours, where given."""
    import pypsa  # an extra: whoever has it not can still import this module

    case, profiles = facts(name)
    costs = case["costs"]
    hours = hours or len(profiles["solar"])
    net = pypsa.Network()
    net.set_snapshots(range(hours))
    net.add("Bus", "electricity")
    net.add("Load", "load", bus="electricity", p_set=float(case["load_mw"]))
    for key, profile in profiles.items():
        made = profile[:hours]
        net.add("Generator", key, bus="electricity", p_nom_extendable=True, capital_cost=costs[key], p_max_pu=made)
    net.add("Bus", "battery")
    net.add(
        "Store", "battery", bus="battery", e_nom_extendable=True, e_cyclic=True, capital_cost=costs["battery_energy"]
    )
    _link(net, "charger", ("electricity", "battery"), costs["eta_charge"], costs["battery_power"])
    _link(net, "discharger", ("battery", "electricity"), costs["eta_discharge"], 0.0)
    if case["hydrogen"]:
        net.add("Bus", "hydrogen")
        net.add(
            "Store", "hydrogen", bus="hydrogen", e_nom_extendable=True, e_cyclic=True, capital_cost=costs["h2_store"]
        )
        _link(net, "electrolyser", ("electricity", "hydrogen"), costs["eta_electrolyser"], costs["electrolyser"])
        efficiency = costs["eta_h2_turbine"]
        _link(net, "turbine", ("hydrogen", "electricity"), efficiency, efficiency * costs["h2_turbine"])
        if case["hydrogen_load_mw"]:
            net.add("Load", "hydrogen", bus="hydrogen", p_set=float(case["hydrogen_load_mw"]))
    return net


def _link(net: Any, name: str, buses: tuple[str, str], efficiency: float, cost: float) -> None:
    rest = {"p_nom_extendable": True, "efficiency": efficiency, "capital_cost": cost}
    net.add("Link", name, bus0=buses[0], bus1=buses[1], **rest)


def _one_inverter(net: Any, _: Any) -> None:
    """What the discharger gives and what the charger takes have one rating."""
    rating = net.model["Link-p_nom"]
    along = rating.dims[0]
    charger, discharger = (rating.sel({along: name}) for name in ("charger", "discharger"))
    efficiency = float(net.links.efficiency["discharger"])
    net.model.add_constraints(charger - efficiency * discharger == 0.0, name="inverter")


def optimise(name: str, hours: int | None = None) -> tuple[float, int, float, str]:
    """Build and solve a case: objective, iterations, the gap that HiGHS reports (nan where it reports none)."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    net = network(name, hours)
    status, condition = net.optimize(
        solver_name="highs",
        io_api="direct",  # quicker than the default, by way of a file
        extra_functionality=_one_inverter,
        assign_all_duals=False,
        solver_options={"threads": 1, "output_flag": False, "log_to_console": False},
    )
    if status != "ok":
        raise RuntimeError(f"PyPSA ended with {status}, {condition}")
    count, gap = 0, np.nan
    solver = getattr(net.model, "solver_model", None)
    if solver is not None:
        info = solver.getInfo()
        count = sum(
            max(getattr(info, f"{kind}_iteration_count"), 0) for kind in ("simplex", "ipm", "crossover", "pdlp")
        )
        gap = float(getattr(info, "primal_dual_objective_error", np.nan))
    return float(net.objective), int(count), gap, "pypsa"
