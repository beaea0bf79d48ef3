"""The place of a site, its land and where its generators stand, as the answer states them."""

from dataclasses import asdict

from models.figure import Figure
from models.notice import Notice
from service.case.facts import SiteFacts
from service.case.place import Place
from service.schemas import place as schema
from service.supply.option import GeneratorOption
from service.supply.plan import SupplyPlan


def place_answer(place: Place, facts: SiteFacts, country: str | None) -> schema.Place:
    """Where the facts were taken."""
    land = None
    if place.land is not None:
        fields = asdict(place.land)
        fields.pop("warnings")
        lists = {name: list(fields.pop(name)) for name in ("layers", "not_checked")}
        land = schema.LandAnswer(**fields, **lists)
    return schema.Place(
        latitude=place.latitude,
        longitude=place.longitude,
        country=country,
        offshore=facts.country.offshore,
        area_km2=place.area_km2,
        coast_km=facts.sea.coast_km,
        depth_m=facts.sea.depth_m,
        ports=[schema.PortAnswer(**asdict(port)) for port in facts.sea.ports],
        land=land,
    )


def line_figures(option: GeneratorOption) -> tuple[Figure, ...]:
    """The figures of a generator's line to the gate."""
    line = option.stand.line if option.stand is not None else None
    return () if line is None else (line.capex_usd_per_mw, line.annual_cost_usd_per_mw, *line.provenance)


def stand_notices(plan: SupplyPlan) -> list[Notice]:
    """Which generators do not stand at the gate."""
    found = []
    for option in plan.generators:
        if option.stand is None or option.stand.spot.distance_km == 0.0 or option.name != option.technology:
            continue
        spot = option.stand.spot
        detail = (
            f"{option.name} stands {spot.distance_km:.0f} km from the gate, at {spot.latitude:.3f}, "
            f"{spot.longitude:.3f}; supply.radius_km of 0 keeps it at the gate"
        )
        found.append(Notice("supply_elsewhere", detail))
    return found
