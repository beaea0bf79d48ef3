"""From a sizing problem to its model by hour; each part of the system adds its variables, capacities and balances."""

import numpy as np

from models.arrays import FloatArray
from models.sizing.groups import generator_groups, outdone
from models.sizing.problem import Matching, SizingProblem
from models.sizing.stage_model import ELECTRICITY, Capacity, LongRows, StageModel, Variable

BATTERY_HOURS = 6.0  # typical depth of a battery: the unit its level is counted in, in hours of mean load
STORE_HOURS = 200.0  # the same for a hydrogen store, which works over weeks
HEAT_HOURS = 12.0  # and of a thermal store
BATTERY, HYDROGEN, RAMP, HEAT = "battery", "hydrogen", "electrolyser_ramp", "heat"
SHIFT, DRAW = "shift", "draw"
NEED = 10.0  # weight of a MWh short beside one imported past the clean share: what can be imported is not short


def _none_allowed(*limits: float | None) -> bool:
    """Whether a part may not be built at all: it is then left out."""
    return any(limit is not None and limit <= 0.0 for limit in limits)


def formulate(problem: SizingProblem, *, elastic: bool = False) -> StageModel:
    """The model of a problem.

    elastic : nothing costs but what is short: more load may go unserved than is allowed, at `NEED` USD a MWh, and
        imports may pass the clean share, at 1 USD. Its optimum says by how much an infeasible problem fails.
    """
    parts = _Parts(problem, elastic)
    parts.generators()
    parts.battery()
    parts.hydrogen()
    parts.heat()
    parts.flexibility()
    parts.grid()
    parts.unserved()
    return StageModel(
        balances=tuple(parts.load),
        load=np.array(list(parts.load.values())),
        capacities=tuple(parts.capacities),
        variables=tuple(parts.variables),
        long_rows=tuple(parts.long_rows),
        power_unit=float(np.mean(problem.matched_load_mw)) or 1.0,
    )


class _Parts:
    """Collects the parts of a model."""

    def __init__(self, problem: SizingProblem, elastic: bool) -> None:
        self.problem, self.elastic = problem, elastic
        self.priced = 0.0 if elastic else 1.0
        self.energy = self.priced * problem.yearly
        self.capacities: list[Capacity] = []
        self.variables: list[Variable] = []
        self.long_rows: list[LongRows] = []
        self.load: dict[str, FloatArray] = {ELECTRICITY: problem.load_mw}

    def _capacity(self, name: str, cost: float, upper: float | None = None, unit: float = 1.0) -> None:
        self.capacities.append(Capacity(name, self.priced * cost, upper, unit=unit))

    def _level(self, name: str, balance: str, capacity: str, loss: float, unit: float) -> None:
        """A level at the end of the hour: what a store holds less what is left of what it held."""
        own, following = {balance: -1.0}, {balance: 1.0 - loss}
        self.variables.append(Variable(name, own, following, limits=((capacity, 1.0),), unit=unit))

    def generators(self) -> None:
        """What groups of generators make. One that costs nothing makes any power in any hour in which it makes some.

        Counted by its rating it would be built a million times over for the sake of the dimmest hour; `reading.py`
        turns its power into the rating. Of generators with the same hours and running cost only the cheapest is built.
        """
        for number, members in enumerate(generator_groups(self.problem)):
            group = [self.problem.generators[index] for index in members]
            limits = []
            for generator in group:
                name = f"capacity:{generator.name}"
                most = 0.0 if outdone(generator, group) else generator.max_mw
                self._capacity(name, generator.annual_cost_usd_per_mw, most)
                factor = generator.usable_factor
                free = generator.max_mw is None and self.priced * generator.annual_cost_usd_per_mw <= 0.0
                limits.append((name, (factor > 0.0).astype(np.float64) if free else factor))
            existing = [g.existing_mw * g.usable_factor for g in group if g.existing_mw > 0.0]
            cost = self.energy * group[0].marginal_cost_usd_per_mwh
            there = np.sum(existing, axis=0) if existing else None
            used = Variable(f"used:{number}", {ELECTRICITY: 1.0}, cost=cost, limits=tuple(limits), upper=there)
            self.variables.append(used)

    def battery(self) -> None:
        battery = self.problem.battery
        if battery is None or _none_allowed(battery.max_mw, battery.max_mwh):
            return
        self.load[BATTERY] = np.zeros(self.problem.hours)
        self._capacity("battery_mw", battery.annual_cost_usd_per_mw, battery.max_mw)
        self._capacity("battery_mwh", battery.annual_cost_usd_per_mwh, battery.max_mwh, BATTERY_HOURS)
        rating = (("battery_mw", 1.0),)
        inward = {ELECTRICITY: -1.0, BATTERY: battery.charge_efficiency}
        outward = {ELECTRICITY: 1.0, BATTERY: -1.0 / battery.discharge_efficiency}
        self.variables += [Variable("charge", inward, limits=rating), Variable("discharge", outward, limits=rating)]
        self._level("battery_level", BATTERY, "battery_mwh", battery.standing_loss, BATTERY_HOURS)

    def hydrogen(self) -> None:
        hydrogen = self.problem.hydrogen
        if hydrogen is None or (hydrogen.turbine_efficiency is None and not self.problem.hydrogen_load_mw.any()):
            return  # nobody needs hydrogen: the chain could only waste power
        self.load[HYDROGEN] = self.problem.hydrogen_load_mw
        flows = {ELECTRICITY: -1.0, HYDROGEN: hydrogen.electrolyser_efficiency}
        least = hydrogen.electrolyser_min_load
        cost, upper = self.priced * hydrogen.electrolyser_annual_cost_usd_per_mw, hydrogen.electrolyser_max_mw
        always = {balance: least * flow for balance, flow in flows.items()} if least > 0.0 else {}
        self.capacities.append(Capacity("electrolyser_mw", cost, upper, always))
        rating = (("electrolyser_mw", 1.0 - least),)
        if hydrogen.electrolyser_ramp is None or least + hydrogen.electrolyser_ramp >= 1.0:
            self.variables.append(Variable("electrolyser", flows, limits=rating))
        else:
            self.load[RAMP] = np.zeros(self.problem.hours)
            step = (("electrolyser_mw", hydrogen.electrolyser_ramp),)
            self.variables += [
                Variable("electrolyser", flows | {RAMP: -1.0}, {RAMP: 1.0}, limits=rating),
                Variable("electrolyser_up", {RAMP: 1.0}, limits=step),
                Variable("electrolyser_down", {RAMP: -1.0}, limits=step),
            ]
        if least > 0.0 or RAMP in self.load:
            self.variables.append(Variable("hydrogen_vented", {HYDROGEN: -1.0}))
        if hydrogen.turbine_efficiency is not None:
            self._capacity(
                "hydrogen_turbine_mw", hydrogen.turbine_annual_cost_usd_per_mw or 0.0, hydrogen.turbine_max_mw
            )
            given = {ELECTRICITY: 1.0, HYDROGEN: -1.0 / hydrogen.turbine_efficiency}
            cost = self.energy * hydrogen.turbine_marginal_cost_usd_per_mwh
            self.variables.append(Variable("turbine", given, cost=cost, limits=(("hydrogen_turbine_mw", 1.0),)))
        if hydrogen.store_annual_cost_usd_per_mwh is not None and not _none_allowed(hydrogen.store_max_mwh):
            cost = hydrogen.store_annual_cost_usd_per_mwh
            self._capacity("hydrogen_store_mwh", cost, hydrogen.store_max_mwh, STORE_HOURS)
            self._level("hydrogen_level", HYDROGEN, "hydrogen_store_mwh", hydrogen.store_standing_loss, STORE_HOURS)

    def heat(self) -> None:
        heat = self.problem.heat
        if heat is None:
            return
        self.load[HEAT] = self.problem.heat_demand_mw
        self._capacity("heater_mw", heat.heater_annual_cost_usd_per_mw, heat.heater_max_mw)
        drawn = {ELECTRICITY: -1.0, HEAT: heat.heater_cop}
        self.variables.append(Variable("heater", drawn, limits=(("heater_mw", 1.0),)))
        if heat.store_annual_cost_usd_per_mwh is not None and not _none_allowed(heat.store_max_mwh):
            self._capacity("thermal_store_mwh", heat.store_annual_cost_usd_per_mwh, heat.store_max_mwh, HEAT_HOURS)
            self._level("thermal_level", HEAT, "thermal_store_mwh", heat.store_standing_loss, HEAT_HOURS)

    def flexibility(self) -> None:
        """Load served ahead is a level over that of load served late; both stay within what the window shifts.

        What an hour gives up may be taken over from another, so that the window counts shares of the whole load,
        whatever keeps the load above its minimum.
        """
        flexible, load = self.problem.flexibility, self.problem.load_mw
        if flexible is None or flexible.share <= 0.0 or flexible.window_hours < 1:
            return
        movable = flexible.share * load
        most = (1.0 + flexible.share) * load.max() if flexible.max_load_mw is None else flexible.max_load_mw
        window = min(flexible.window_hours, self.problem.hours - 1)
        total = np.concatenate([[0.0], np.cumsum(np.tile(movable, 3))])
        at = np.arange(self.problem.hours) + self.problem.hours + 1  # sums up to the end of each hour
        late, ahead = total[at] - total[at - window], total[at + window] - total[at]
        self.load[SHIFT] = np.roll(late, 1) - late
        if self._electric_share_unserved > 0.0:
            # Load that has left an hour cannot go unserved there: what is drawn must not be negative.
            self.load |= {DRAW: load, ELECTRICITY: np.zeros(self.problem.hours)}
            self.variables.append(Variable("drawn", {ELECTRICITY: -1.0, DRAW: 1.0}))
        served = self._served
        less = np.clip(load - flexible.min_load_mw, 0.0, movable)
        self.variables += [
            Variable("load_more", {served: -1.0, SHIFT: 1.0}, upper=np.maximum(most - load, 0.0)),
            Variable("load_less", {served: 1.0, SHIFT: -1.0}, upper=less),
            Variable("load_ahead", {SHIFT: -1.0}, {SHIFT: 1.0}, upper=late + ahead, unit=float(window)),
        ]

    @property
    def _electric_share_unserved(self) -> float:
        return 1.0 if self.elastic else self.problem.shares_unserved[0]

    @property
    def _served(self) -> str:
        """The balance in which the electric load stands."""
        return DRAW if DRAW in self.load else ELECTRICITY

    def grid(self) -> None:
        problem, grid = self.problem, self.problem.grid
        if grid is None:
            return
        hours, hourly = problem.hours, problem.matching is Matching.HOURLY
        limits: tuple[tuple[str, float | FloatArray], ...] = ()
        most_in, most_out = grid.max_import_mw, grid.max_export_mw
        if grid.connection_annual_cost_usd_per_mw is not None:
            self._capacity("connection_mw", grid.connection_annual_cost_usd_per_mw, most_in)
            limits, most_in, most_out = (("connection_mw", 1.0),), None, None
        income = -self.energy * np.asarray(grid.export_price_usd_per_mwh)
        if grid.max_export_mw != 0.0:
            self.variables.append(Variable("export", {ELECTRICITY: -1.0}, cost=income, limits=limits, upper=most_out))
        if hourly and problem.clean_share >= 1.0 and not self.elastic:
            return
        cost = self.energy * np.asarray(grid.import_price_usd_per_mwh)
        self.variables.append(Variable("import", {ELECTRICITY: 1.0}, cost=cost, limits=limits, upper=most_in))
        if problem.clean_share <= 0.0:
            return  # whatever is imported, none of the load need be clean
        group = np.zeros(hours, dtype=np.int64)
        if problem.matching is Matching.MONTHLY and problem.month_of_hour is not None:
            group = np.unique(problem.month_of_hour, return_inverse=True)[1].astype(np.int64)
        allowed = np.asarray(
            np.bincount(group, (1.0 - problem.clean_share) * problem.matched_load_mw), dtype=np.float64
        )
        counted = [("import", 1.0)]
        if not hourly and grid.max_export_mw != 0.0:
            counted.append(("export", -1.0))
        if self.elastic:
            self.variables.append(Variable("excess_import", {}, cost=problem.yearly))
            counted.append(("excess_import", -1.0))
        self.long_rows.append(LongRows("clean_share", tuple(counted), group, allowed))

    def unserved(self) -> None:
        problem = self.problem
        electric, gas = problem.shares_unserved
        price = problem.unserved_price_usd_per_mwh or 0.0
        needs = [
            ("unserved", self._served, problem.load_mw, electric, price),
            ("hydrogen_unserved", HYDROGEN, problem.hydrogen_load_mw, gas, 0.0),
            ("heat_unserved", HEAT, problem.heat_demand_mw, 0.0, 0.0),
        ]
        for name, balance, demand, share, cost in needs:
            if not (self.elastic or share > 0.0) or not demand.any():
                continue
            self.variables.append(Variable(name, {balance: 1.0}, cost=self.energy * cost, upper=demand))
            if share >= 1.0:
                continue
            counted = [(name, 1.0)]
            if self.elastic:
                self.variables.append(Variable(f"excess_{name}", {}, cost=NEED * problem.yearly))
                counted.append((f"excess_{name}", -1.0))
            group, bound = np.zeros(problem.hours, dtype=np.int64), np.array([share * float(demand.sum())])
            self.long_rows.append(LongRows(f"{name}_limit", tuple(counted), group, bound))
