"""Power curves of wind turbines: output over the rating by wind speed at sea-level density, cut-in and cut-out."""

from dataclasses import dataclass, field

import numpy as np

from models.arrays import FloatArray
from models.supply.table import Table

AIR_DENSITY_KG_PER_M3 = 1.225  # International Standard Atmosphere at sea level, the density curves are stated for
STEP_M_PER_S = 0.1
STEPS_PER_M_PER_S = 64  # of the table: points of a curve at halves, quarters ... of a m/s stay exact
WIDEST_NODES = 21


@dataclass(frozen=True, slots=True, eq=False)
class PowerCurve:
    """Output (share of the rating) at speeds (m/s), linear between; nothing below cut-in and above cut-out."""

    speed_m_per_s: FloatArray
    output: FloatArray
    cut_in_m_per_s: float
    cut_out_m_per_s: float
    _table: Table = field(init=False, repr=False)

    def __post_init__(self) -> None:
        speed, output = np.asarray(self.speed_m_per_s), np.asarray(self.output)
        if speed.ndim != 1 or speed.shape != output.shape or len(speed) < 2:
            raise ValueError("a power curve needs two columns of the same length, two points at least")
        if not (np.isfinite(speed).all() and np.isfinite(output).all() and (np.diff(speed) > 0.0).all()):
            raise ValueError("speeds must ascend, and all numbers be finite")
        if output.min() < 0.0 or output.max() > 1.0:
            raise ValueError("outputs are shares of the rating, 0 to 1")
        if speed[0] < 0.0 or speed[-1] > 100.0:
            raise ValueError("speeds must lie between 0 and 100 m/s")
        if not 0.0 <= self.cut_in_m_per_s < self.cut_out_m_per_s:
            raise ValueError("cut-in must lie below cut-out")
        top = float(np.ceil(speed[-1]))
        table = Table(lambda at: np.interp(at, speed, output), 0.0, top, int(top) * STEPS_PER_M_PER_S)
        object.__setattr__(self, "_table", table)

    def at(self, speed_m_per_s: FloatArray, actual_m_per_s: FloatArray | None = None) -> FloatArray:
        """Output at density-corrected speeds; `actual_m_per_s`, where given, decides cut-in and cut-out."""
        real = speed_m_per_s if actual_m_per_s is None else actual_m_per_s
        made = self._table(np.asarray(speed_m_per_s, dtype=np.float64))
        made *= (real >= self.cut_in_m_per_s) & (real <= self.cut_out_m_per_s)
        return made


def generic_power_curve(
    *,
    specific_power_w_per_m2: float,
    peak_power_coefficient: float,
    cut_in_m_per_s: float,
    cut_out_m_per_s: float,
    turbulence_intensity: float,
    farm_smoothing_m_per_s: float = 0.0,
) -> PowerCurve:
    """A turbine from its specific power (W of rating per m2 of rotor) and best power coefficient.

    Below the rating the power is 0.5 rho cp v3 over the specific power. Turbulence within the hour and the spread of
    speeds over the farm round the knee: the curve is averaged over a normal distribution of speeds, whose standard
    deviation is `turbulence_intensity` times the speed and `farm_smoothing_m_per_s`, in quadrature, after Saint-Drenan
    et al. 2020, Renewable Energy 157, 754-768, and Norgaard and Holttinen 2004.
    """
    speed = np.arange(0.0, cut_out_m_per_s + STEP_M_PER_S / 2.0, STEP_M_PER_S)
    nodes, weights = np.polynomial.hermite_e.hermegauss(WIDEST_NODES)
    spread = np.hypot(turbulence_intensity * speed, farm_smoothing_m_per_s)
    gusts = np.maximum(speed[:, None] + spread[:, None] * nodes[None, :], 0.0)
    sharp = 0.5 * AIR_DENSITY_KG_PER_M3 * peak_power_coefficient * gusts**3
    output = np.minimum(sharp / specific_power_w_per_m2, 1.0) @ (weights / weights.sum())
    return PowerCurve(speed, np.clip(output, 0.0, 1.0), cut_in_m_per_s, cut_out_m_per_s)
