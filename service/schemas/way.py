"""The ground of a connection's way, as the caller knows it and as the answer states it."""

from typing import Self

from pydantic import BaseModel, Field, model_validator

from models.connection_way import LAND_USE, TERRAIN
from service.schemas.base import Request, Response, Share, Wrong, all_wrong

OF_THE_WAY = "of the way's part on land; "


class WayFields(BaseModel):
    """Shares of the way to the grid on land, where the caller knows them; each makes the overhead line dearer."""

    forest_share: Share | None = Field(default=None, description=f"Forest, {OF_THE_WAY}2.25 times the cost.")
    wetland_share: Share | None = Field(default=None, description=f"Wetland, {OF_THE_WAY}1.2 times.")
    suburban_share: Share | None = Field(default=None, description=f"Suburbs, {OF_THE_WAY}1.3 times.")
    urban_share: Share | None = Field(
        default=None, description=f"Towns, {OF_THE_WAY}1.59 times; the map's when left out."
    )
    hill_share: Share | None = Field(
        default=None, description=f"Hills, {OF_THE_WAY}1.4 times; by the slopes of a 20-minute grid when left out."
    )
    mountain_share: Share | None = Field(default=None, description=f"Mountains, {OF_THE_WAY}1.75 times; as hills.")

    @model_validator(mode="after")
    def _within_one(self) -> Self:
        errors = []
        for names in (LAND_USE, TERRAIN):
            given = {f"{name}_share": getattr(self, f"{name}_share") for name in names}
            shares = {name: share for name, share in given.items() if share is not None}
            if sum(shares.values()) > 1.0 + 1e-9:
                message = f"{', '.join(shares)} are {sum(shares.values()):g} together; at most 1"
                errors += [Wrong((name,), "out_of_range", message) for name in shares]
        if errors:
            raise all_wrong(errors)
        return self


class ConnectionWay(WayFields, Request):
    """Shares of the way to the grid on land, where you know them; each makes the overhead line dearer."""


class WayAnswer(Response):
    """The way as priced. Shares but the first are of its part on land; null where nothing tells, and not priced."""

    undersea_share: float = Field(description="Of the whole way, priced as submarine cable.")
    urban_share: float
    suburban_share: float | None
    forest_share: float | None
    wetland_share: float | None
    hill_share: float = Field(description="By the slopes of a grid of `slope_resolution`, unless you gave it.")
    mountain_share: float
    slope_resolution: str
    not_checked: list[str]
