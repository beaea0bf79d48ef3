"""CO2 of a process as powered here, of the conventional route, and the difference.

Counted on both sides: direct emissions (scope 1: fuel, carbon, process CO2) and purchased electricity at the mean
intensity of the country's grid (scope 2, location-based). Left out on both sides: what is embodied in plants and
inputs, and a credit for exported power. Upstream emissions of inputs that the catalogue knows stand beside the total.

Reference: GHG Protocol, Corporate Standard and Scope 2 Guidance.
"""

import math
from dataclasses import dataclass

from models.demand.band import NOTHING, Band, total
from models.demand.catalogue import ConventionalRoute, Process, Scope
from models.demand.load import Demand, recalled_notice
from models.figure import Figure
from models.notice import Notice


class UnknownRoute(ValueError):
    """The process has no conventional route of this id; `valid_ids` lists what it has."""

    def __init__(self, process: Process, route_id: str) -> None:
        self.valid_ids = tuple(route.id for route in process.conventional_routes)
        super().__init__(f"{process.id} has no route {route_id}; it has: {', '.join(self.valid_ids) or 'none'}")


@dataclass(frozen=True, slots=True)
class Emissions:
    """CO2 in t, per year and per `product_unit`. None where there is no sourced conventional route.

    t_co2_per_year : direct and grid; `upstream_t_co2_per_year` stands beside it.
    conventional_direct_t_per_unit, conventional_purchase_mwh_per_unit : what its sum is made of; purchases not below 0.
    avoided_t_co2_per_year : conventional less own, for the product of the year; negative where the process emits more.
    provenance : figures of route and grid; those of the process's own emissions are in the demand's.
    """

    product_unit: str
    t_co2_per_year: float
    direct_t_co2_per_year: float
    grid_t_co2_per_year: float
    upstream_t_co2_per_year: float
    per_unit: Band
    conventional_per_unit: Band | None
    conventional_route: str | None
    conventional_direct_t_per_unit: float | None
    conventional_purchase_mwh_per_unit: float | None
    avoided_t_co2_per_year: float | None
    provenance: tuple[Figure, ...]
    warnings: tuple[Notice, ...]

    @property
    def t_co2_per_unit(self) -> float:
        """Own emissions per unit of product."""
        return self.per_unit.central

    @property
    def t_co2_per_t(self) -> float | None:
        """Own emissions per tonne; None where the product is not a tonne."""
        return self.per_unit.central if self.product_unit == "t" else None

    @property
    def conventional_t_co2_per_unit(self) -> float | None:
        """Emissions of the conventional route per unit of product."""
        return None if self.conventional_per_unit is None else self.conventional_per_unit.central

    @property
    def conventional_t_co2_per_t(self) -> float | None:
        """Emissions of the conventional route per tonne; None where the product is not a tonne."""
        return self.conventional_t_co2_per_unit if self.product_unit == "t" else None


def emissions_of(
    demand: Demand,
    *,
    grid_import_mwh_per_year: float = 0.0,
    grid_intensity: Figure | None = None,
    import_intensity: Figure | None = None,
    route_id: str | None = None,
) -> Emissions:
    """Emissions of a process with this demand.

    grid_import_mwh_per_year : what the sized system buys, per 8,760 hours.
    grid_intensity : mean intensity of the country's grid, t CO2/MWh; None leaves the purchases of the conventional
        route out, with a warning.
    import_intensity : mean over what is bought, where the grid's intensity is known by the hour; else the grid's mean.
    route_id : conventional route to compare with; None takes the default one.

    Raises UnknownRoute; ValueError where imports are negative or not finite, or come without an intensity.
    """
    if not math.isfinite(grid_import_mwh_per_year) or grid_import_mwh_per_year < 0.0:
        raise ValueError("grid_import_mwh_per_year must be finite and not negative")
    if grid_import_mwh_per_year > 0.0 and grid_intensity is None:
        raise ValueError("imports need the intensity of the grid")
    if any(figure is not None and figure.unit != "t CO2/MWh" for figure in (grid_intensity, import_intensity)):
        raise ValueError("grid_intensity and import_intensity must be in t CO2/MWh")

    direct, upstream = _residual_co2(demand, Scope.DIRECT), _residual_co2(demand, Scope.UPSTREAM)
    intensity = NOTHING if grid_intensity is None else Band.of(grid_intensity)
    bought = intensity if import_intensity is None else Band.of(import_intensity)
    grid_t = bought.scaled(grid_import_mwh_per_year)
    product = demand.product_per_year
    own = direct.plus(grid_t.scaled(1.0 / product))

    route = _route(demand, route_id)
    conventional, avoided, figures, warnings = None, None, list[Figure](), list[Notice]()
    if route is None:
        detail = f"{demand.process.id} has no sourced conventional route; avoided CO2 is not stated"
        warnings.append(Notice("no_conventional_route", detail))
    else:
        buys = route.electricity.value > 0.0
        figures = [route.direct_co2, *([route.electricity] if buys else [])]
        purchased = Band.of(route.electricity).times(intensity) if buys else NOTHING
        conventional = Band.of(route.direct_co2).plus(purchased)
        avoided = (conventional.central - own.central) * product
        if avoided <= 0.0:
            detail = (
                f"{demand.process.id} as chosen emits {own.central:.3g} t CO2 per {demand.product_unit}, no less than "
                f"the {conventional.central:.3g} of the conventional route: nothing is avoided, at whatever cost"
            )
            warnings.append(Notice("no_co2_avoided", detail))
        if buys and grid_intensity is None:
            detail = "the power that the conventional route buys is not counted: the grid's intensity is unknown"
            warnings.append(Notice("grid_intensity_unknown", detail))
    if grid_intensity is not None:
        figures.append(grid_intensity)
    if import_intensity is not None:
        figures.append(import_intensity)
    return Emissions(
        product_unit=demand.product_unit,
        t_co2_per_year=own.central * product,
        direct_t_co2_per_year=direct.central * product,
        grid_t_co2_per_year=grid_t.central,
        upstream_t_co2_per_year=upstream.central * product,
        per_unit=own,
        conventional_per_unit=conventional,
        conventional_route=None if route is None else route.name,
        conventional_direct_t_per_unit=None if route is None else route.direct_co2.value,
        conventional_purchase_mwh_per_unit=None if route is None else max(0.0, route.electricity.value),
        avoided_t_co2_per_year=avoided,
        provenance=tuple(figures),
        warnings=(*warnings, *recalled_notice(figures, "emissions")),
    )


def _residual_co2(demand: Demand, scope: Scope) -> Band:
    return total([item.co2 for item in demand.variant.residuals if item.residual.scope is scope])


def _route(demand: Demand, route_id: str | None) -> ConventionalRoute | None:
    process = demand.process
    if route_id is None:
        return demand.variant.conventional_route
    for route in process.conventional_routes:
        if route.id == route_id:
            return route
    raise UnknownRoute(process, route_id)
