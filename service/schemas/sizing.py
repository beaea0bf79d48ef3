"""POST /v1/sizing: bring your own hours and costs; the least-cost system and its operation come out."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from service.schemas.answer import SolutionInfo
from service.schemas.base import (
    LEAST_SERVED,
    NUMBER_OR_SERIES,
    SERVED_TOO_LITTLE,
    Caveat,
    NonNegative,
    Number,
    Price,
    Request,
    Response,
    Series,
    Share,
    Wrong,
    all_wrong,
    wrong,
)
from service.schemas.supply import Matching

MAX_HOURS = 10 * 8784
Efficiency = Annotated[float, Field(gt=0.0, le=1.0)]
Load = Annotated[
    Annotated[NonNegative, Number] | Annotated[list[NonNegative], Field(min_length=24, max_length=MAX_HOURS), Series],
    NUMBER_OR_SERIES,
]
Prices = Annotated[
    Annotated[Price, Number] | Annotated[list[Price], Field(min_length=24, max_length=MAX_HOURS), Series],
    NUMBER_OR_SERIES,
]


class SizingGenerator(Request):
    """A generator that may be built."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
    capacity_factor: Annotated[
        list[Annotated[float, Field(ge=0.0, le=2.0)]],
        Field(min_length=24, max_length=MAX_HOURS, description="Output of each hour over the rating."),
    ]
    annual_cost_usd_per_mw: NonNegative = Field(description="Annuity and fixed O&M.")
    marginal_cost_usd_per_mwh: Price = 0.0
    max_mw: NonNegative | None = Field(default=None, description="Most that may be built; no limit when null.")


class SizingBattery(Request):
    """A battery: energy and power are sized apart."""

    annual_cost_usd_per_mwh: NonNegative
    annual_cost_usd_per_mw: NonNegative
    charge_efficiency: Efficiency = 0.96
    discharge_efficiency: Efficiency = 0.96


class SizingHydrogen(Request):
    """Electrolyser, store and, where its two fields are given, a turbine. Hydrogen in MWh at LHV."""

    electrolyser_annual_cost_usd_per_mw: NonNegative = Field(description="Per MW of electricity taken in.")
    electrolyser_efficiency: Efficiency
    store_annual_cost_usd_per_mwh: NonNegative
    turbine_annual_cost_usd_per_mw: NonNegative | None = Field(
        default=None, description="Per MW of electricity given out; no turbine when null."
    )
    turbine_efficiency: Efficiency | None = None
    turbine_marginal_cost_usd_per_mwh: Price = 0.0

    @model_validator(mode="after")
    def _whole_turbine(self) -> Self:
        if (self.turbine_annual_cost_usd_per_mw is None) != (self.turbine_efficiency is None):
            raise wrong("conflict", "a turbine needs both its cost and its efficiency")
        return self


class SizingGrid(Request):
    """A grid to buy from and to sell to."""

    max_import_mw: NonNegative | None = None
    max_export_mw: NonNegative | None = None
    import_price_usd_per_mwh: Prices
    export_price_usd_per_mwh: Prices = 0.0


class SizingRequest(Request):
    """A load, generators with their hours, and what may store."""

    model_config = ConfigDict(title="Sizing request")

    load_mw: Load = Field(description="Electric load: a number, or one value an hour.", examples=[100.0])
    hydrogen_load_mw: Load = Field(default=0.0, description="Hydrogen load at LHV, MW.")
    generators: Annotated[list[SizingGenerator], Field(max_length=20)]
    battery: SizingBattery | None = None
    hydrogen: SizingHydrogen | None = None
    grid: SizingGrid | None = None
    clean_share: Share = 1.0
    matching: Matching = "hourly"
    solver: Literal["auto", "interior_point", "clarabel", "highs"] = "auto"
    hourly: bool = Field(default=False, description="Include the hourly operation and shadow prices.")

    @property
    def hours(self) -> int:
        """Hours of the profiles; with a grid alone, of the load or the prices, else 8,760."""
        return next((len(value) for value in self._series().values()), 8760)

    def _series(self) -> dict[tuple[str | int, ...], Any]:
        """Every field that may be a series, by its location."""
        series: dict[tuple[str | int, ...], Any] = {
            ("generators", index, "capacity_factor"): generator.capacity_factor
            for index, generator in enumerate(self.generators)
        }
        series |= {("load_mw",): self.load_mw, ("hydrogen_load_mw",): self.hydrogen_load_mw}
        if self.grid is not None:
            for name in ("import_price_usd_per_mwh", "export_price_usd_per_mwh"):
                series["grid", name] = getattr(self.grid, name)
        return {location: value for location, value in series.items() if isinstance(value, list)}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        errors = [
            Wrong(location, "wrong_length", f"has {len(value):,} hours, the profiles have {self.hours:,}")
            for location, value in self._series().items()
            if len(value) != self.hours
        ]
        names = [generator.name for generator in self.generators]
        errors += [
            Wrong(("generators", index, "name"), "duplicate", "another generator has this name")
            for index, name in enumerate(names)
            if name in names[:index]
        ]
        if not self.generators and self.grid is None:
            errors.append(Wrong(("generators",), "missing", "there must be at least one generator, or a grid"))
        if self.hydrogen is None and self.hydrogen_load_mw not in (0, 0.0):
            errors.append(Wrong(("hydrogen",), "missing", "a hydrogen load needs an electrolyser"))
        if self.grid is None and self.clean_share < LEAST_SERVED:
            errors.append(SERVED_TOO_LITTLE)
        if errors:
            raise all_wrong(errors)
        return self


class SizingAnswer(Response):
    """The least-cost system."""

    objective_usd_per_year: float
    cost_usd_per_mwh: float | None = Field(description="Objective over the electric load; null where there is none.")
    capacities: dict[str, float] = Field(description="MW and MWh by name, as in `solar_mw`.")
    dispatch: dict[str, Any] = Field(description="Energies of the year, MWh, and storage cycles.")
    solution: SolutionInfo
    warnings: list[Caveat]
    hourly: dict[str, list[float]] | None
