"""Where generators can stand at all: land and sea of a site, and what to say where there is none."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.notice import Notice
from service.case.facts import SiteFacts
from service.case.place import Place
from service.http.problems import ProblemError, wrong_field
from service.schemas.assessment import AssessmentRequest
from service.supply.siting import DEPTHS_M, OFFSHORE

MOST_DEPTH_M = max(most for _, most in DEPTHS_M.values())


@dataclass(frozen=True, slots=True)
class Areas:
    """What bounds generators, km2; None where nothing does."""

    land_km2: float | None
    sea_km2: float | None
    off_the_map: bool

    @classmethod
    def of(cls, request: AssessmentRequest, place: Place) -> "Areas":
        """The caller's own area for every technology; else usable land and sea of the polygon or circle.

        Where the map shows no land at all there may be an islet: land is then not bounded, with a warning.
        """
        given = request.supply.land.available_km2
        if given is not None:
            return cls(given, given, False)
        if place.land is None:
            return cls(None, None, False)
        land = place.land
        off_the_map = place.area_km2 is None and land.area_km2 - land.sea_km2 < 1e-6 * land.area_km2
        return cls(None if off_the_map else land.usable_km2, land.sea_km2 or None, off_the_map)

    def of_technology(self, name: str) -> float | None:
        """The area for one technology."""
        return self.sea_km2 if name in OFFSHORE else self.land_km2

    def warnings(self, names: Iterable[str]) -> list[Notice]:
        """What the caller should know of the bounds."""
        if self.off_the_map and any(name not in OFFSHORE for name in names):
            detail = "the map (1:10 million) shows no land here: the land of an islet is not known and bounds nothing"
            return [Notice("land_not_on_map", detail)]
        return []


def movable(facts: SiteFacts) -> bool:
    """True where the weather of other places is at hand: a user's own hours are those of one place."""
    return all(year.source == "climatology" for year in facts.weather)


def cannot_stand(name: str, request: AssessmentRequest, facts: SiteFacts, radius_km: float) -> ProblemError:
    """The problem to raise where an offshore technology finds no water of its depth: asked for by name, or by default
    at a place at sea, where it is the place that does not suit."""
    least, most = DEPTHS_M[name]
    where = f"within {radius_km:g} km of the site" if radius_km > 0.0 else "at the site"
    if request.supply.technologies is None:
        detail = (
            f"there is no land here: the place lies at sea, {facts.depth_m:,.0f} m deep and "
            f"{facts.sea.coast_km:,.0f} km from the nearest coast, and no water {where} is shallow enough for "
            f"wind turbines (at most {MOST_DEPTH_M:,.0f} m); ask for a place on land or nearer a coast, or, if this "
            "is an islet that the map leaves out, name what may be built in supply.technologies, such as pv_fixed "
            "and battery"
        )
        return wrong_field("/site/location", detail, "cannot_stand")
    detail = f"{name} stands in {least:g} to {most:g} m of water, and the map (20 minutes) shows none {where}"
    place = [str(chosen) for chosen in request.supply.technologies].index(name)
    return wrong_field(f"/supply/technologies/{place}", detail, "cannot_stand")
