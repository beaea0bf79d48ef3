"""What may be built at a site, what an hour of it yields, and what a year of it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from geodata.countries import Countries
from geodata.weather.year import WeatherYear
from models.figure import Figure
from models.investment import construction_factor
from models.land import max_mw
from models.notice import Notice
from models.supply.designs import PVDesign, default_design
from models.technology_cost import TechnologyCost, with_construction
from models.wacc import wacc_for, wacc_notices
from service.case.facts import SiteFacts
from service.case.place import Place, Spot
from service.case.series import on_hours
from service.http.problems import wrong_field
from service.schemas.assessment import AssessmentRequest
from service.schemas.choices import UPLOAD, WeatherChoice
from service.schemas.outside_plants import RemotePlant
from service.schemas.supply_names import GENERATORS
from service.supply.firm import firm_options
from service.supply.hours import capacity_factors
from service.supply.option import GeneratorOption
from service.supply.remote import remote_cost, remote_spot
from service.supply.siting import OFFSHORE, best_stand, spots_around, stand_at
from service.supply.standing import Areas, cannot_stand, movable
from service.supply.technology_choice import check_built, cost_of, plants_of, technologies_of
from service.supply.weather import weather_of

NOTHING_MW = 1e-6  # what is built of what is not


@dataclass(frozen=True, slots=True, eq=False)
class SupplyPlan:
    """All that may be built.

    costs : by plant: battery, electrolyser, hydrogen_store, hydrogen_turbine; heater and thermal_store where the
        process may store heat.
    """

    technologies: tuple[str, ...]
    generators: tuple[GeneratorOption, ...]
    costs: Mapping[str, TechnologyCost]
    plant_wacc: Figure
    country: str | None
    area_km2: float | None
    warnings: tuple[Notice, ...]

    def has(self, name: str) -> bool:
        """True where the technology may be built."""
        return name in self.technologies

    @property
    def has_heater(self) -> bool:
        """True where the process may store heat, so that its heater is sized too."""
        return "heater" in self.costs

    def carrying(self, capacities: Mapping[str, float]) -> "SupplyPlan":
        """The same with the line of each generator that is built priced at what is added of it.

        capacities : MW, what is there included, by `<name>_mw`.
        """
        return replace(self, generators=tuple(_carrying(option, capacities) for option in self.generators))


def plan_supply(request: AssessmentRequest, facts: SiteFacts, place: Place, mean_mw: float) -> SupplyPlan:
    """Technologies, hours and costs for a request at a place; `mean_mw` is the mean demand."""
    warnings: list[Notice] = []
    names = technologies_of(request, facts, warnings)
    check_built(request, names)
    iso3 = request.site.country or facts.country.iso3
    areas = Areas.of(request, place)
    warnings += areas.warnings([name for name in names if name in GENERATORS])
    override = request.finance.capital
    plant_wacc = wacc_for(iso3, "battery", override)
    if override is None:
        first = next((name for name in names if name in GENERATORS), "wind_onshore")
        warnings += wacc_notices(iso3, first)
    generating = [name for name in names if name in GENERATORS]
    # Until they are sized, each is taken to make an equal part of what is asked.
    needed_mw = mean_mw * request.supply.clean_share / max(len(generating) + len(request.supply.remote), 1)
    generators = [_generator(name, request, facts, iso3, areas, place.radius_km, needed_mw) for name in generating]
    generators += [
        # A plant the caller names is given its chance: its line is first priced as if it carried all.
        _remote(index, plant, request, facts, mean_mw * request.supply.clean_share)
        for index, plant in enumerate(request.supply.remote)
    ]
    generators += firm_options(request, iso3, facts.lengths)
    return SupplyPlan(
        technologies=tuple(names),
        generators=tuple(generators),
        costs={
            name: _built(request, cost_of(request, resolved), plant_wacc)
            for name, resolved in plants_of(request).items()
        },
        plant_wacc=plant_wacc,
        country=iso3,
        area_km2=areas.land_km2,
        warnings=tuple(warnings),
    )


def _built(request: AssessmentRequest, cost: TechnologyCost, wacc: Figure) -> TechnologyCost:
    """The cost at the start of operation: with the interest of the construction years, where there are any."""
    return with_construction(cost, construction_factor(wacc.value, request.finance.construction_years))


def _carrying(option: GeneratorOption, capacities: Mapping[str, float]) -> GeneratorOption:
    added = capacities[f"{option.name}_mw"] - option.existing_mw
    if option.stand is None or option.stand.line is None or added <= NOTHING_MW:
        return option
    stand = option.stand.carrying(option.name, option.wacc.value, added)
    return replace(option, stand=stand, cost=replace(stand.cost, technology=option.cost.technology))


def _generator(
    name: str,
    request: AssessmentRequest,
    facts: SiteFacts,
    iso3: str | None,
    areas: Areas,
    radius_km: float,
    needed_mw: float,
) -> GeneratorOption:
    design = default_design(name)
    ratio = design.dc_ac_ratio if isinstance(design, PVDesign) else None
    wacc = wacc_for(iso3, name, request.finance.capital)
    cost = _built(request, cost_of(request, name, ratio), wacc)
    own = next((index for index, item in enumerate(request.supply.profiles) if item.technology == name), None)
    there = request.supply.existing.get(name, 0.0)  # type: ignore[call-overload]  # the name is one of the literal's
    area = areas.of_technology(name)
    room = max_mw(name, area, ratio) if area is not None else None
    limits = [None if room is None else max(room - there, 0.0)]
    if name in request.supply.limits:
        limits.append(request.supply.limits[name].max_mw)
    most = min((limit for limit in limits if limit is not None), default=None)
    stand = None
    if own is None:
        gate = Spot(facts.latitude, facts.longitude, 0.0)
        # What is there already stands where the site is; at sea it stands where it can.
        fixed = not movable(facts) or (there > 0.0 and name not in OFFSHORE)
        spots = spots_around(name, gate, 0.0 if fixed else radius_km)
        if not spots:
            raise cannot_stand(name, request, facts, radius_km)
        stand = best_stand(
            name,
            gate,
            spots,
            lambda spot: facts.weather if spot.distance_km == 0.0 else _weather(spot, request),
            lambda weather: np.concatenate([capacity_factors(design, year) for year in weather]),
            design,
            cost,
            wacc.value,
            needed_mw,
            most,
        )
        hours, cost = stand.capacity_factor, stand.cost
    else:
        profile = request.supply.profiles[own].capacity_factor
        hours = on_hours(profile, facts.lengths, f"/supply/profiles/{own}/capacity_factor")
    return GeneratorOption(
        name=name,
        technology=name,
        capacity_factor=hours,
        cost=cost,
        wacc=wacc,
        existing_mw=there,
        max_mw=most,
        dc_ac_ratio=ratio,
        figures=() if own is not None else design.figures,
        stand=stand,
    )


def _remote(
    index: int, plant: RemotePlant, request: AssessmentRequest, facts: SiteFacts, needed_mw: float
) -> GeneratorOption:
    """A plant at another place: its weather, its country's cost of capital, its line or the charge for transport."""
    name, design = plant.technology, default_design(plant.technology)
    ratio = design.dc_ac_ratio if isinstance(design, PVDesign) else None
    spot = remote_spot(index, plant, facts)
    country = Countries.load().at(spot.latitude, spot.longitude).iso3
    wacc = wacc_for(country, name, request.finance.capital)
    weather = _weather(spot, request)
    if [len(year.time_utc) for year in weather] != facts.lengths:
        wrong = "its weather has other hours than the site's: give weather.years of the same length"
        raise wrong_field(f"/supply/remote/{index}", wrong, "wrong_length")
    hours = np.concatenate([capacity_factors(design, year) for year in weather]) * (1.0 - plant.losses_share)
    cost = remote_cost(plant, _built(request, cost_of(request, name, ratio), wacc), float(hours.mean()))
    gate, own_line = Spot(facts.latitude, facts.longitude, 0.0), plant.transport_usd_per_mwh is None
    stand = stand_at(
        plant.name, gate, spot, weather, hours, cost, wacc.value, needed_mw, plant.max_mw, with_own_line=own_line
    )
    return GeneratorOption(
        name=plant.name,
        technology=name,
        capacity_factor=hours,
        cost=replace(stand.cost, technology=plant.name),
        wacc=wacc,
        existing_mw=0.0,
        max_mw=plant.max_mw,
        dc_ac_ratio=ratio,
        figures=design.figures,
        stand=stand,
    )


def _weather(spot: Spot, request: AssessmentRequest) -> tuple[WeatherYear, ...]:
    """The weather of another place; an upload is of its own place alone, so the embedded climate stands in."""
    choice = request.weather
    if choice.source.startswith(UPLOAD):
        choice = WeatherChoice(source="climatology", years=choice.years)
    return weather_of(spot.latitude, spot.longitude, choice).years
