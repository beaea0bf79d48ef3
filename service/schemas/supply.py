"""How the process is to be powered: technologies, clean share, grid, limits."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

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
)
from service.schemas.site import MultiPolygon, Point, Polygon

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
RESERVED = (*GENERATORS, "battery", "electrolyser", "hydrogen_store", "hydrogen_turbine", "grid", "load", "unserved")
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
        if chosen and not set(chosen) & set(GENERATORS) and not self.remote and not self.grid.connected:
            message = "off grid, at least one generator must be allowed: " + ", ".join(GENERATORS)
            errors.append(Wrong(("technologies",), "conflict", message))
        if "hydrogen_turbine" in chosen and "hydrogen_store" not in chosen:
            errors.append(Wrong(("technologies",), "conflict", "hydrogen_turbine needs hydrogen_store beside it"))
        if not self.grid.connected and self.clean_share < LEAST_SERVED:
            errors.append(SERVED_TOO_LITTLE)
        remote = [plant.name for plant in self.remote]
        for index, name in enumerate(remote):
            if name in remote[:index] or name in RESERVED:
                errors.append(Wrong(("remote", index, "name"), "duplicate", f"{name} names something else already"))
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
