"""The load in words and a few numbers, with what an hour's mean hides."""

from dataclasses import dataclass

from models.demand.load import HOURS_PER_YEAR, Demand
from models.figure import Figure

HIDDEN = (
    "an hour holds the mean of a batch: within it {steps} draw in {share:.0%} of the time and nothing in the rest, so "
    "the connection sees up to {peak:,.4g} MW where all of them draw at once; flicker and shorter swings are not told"
)


@dataclass(frozen=True, slots=True)
class LoadProfile:
    """A year of load.

    load_factor : mean over peak. busiest_hour_over_capacity : output of the busiest hour over an hour of the capacity;
        None for a load of the caller's own. peak_within_hour_mw : what batches may reach inside an hour, None without.
    """

    description: str
    load_factor: float
    hours_at_work: float
    busiest_hour_over_capacity: float | None
    batch_steps: tuple[str, ...]
    peak_within_hour_mw: float | None
    hidden: str | None
    figures: tuple[Figure, ...]


def load_profile(demand: Demand) -> LoadProfile:
    """The profile of a demand."""
    custom = demand.process.is_custom
    busiest = float(demand.running.shape.max())
    batches = [step for step in demand.steps if step.flexibility.power_on_share is not None]
    peak, hidden, figures = None, None, tuple[Figure, ...]()
    if batches:
        rate = demand.product_per_year / HOURS_PER_YEAR * busiest
        figures = tuple(
            step.flexibility.power_on_share for step in batches if step.flexibility.power_on_share is not None
        )
        more = sum(
            step.electricity_mwh_per_unit * (1.0 / share.value - 1.0)
            for step, share in zip(batches, figures, strict=True)
        )
        peak = demand.peak_mw + rate * more
        names = ", ".join(step.name for step in batches)
        hidden = HIDDEN.format(steps=names, share=min(figure.value for figure in figures), peak=peak)
    return LoadProfile(
        description="hours of the caller's own" if custom else demand.running.description,
        load_factor=demand.mean_mw / demand.peak_mw if demand.peak_mw > 0.0 else 0.0,
        hours_at_work=demand.running.hours_at_work,
        busiest_hour_over_capacity=None if custom else busiest * demand.utilisation,
        batch_steps=tuple(step.name for step in demand.steps if step.flexibility.operation == "batch"),
        peak_within_hour_mw=peak,
        hidden=hidden,
        figures=figures,
    )
