"""A plant at another place that may supply the site: a PPA at its price, or a plant built at cost."""

from dataclasses import replace

from geodata.sea import LandMap
from geodata.search.ellipsoid import GEOD
from geodata.weather.table import ClimateTable
from models.figure import Figure, Status
from models.technology_cost import TechnologyCost
from service.case.facts import SiteFacts
from service.case.place import Spot
from service.http.problems import wrong_field
from service.schemas.outside_plants import RemotePlant
from service.supply.siting import DEPTHS_M, OFFSHORE

HOURS = 8760.0
GIVEN = "given"


def remote_spot(index: int, plant: RemotePlant, facts: SiteFacts) -> Spot:
    """Where it stands. Raises ProblemError where its technology cannot: wind at sea on land, or too deep."""
    longitude, latitude = plant.location.coordinates
    distance = float(GEOD.inv(facts.longitude, facts.latitude, longitude, latitude)[2]) / 1000.0
    sea = LandMap.load().at(latitude, longitude, 1)
    depth = ClimateTable.load().at(latitude, longitude).depth_m if sea.at_sea else 0.0
    if plant.technology in OFFSHORE:
        least, most = DEPTHS_M[plant.technology]
        reason = None
        if not sea.at_sea:
            reason = f"{plant.technology} stands at sea; this is land, {sea.coast_km:,.0f} km from a coast"
        elif not least <= depth <= most:
            reason = f"{plant.technology} stands in {least:g} to {most:g} m of water; here it is {depth:,.0f} m deep"
        if reason is not None:
            raise wrong_field(f"/supply/remote/{index}/location", reason, "cannot_stand")
    return Spot(latitude, longitude, distance, depth)


def remote_cost(plant: RemotePlant, built: TechnologyCost, capacity_factor: float) -> TechnologyCost:
    """What a MW of it costs: its price for all it makes, as produced, or its own cost; transport comes on top."""
    cost = built
    if plant.price_usd_per_mwh is not None:
        yearly = plant.price_usd_per_mwh * capacity_factor * HOURS
        note = f"{plant.price_usd_per_mwh:g} USD/MWh for every MWh made, as produced"
        paid = Figure(
            f"{plant.name}.price_usd_per_mw_year", yearly, "USD/MW/year", GIVEN, status=Status.GIVEN, note=note
        )
        nothing = Figure(f"{plant.name}.capex_usd_per_mw", 0.0, "USD/MW", GIVEN, status=Status.GIVEN)
        cost = replace(built, capex_usd_per_mw=nothing, fixed_opex_usd_per_mw_year=paid, variable_opex_usd_per_mwh=None)
    if plant.transport_usd_per_mwh:
        own = cost.variable_opex_usd_per_mwh.value if cost.variable_opex_usd_per_mwh else 0.0
        moved = Figure(
            f"{plant.name}.variable_opex_usd_per_mwh",
            own + plant.transport_usd_per_mwh,
            "USD/MWh",
            GIVEN,
            status=Status.GIVEN,
            note=f"of it {plant.transport_usd_per_mwh:g} for transport",
        )
        cost = replace(cost, variable_opex_usd_per_mwh=moved)
    return cost
