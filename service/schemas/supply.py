"""How the process is to be powered: technologies, clean share, grid, limits."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.sizing.components import TAKEN_NAMES
from service.schemas.base import (
    LEAST_SERVED,
    NUMBER_OR_SERIES,
    SERVED_TOO_LITTLE,
    NonNegative,
    Number,
    Price,
    Request,
    Series,
    Share,
    Wrong,
    all_wrong,
    wrong,
)
from service.schemas.site import MultiPolygon, Point, Polygon
from service.schemas.way import ConnectionWay

Technology = Literal[
    "pv_fixed",
    "pv_tracking",
    "wind_onshore",
    "wind_offshore",
    "wind_offshore_floating",
    "battery",
    "hydrogen_store",
    "hydrogen_turbine",
]
Generating = Literal["pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore", "wind_offshore_floating"]
GENERATORS = ("pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore", "wind_offshore_floating")
DEFAULT_TECHNOLOGIES: list[Technology] = [
    "pv_tracking",
    "wind_onshore",
    "battery",
    "hydrogen_store",
    "hydrogen_turbine",
]
LimitedTechnology = Literal[
    "pv_fixed",
    "pv_tracking",
    "wind_onshore",
    "wind_offshore",
    "wind_offshore_floating",
    "battery",
    "hydrogen_turbine",
]
HydrogenStoreType = Literal["buried_pipe", "lined_rock_cavern", "salt_cavern"]
Matching = Literal["hourly", "monthly", "annual"]
RESERVED = (*GENERATORS, *TAKEN_NAMES, "hydrogen_store", "grid", "load", "unserved", "firm")
MINIMUM = "_minimum"  # ends the name of the part of a firm supply that is bought in any case
PriceSeries = Annotated[
    Annotated[Price, Number] | Annotated[list[Price], Field(min_length=8760, max_length=8784), Series],
    NUMBER_OR_SERIES,
]
Profile = Annotated[list[Annotated[float, Field(ge=0, le=1.0)]], Field(min_length=8760, max_length=8784)]


class GridSupply(Request):
    """Buying from and selling to the grid."""

    connected: bool = Field(default=False, description="Whether the site draws from the grid.")
    max_import_mw: NonNegative | None = Field(default=None, description="Import limit; none when left out.")
    import_price_usd_per_mwh: PriceSeries | None = Field(
        default=None,
        description="One price or hourly ones, real USD of 2025; when left out, the country's "
        "industrial price, where there is one.",
    )
    export_price_usd_per_mwh: PriceSeries = Field(default=0.0, description="What a sold MWh earns.")
    network_charge_usd_per_mwh: NonNegative = Field(
        default=0.0, description="Use of the network and levies, on every MWh bought; on top of the import price."
    )
    demand_charge_usd_per_kw_year: NonNegative = Field(
        default=0.0,
        description="On the greatest exchange of the year, the larger of import and export; it is sized with it.",
    )
    way: ConnectionWay | None = Field(default=None, description="Ground of the way to the grid, where you know it.")


class Land(Request):
    """Land for generators."""

    available_km2: NonNegative | None = Field(
        default=None,
        description="Area for each technology; when left out, the usable part of a polygon or of a circle: what is not "
        "sea, lake, urban area or excluded by this instance's layers.",
    )
    radius_km: Annotated[float, Field(gt=0, le=300)] | None = Field(
        default=None, description="Circle about a point whose land counts; the supply radius when left out."
    )
    excluded: Annotated[Polygon | MultiPolygon, Field(discriminator="type")] | None = Field(
        default=None, description="Land that may not be used, beside this instance's own layers."
    )


class Limit(Request):
    """An upper limit for one technology."""

    max_mw: NonNegative | None = Field(default=None, description="Most that may be built.")


class RemotePlant(Request):
    """A plant of your own choice at another place (a PPA): its line is priced, or a charge for transport."""

    name: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")] = Field(
        description="Names it in the answer; small letters, digits, _.", examples=["atacama_sun"]
    )
    technology: Generating
    location: Point = Field(description="Where it stands.")
    max_mw: NonNegative | None = Field(default=None, description="Most that may be built or bought.")
    price_usd_per_mwh: Annotated[float, Field(ge=0, le=1e5)] | None = Field(
        default=None, description="Pays for every MWh it makes, as produced; when left out, it is built at cost."
    )
    transport_usd_per_mwh: Annotated[float, Field(ge=0, le=1e5)] | None = Field(
        default=None, description="Charge of the grid in between; when left out, a line of its own is priced."
    )
    losses_share: Annotated[float, Field(ge=0, lt=1)] = Field(default=0.0, description="Lost on the way.")


class FirmSupply(Request):
    """Clean supply that is there when it is called: hydro, geothermal, nuclear, or a contract (PPA) for firm power.

    What it makes counts as clean and is without CO2 here. Beside its price it may cost something a year for every MW.
    """

    name: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")] = Field(
        description="Names it in the answer; small letters, digits, _.", examples=["hydro"]
    )
    price_usd_per_mwh: Annotated[float, Field(ge=0, le=1e5)] = Field(
        description="For every MWh that is used, real USD of 2025.", examples=[60.0]
    )
    max_mw: NonNegative | None = Field(default=None, description="Most that may be had; no limit when left out.")
    annual_cost_usd_per_mw: NonNegative | None = Field(
        default=None, description="Paid a year for every MW that is held ready; 0 when left out. Not with a capex."
    )
    capex_usd_per_mw: NonNegative | None = Field(
        default=None, description="Investment, an annuity over `lifetime_years` at the cost of capital of a plant."
    )
    lifetime_years: Annotated[float, Field(ge=1, le=100)] | None = Field(
        default=None, description="Of the investment; needed with `capex_usd_per_mw`."
    )
    minimum_mw: NonNegative = Field(
        default=0.0,
        description="Least output, bought in every hour and paid for whether or not it is used (take or pay); within "
        "`max_mw`.",
    )
    renewable: bool = Field(
        default=False,
        description="Whether it is renewable (hydro, geothermal, a contract with wind or sun). What is not, nuclear "
        "power above all, is clean but does not count as renewable hydrogen's electricity in the EU.",
    )
    capacity_factor: Profile | None = Field(
        default=None,
        description="What a MW of it can make in each hour, 8,760 or 8,784 values of 0 to 1; 1 in every hour when left "
        "out.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        errors = []
        if self.annual_cost_usd_per_mw is not None and self.capex_usd_per_mw is not None:
            errors.append(Wrong(("annual_cost_usd_per_mw",), "conflict", "give it or capex_usd_per_mw, not both"))
        if (self.capex_usd_per_mw is None) != (self.lifetime_years is None):
            message = "capex_usd_per_mw and lifetime_years belong together"
            errors.append(Wrong(("lifetime_years",), "missing" if self.lifetime_years is None else "conflict", message))
        if self.max_mw is not None and self.minimum_mw > self.max_mw:
            errors.append(Wrong(("minimum_mw",), "out_of_range", f"must be at most max_mw, {self.max_mw:g}"))
        if errors:
            raise all_wrong(errors)
        return self


class Unserved(Request):
    """Electric load that may go unserved: at a price, at most a share, or both. It takes the place of the clean share
    of electricity off grid; beside a grid it comes on top."""

    price_usd_per_mwh: Annotated[float, Field(ge=0, le=1e6)] | None = Field(
        default=None, description="What a MWh that is not served costs: lost product, or a paid interruption."
    )
    share: Annotated[float, Field(ge=0, le=1.0 - LEAST_SERVED)] | None = Field(
        default=None, description="Most of the year's electric load that may go unserved; with a price alone any."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.price_usd_per_mwh is None and self.share is None:
            raise wrong("missing", "give price_usd_per_mwh, share or both")
        return self


class OwnProfile(Request):
    """Your own hourly capacity factors for one technology, in place of the modelled ones."""

    technology: Generating
    capacity_factor: Profile = Field(description="UTC hours from 1 January, share of the AC rating, 8,760 or 8,784.")


class Flexible(Request):
    """What the electric load can shift: each hour's load in part, earlier or later, its energy unchanged."""

    share: Share = Field(description="Most of each hour's load that may be served in other hours.")
    window_hours: Annotated[int, Field(ge=0, le=8784)] = Field(description="By how many hours at most, either way.")


class Supply(Request):
    """The supply to be sized."""

    technologies: Annotated[list[Technology], Field(min_length=1, max_length=8)] | None = Field(
        default=None,
        description="What may be built. Default on land: single-axis tracking PV, onshore wind, battery, "
        "hydrogen store and hydrogen turbine; at sea: offshore wind in place of the first two.",
        examples=[DEFAULT_TECHNOLOGIES],
    )
    clean_share: Share = Field(
        default=1.0,
        description="Off grid: least share of the load that is served, 0.01 to 1. On grid: least share served clean.",
    )
    matching: Matching = Field(
        default="hourly", description="Over which period imports less exports count against the clean share."
    )
    grid: GridSupply = GridSupply()
    land: Land = Land()
    limits: dict[LimitedTechnology, Limit] = Field(default={}, description="Upper limits by technology.")
    profiles: Annotated[list[OwnProfile], Field(max_length=5)] = Field(
        default=[], description="Your own hourly capacity factors."
    )
    existing: dict[Generating, NonNegative] = Field(
        default={},
        description="MW of a technology that are there already: used free of capital and fixed cost, before any is "
        "added; `limits` and land bound what is added.",
        examples=[{"wind_onshore": 200.0}],
    )
    flexibility: Flexible | None = Field(default=None, description="A load that cannot shift when left out.")
    radius_km: Annotated[float, Field(ge=0, le=300)] | None = Field(
        default=None,
        description="How far from the gate generators may stand, their line priced: the best weather cell within is "
        "taken. 50 about a point, 0 in a polygon or on a stated area when left out.",
    )
    remote: Annotated[list[RemotePlant], Field(max_length=10)] = Field(
        default=[], description="Plants at other places that may supply the site."
    )
    firm: Annotated[list[FirmSupply], Field(max_length=5)] = Field(
        default=[], description="Firm clean supply that may be bought or built: hydro, geothermal, nuclear, a PPA."
    )
    unserved: Unserved | None = Field(
        default=None, description="Load that may go unserved; when left out, what the clean share allows off grid."
    )
    hydrogen_store_type: HydrogenStoreType = Field(
        default="buried_pipe",
        description="Buried pipe needs no special geology; caverns are cheaper where the rock allows them.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        errors = []
        chosen = self.technologies or []
        for index, technology in enumerate(chosen):
            if technology in chosen[:index]:
                errors.append(Wrong(("technologies", index), "duplicate", f"{technology} is listed twice"))
        sources = self.remote or self.firm or self.grid.connected
        if chosen and not set(chosen) & set(GENERATORS) and not sources:
            message = "off grid, at least one generator must be allowed: " + ", ".join(GENERATORS)
            errors.append(Wrong(("technologies",), "conflict", message))
        if "hydrogen_turbine" in chosen and "hydrogen_store" not in chosen:
            errors.append(Wrong(("technologies",), "conflict", "hydrogen_turbine needs hydrogen_store beside it"))
        if not self.grid.connected and self.clean_share < LEAST_SERVED:
            errors.append(SERVED_TOO_LITTLE)
        taken = [*RESERVED, *(f"{plant.name}{MINIMUM}" for plant in self.firm if plant.minimum_mw > 0.0)]
        named_here = [(("remote", index, "name"), plant.name) for index, plant in enumerate(self.remote)]
        named_here += [(("firm", index, "name"), plant.name) for index, plant in enumerate(self.firm)]
        for location, name in named_here:
            if name in taken:
                errors.append(Wrong(location, "duplicate", f"{name} names something else already"))
            taken.append(name)
        named = [profile.technology for profile in self.profiles]
        for index, technology in enumerate(named):
            where = ("profiles", index, "technology")
            if technology in named[:index]:
                errors.append(Wrong(where, "duplicate", "has a profile already"))
            if chosen and technology not in chosen:
                errors.append(Wrong(where, "conflict", f"{technology} is not among supply.technologies"))
        for technology in self.existing:
            if chosen and technology not in chosen:
                message = f"{technology} is not among supply.technologies"
                errors.append(Wrong(("existing", technology), "conflict", message))
        if errors:
            raise all_wrong(errors)
        return self
