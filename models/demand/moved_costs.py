"""A demand whose plant costs otherwise: its investment and operation at another point of their bands."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from models.demand.costs import Costs
from models.demand.load import Demand
from models.figure import Figure


def plant_figures(demand: Demand) -> Iterator[Figure]:
    """Investment and operation of the plant, as in its file; none where the process states none."""
    if demand.process.costs is None:
        return
    own = demand.process.costs.own
    yield from (item.figure for item in own.capital)
    yield from (item.figure for item in own.operating)


def input_items(demand: Demand) -> tuple[str, ...]:
    """Priced items that the process buys, each once."""
    costs = demand.process.costs
    return () if costs is None else tuple(dict.fromkeys(item.price for item in costs.own.inputs))


def with_plant_figures(demand: Demand, at: Callable[[Figure], Figure]) -> Demand:
    """The demand with each of `plant_figures` as `at` makes it; lifetimes and amounts of inputs stay."""
    process = demand.process
    if process.costs is None:
        return demand
    own = _moved(process.costs.own, at)
    costly = replace(process, costs=replace(process.costs, own=own))
    return replace(demand, variant=replace(demand.variant, process=costly))


def _moved(costs: Costs, at: Callable[[Figure], Figure]) -> Costs:
    return replace(
        costs,
        capital=tuple(replace(item, figure=at(item.figure)) for item in costs.capital),
        operating=tuple(replace(item, figure=at(item.figure)) for item in costs.operating),
    )
