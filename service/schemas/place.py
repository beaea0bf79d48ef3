"""Where a site lies, its land, and where its generators stand."""

from pydantic import Field

from service.schemas.base import Response


class PortAnswer(Response):
    """A sea port nearby."""

    name: str
    latitude: float
    longitude: float
    distance_km: float


class LandAnswer(Response):
    """Land of the polygon, or of the circle about the point, km2; what is in two parts counts once, in this order."""

    area_km2: float
    sea_km2: float
    lake_km2: float
    urban_km2: float
    excluded_km2: float = Field(description="By this instance's own layers.")
    usable_km2: float
    broad_slope: float = Field(description="Rise over run at `slope_resolution`; a hillside is steeper.")
    slope_resolution: str
    layers: list[str] = Field(description="Own layers that were applied.")
    not_checked: list[str]


class Place(Response):
    """Where the facts were taken."""

    latitude: float
    longitude: float
    country: str | None
    offshore: bool
    area_km2: float | None = Field(description="Of a polygon; geodesic.")
    coast_km: float = Field(description="To the nearest coast.")
    depth_m: float | None = Field(description="Of the sea here; 20 arc-minutes. Null on land.")
    ports: list[PortAnswer]
    land: LandAnswer | None


class Stand(Response):
    """Where a generator stands, and its line to the gate, whose cost is in the generator's."""

    latitude: float
    longitude: float
    distance_km: float = Field(description="From the gate, straight.")
    depth_m: float = Field(description="Of the sea; 20 arc-minutes. 0 on land.")
    line_km: float = Field(description="Detour included, and twice the depth; 0 at the gate or over the grid.")
    line_voltage_kv: float | None = Field(description="Of its part on land: the least that carries what is built.")
    line_circuits: int
    line_undersea_share: float
    line_capex_usd_per_mw: float = Field(description="At `line_mw`; band in the provenance.")
    line_usd_per_mw_year: float
    line_mw: float = Field(description="Power the line is priced at: what is built; an estimate where nothing is.")
    max_mw: float | None = Field(description="What land, sea or the caller allow.")
