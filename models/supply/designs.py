"""Designs of the plants: the defaults as data, and what a caller may change."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from models.figure import Figure, Status
from models.supply.losses import LossSet, default_losses
from models.supply.power_curve import PowerCurve, generic_power_curve

DATA = Path(__file__).parent / "data" / "designs.yaml"
WIND_KINDS = {
    "wind_onshore": "wind_onshore",
    "wind_offshore": "wind_offshore",
    "wind_offshore_floating": "wind_offshore",
}
PV_TECHNOLOGIES = ("pv_fixed", "pv_tracking")
CURVE_FIGURES = (
    "specific_power_w_per_m2",
    "peak_power_coefficient",
    "cut_in_m_per_s",
    "cut_out_m_per_s",
    "turbulence_intensity",
    "farm_smoothing_m_per_s",
)


class InvalidDesign(ValueError):
    """A design or its weather is wrong; `errors` holds every (field, message)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors))


@dataclass(frozen=True, slots=True)
class PVDesign:
    """A PV plant. `tilt_deg` and `azimuth_deg` (clockwise from north) of None follow the latitude."""

    tracking: bool
    dc_ac_ratio: float
    inverter_efficiency: float
    temperature_coefficient_per_c: float
    albedo: float
    ground_cover_ratio: float
    tracker_limit_deg: float
    modules_up_the_slope: float
    losses: LossSet
    tilt_deg: float | None = None
    azimuth_deg: float | None = None
    bifaciality: float = 0.0
    back_shade_share: float = 0.0
    height_to_pitch: float = 0.3
    degradation_share_per_year: float = 0.0
    service_years: float = 1.0
    spectral: bool = True
    snow: bool = True
    figures: tuple[Figure, ...] = ()

    @property
    def mean_degradation(self) -> float:
        """Share of the output lost to ageing, averaged over the years of service: 1 - mean of (1 - rate)^year."""
        rate, years = self.degradation_share_per_year, self.service_years
        return 1.0 - (1.0 - (1.0 - rate) ** years) / (rate * years) if rate > 0.0 else 0.0

    def __post_init__(self) -> None:
        bounds = {
            "bifaciality": (0.0, 1.0),
            "back_shade_share": (0.0, 1.0),
            "height_to_pitch": (0.05, 2.0),
            "degradation_share_per_year": (0.0, 0.1),
            "service_years": (1.0, 60.0),
            "dc_ac_ratio": (0.5, 3.0),
            "inverter_efficiency": (0.5, 1.0),
            "temperature_coefficient_per_c": (-0.02, 0.0),
            "albedo": (0.0, 1.0),
            "ground_cover_ratio": (0.01, 0.99),
            "tracker_limit_deg": (0.0, 90.0),
            "modules_up_the_slope": (1.0, 12.0),
            "tilt_deg": (0.0, 90.0),
            "azimuth_deg": (0.0, 360.0),
        }
        _check(self, bounds)

    def tilt_at(self, latitude: float) -> float:
        """Tilt of a fixed array: the regression for the most energy over the year of Jacobson and Jadhav 2018,
        Solar Energy 169, 55-66 (third order in latitude, by hemisphere); at most 45 degrees."""
        if self.tilt_deg is not None:
            return self.tilt_deg
        if latitude >= 0.0:
            tilt = 1.3793 + latitude * (1.2011 + latitude * (-0.014404 + latitude * 0.000080509))
        else:
            tilt = -(-0.41657 + latitude * (1.4216 + latitude * (0.024051 + latitude * 0.00021828)))
        return float(np.clip(tilt, 0.0, 45.0))

    def azimuth_at(self, latitude: float) -> float:
        """Azimuth: towards the equator for fixed arrays; a tracker's axis runs north-south."""
        if self.azimuth_deg is not None:
            return self.azimuth_deg
        return 180.0 if latitude >= 0.0 else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class WindDesign:
    """A wind farm: its turbine's power curve, hub height, shear exponents over land and sea, and losses."""

    hub_height_m: float
    power_curve: PowerCurve
    shear_land: float
    shear_sea: float
    losses: LossSet
    figures: tuple[Figure, ...] = field(default=())

    def __post_init__(self) -> None:
        _check(self, {"hub_height_m": (10.0, 300.0), "shear_land": (0.0, 1.0), "shear_sea": (0.0, 1.0)})


def turbine_classes() -> tuple[str, ...]:
    """Names of the turbine classes."""
    return tuple(_data()["turbine_classes"])


@cache
def default_design(technology: str, turbine_class: str | None = None) -> PVDesign | WindDesign:
    """The default design of `pv_fixed`, `pv_tracking`, `wind_onshore`, `wind_offshore(_floating)`; else KeyError.

    turbine_class : one of `turbine_classes()` in place of the default turbine.
    """
    data = _data()
    if technology in PV_TECHNOLOGIES:
        figures = {name: _figure(f"{technology}.{name}", entry) for name, entry in data[technology].items()}
        numbers = {name: figure.value for name, figure in figures.items()}
        losses = default_losses("pv", technology)
        shown = (*figures.values(), *losses.losses)
        return PVDesign(tracking=technology == "pv_tracking", losses=losses, figures=shown, **numbers)  # type: ignore[arg-type]  # no switch is a figure
    kind = WIND_KINDS[technology]
    turbine = data[kind] if turbine_class is None else data["turbine_classes"][turbine_class]
    figures = {name: _figure(f"{technology}.{name}", entry) for name, entry in turbine.items()}
    shear = {name: _figure(f"{technology}.shear_{name}", entry) for name, entry in data["shear"].items()}
    losses = default_losses(kind, technology)
    return WindDesign(
        hub_height_m=figures["hub_height_m"].value,
        power_curve=generic_power_curve(**{name: figures[name].value for name in CURVE_FIGURES}),
        shear_land=shear["land"].value,
        shear_sea=shear["sea"].value,
        losses=losses,
        figures=(*figures.values(), *shear.values(), *losses.losses),
    )


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return data


def _figure(name: str, entry: dict[str, Any]) -> Figure:
    return Figure(
        name=name,
        value=entry["value"],
        unit=entry["unit"],
        source=entry["source"],
        year=entry["year"],
        low=entry["low"],
        high=entry["high"],
        status=Status(entry["status"]),
    )


def _check(design: object, bounds: dict[str, tuple[float, float]]) -> None:
    errors = []
    for name, (low, high) in bounds.items():
        value = getattr(design, name)
        if value is not None and not low <= value <= high:
            errors.append((name, f"must lie between {low:g} and {high:g}"))
    if errors:
        raise InvalidDesign(errors)
