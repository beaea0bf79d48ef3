"""Places by name, from what ships: countries, sea ports, power plants, industrial plants and projects."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from geodata.countries import Countries
from geodata.grid import GridIndex
from geodata.industry import ProjectIndex
from geodata.sea import LandMap
from service.web.basemap import drawn_outlines, inner_point

MOST = 12


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that can be found by its name; `weight` orders equals, the heaviest first."""

    name: str
    kind: str
    latitude: float
    longitude: float
    weight: float


def plain(name: str) -> str:
    """A name without accents and case, as people type it."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold().strip()


@cache
def gazetteer() -> tuple[list[NamedPlace], list[str]]:
    """Every named place, and its name as it is searched."""
    names = dict(Countries.load().names())
    largest = {code: area for area, code in sorted(drawn_outlines(), key=lambda pair: pair[0].area)}
    places = []
    for code, area in largest.items():
        longitude, latitude = inner_point(area)
        places.append(NamedPlace(names[code], "country", latitude, longitude, area.area))
    places += [NamedPlace(name, "port", y, x, 0.0) for name, (x, y) in LandMap.load().named_ports()]
    plants = GridIndex.load().plants
    for name, (x, y), fuel, size in zip(plants.names, plants.places, plants.fuel, plants.capacity_mw, strict=True):
        places.append(NamedPlace(name, f"power plant, {fuel.lower()}", float(y), float(x), float(size)))
    index = ProjectIndex.load()
    for row in index.find()[0]:
        found = index.project(int(row))
        if found.latitude is not None and found.longitude is not None:
            places.append(NamedPlace(found.name, f"plant, {found.sector}", found.latitude, found.longitude, 0.0))
    return places, [plain(place.name) for place in places]


def find(query: str) -> list[dict[str, str | float]]:
    """The best matches: whole names first, then beginnings of names, of words, then any part."""
    wanted = plain(query)
    if not wanted:
        return []
    places, names = gazetteer()
    hits = [row for row, name in enumerate(names) if wanted in name]

    def order(row: int) -> tuple[int, int, float, str]:
        name, place = names[row], places[row]
        fit = 0 if name == wanted else 1 if name.startswith(wanted) else 2 if f" {wanted}" in name else 3
        return fit, place.kind != "country", -place.weight, name

    return [
        {
            "name": place.name,
            "kind": place.kind,
            "latitude": round(place.latitude, 4),
            "longitude": round(place.longitude, 4),
        }
        for place in (places[row] for row in sorted(hits, key=order)[:MOST])
    ]
