"""Power curves of wind turbines: output over the rating by wind speed at sea-level density, cut-in and cut-out."""

from dataclasses import dataclass

import numpy as np

from models.arrays import FloatArray

AIR_DENSITY_KG_PER_M3 = 1.225  # International Standard Atmosphere at sea level, the density curves are stated for
STEP_M_PER_S = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class PowerCurve:
    """Output (share of the rating) at speeds (m/s), linear between; nothing below cut-in and above cut-out."""

    speed_m_per_s: FloatArray
    output: FloatArray
    cut_in_m_per_s: float
    cut_out_m_per_s: float

    def __post_init__(self) -> None:
        speed, output = np.asarray(self.speed_m_per_s), np.asarray(self.output)
        if speed.ndim != 1 or speed.shape != output.shape or len(speed) < 2:
            raise ValueError("a power curve needs two columns of the same length, two points at least")
        if not (np.isfinite(speed).all() and np.isfinite(output).all() and (np.diff(speed) > 0.0).all()):
            raise ValueError("speeds must ascend, and all numbers be finite")
        if output.min() < 0.0 or output.max() > 1.0:
            raise ValueError("outputs are shares of the rating, 0 to 1")
        if not 0.0 <= self.cut_in_m_per_s < self.cut_out_m_per_s:
            raise ValueError("cut-in must lie below cut-out")

    def at(self, speed_m_per_s: FloatArray, actual_m_per_s: FloatArray | None = None) -> FloatArray:
        """Output at density-corrected speeds; `actual_m_per_s`, where given, decides cut-in and cut-out."""
        real = speed_m_per_s if actual_m_per_s is None else actual_m_per_s
        running = (real >= self.cut_in_m_per_s) & (real <= self.cut_out_m_per_s)
        made = np.interp(speed_m_per_s, self.speed_m_per_s, self.output)
        return np.where(running, made, 0.0)


def generic_power_curve(
    *,
    specific_power_w_per_m2: float,
    peak_power_coefficient: float,
    cut_in_m_per_s: float,
    cut_out_m_per_s: float,
    turbulence_intensity: float,
) -> PowerCurve:
    """A turbine from its specific power (W of rating per m2 of rotor) and best power coefficient.

    Below the rating the power is 0.5 rho cp v3 over the specific power. Turbulence within the hour rounds the knee:
    the curve is averaged over a normal distribution of speeds with a standard deviation of `turbulence_intensity`
    times the speed, after Saint-Drenan et al. 2020, Renewable Energy 157, 754-768.
    """
    speed = np.arange(0.0, cut_out_m_per_s + STEP_M_PER_S / 2.0, STEP_M_PER_S)
    nodes, weights = np.polynomial.hermite_e.hermegauss(21)
    gusts = speed[:, None] * (1.0 + turbulence_intensity * nodes[None, :])
    sharp = 0.5 * AIR_DENSITY_KG_PER_M3 * peak_power_coefficient * np.maximum(gusts, 0.0) ** 3
    output = np.minimum(sharp / specific_power_w_per_m2, 1.0) @ (weights / weights.sum())
    return PowerCurve(speed, np.clip(output, 0.0, 1.0), cut_in_m_per_s, cut_out_m_per_s)
