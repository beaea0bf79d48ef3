"""How the process is to be powered: technologies, clean share, grid, limits."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from service.schemas.base import (
    LEAST_SERVED,
    SERVED_TOO_LITTLE,
    NonNegative,
    Request,
    Share,
    Wrong,
    all_wrong,
    wrong,
)
from service.schemas.outside_plants import FirmSupply, RemotePlant
from service.schemas.site import MultiPolygon, Polygon
from service.schemas.supply_names import (
    DEFAULT_TECHNOLOGIES,
    GENERATORS,
    MINIMUM,
    RESERVED,
    Generating,
    HydrogenStoreType,
    LimitedTechnology,
    Matching,
    PriceSeries,
    Profile,
    Technology,
)
from service.schemas.way import ConnectionWay


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
