"""The use case of GET /v1/grid/nearest: what of the grid is near a place, and what joining it costs."""

from geodata.countries import Countries
from geodata.grid import GridIndex, Kind
from models.wacc import wacc_notices
from service.answer.grid import connection_answer, features, grid_facts
from service.answer.tracing import caveats
from service.money.connecting import joining
from service.schemas.grid import GridLookup, NearestGrid


def nearest_grid(asked: GridLookup) -> NearestGrid:
    """The nearest line, substation and plant, `k` of each; a priced connection where a power is asked for."""
    index, here = GridIndex.load(), (asked.latitude, asked.longitude)
    near = index.nearest(*here, min_voltage_kv=asked.min_voltage_kv, min_plant_mw=asked.min_plant_mw, fuel=asked.fuel)
    country = Countries.load().at(*here).iso3
    joined = None if asked.required_mw is None else joining(*here, asked.required_mw, country, None, asked)
    lines, substations, power_plants = (
        features(
            index.features(*here, kind, asked.k, asked.min_voltage_kv, min_plant_mw=asked.min_plant_mw, fuel=asked.fuel)
        )
        for kind in Kind
    )
    return NearestGrid(
        **grid_facts(near).model_dump(),
        latitude=asked.latitude,
        longitude=asked.longitude,
        country=country,
        lines=lines,
        substations=substations,
        plants=power_plants,
        connection=connection_answer(joined),
        warnings=caveats(near.warnings, *((joined.cost.warnings, wacc_notices(country)) if joined is not None else ())),
    )
