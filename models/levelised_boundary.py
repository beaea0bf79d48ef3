"""What the levelised cost of clean power holds and what its band means, in words that stand beside the number."""

from models.plants import GridUse, HydrogenPlant

BAND_NOTE = (
    "The same design and operation, priced with every cost figure (investment, operation, cost of capital, "
    "connection) at the low or at the high end of its sources at once. Efficiencies, weather and demand do not move, "
    "and nothing is sized anew: the ends are bounds, not likely values."
)


HEAT_BOUNDARY = (
    " The heater's electricity is delivered to the process; heater and thermal store are in the cost of heat, not here."
)


def boundary_of(
    delivered_mwh: float, feed_mwh: float, hydrogen: HydrogenPlant | None, grid: GridUse | None, unserved_usd: float
) -> str:
    text = (
        "Real USD of 2025. Annual cost (annuity and operation) of generation, battery"
        f"{'' if grid is None else ', grid connection'} and re-electrification"
        f"{'' if grid is None else ', plus grid purchases less grid sales'}"
        f"{', plus the stated price of what is not served' if unserved_usd else ''}"
        f", over {delivered_mwh:,.0f} MWh a year delivered to the process"
    )
    if hydrogen is None:
        text += "."
    else:
        share = hydrogen.process_share
        text += (
            f": its own loads and {feed_mwh:,.0f} MWh into the electrolysers that feed it. Electrolyser and hydrogen "
            f"store are split by annual hydrogen throughput: {share:.1%} to the process (hydrogen chain, not in this "
            f"figure), {1.0 - share:.1%} to the turbine (re-electrification, in it). Power that passes through "
            "electrolyser, store and turbine counts once, as it comes back. Levelised cost of hydrogen: the process's "
            "share of electrolyser and store, and its electricity at this levelised cost of clean power."
        )
    tail = " The cost of the grid connection is shown but not in it: the site is off grid."
    return text + (tail if grid is None else "")
