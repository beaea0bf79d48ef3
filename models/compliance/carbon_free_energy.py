"""24/7 carbon-free energy: the share of a load that carbon-free power meets hour by hour."""

import numpy as np

from models.arrays import FloatArray
from models.compliance.finding import Finding, Measure, Verdict, at_most, percent

RULE = "carbon_free_energy_24_7"
USUAL_TARGETS = (0.8, 0.9, 0.95, 0.98, 1.0)


def carbon_free_energy_score(
    clean_mw: FloatArray, load_mw: FloatArray, grid_carbon_free_share: FloatArray | float = 0.0
) -> float:
    """24/7 carbon-free energy score: the share of the load matched hour by hour by carbon-free power.

    In each hour [min(C, L) + max(0, L - C) x g] / L, weighted with the load over the hours; a surplus earns nothing.
    clean_mw, load_mw : (hours,) carbon-free power of one's own and load.
    grid_carbon_free_share : carbon-free share of what the grid supplies, one number or (hours,); 0 off grid.

    Raises ValueError on unequal shapes, values that are negative or not finite, shares outside 0-1, or no load.
    Reference: Google, 24/7 Carbon-Free Energy: Methodologies and Metrics (2021).

    >>> carbon_free_energy_score(np.array([2.0, 0.0]), np.array([1.0, 1.0]), 0.5)
    0.75
    """
    clean, load = np.asarray(clean_mw, dtype=float), np.asarray(load_mw, dtype=float)
    share = np.asarray(grid_carbon_free_share, dtype=float)
    if clean.ndim != 1 or clean.shape != load.shape or share.shape not in ((), load.shape):
        raise ValueError("clean_mw and load_mw must have one shape (hours,), the share that shape or none")
    if not (np.isfinite(clean).all() and np.isfinite(load).all() and (clean >= 0).all() and (load >= 0).all()):
        raise ValueError("powers must be finite and not negative")
    if not ((share >= 0.0) & (share <= 1.0)).all():
        raise ValueError("grid_carbon_free_share must lie between 0 and 1")
    total = float(load.sum())
    if total <= 0.0:
        raise ValueError("there is no load")
    matched = np.minimum(clean, load)
    return float((matched + (load - matched) * share).sum()) / total


def carbon_free_energy(score: float, target: float) -> Finding:
    """The score held against a target, both 0-1."""
    reached = [f"{usual:.0%}" for usual in USUAL_TARGETS if at_most(usual, score)]
    return Finding(
        rule=RULE,
        title="24/7 carbon-free energy",
        verdict=Verdict.MET if at_most(target, score) else Verdict.NOT_MET,
        reasons=(
            f"{percent(score)} of the load is matched with carbon-free power in its hour; the target is {target:.0%}",
            f"usual targets reached: {', '.join(reached) or 'none'}",
        ),
        measures=(Measure("carbon_free_energy_score", score, "share", target),),
        checks=(),
        article="no law: 24/7 Carbon-Free Energy, Methodologies and Metrics",
        source="Google, 24/7 Carbon-Free Energy: Methodologies and Metrics (2021)",
    )
