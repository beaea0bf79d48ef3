"""Twelve places on six continents and two at sea: the table of docs/validation.md, from one command.

`python -m tests.validation.places` assesses a green steel plant of 1 Mt a year at each, off grid, and writes
the table. Each row is held against figures of others; where it lies outside, the row says why.

Hydrogen, USD/kg, is held against the Mission Possible Partnership's H2 model (firm supply from dedicated wind and
sun: US 4.0, Europe 5.1, Middle East 5.5, Africa 4.8, Australia 4.5) to 25 %, elsewhere against the span of these,
and in Minnesota also against NREL's H2Integrate example at the same place (7.48). A row outside is assessed again with
a salt cavern and the cheapest electrolyser of the sources: in which the defaults are more cautious.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.uses.assess import assess

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
BEGIN, END = "<!-- places: begin -->", "<!-- places: end -->"
PROCESS = {"id": "steel-h2-dri-eaf", "capacity_t_per_year": 1_000_000.0}


@dataclass(frozen=True)
class Expected:
    """A place, and what is expected there.

    pv, wind : capacity factors of tracking PV and of the place's wind. grid_km : to the nearest line.
    hydrogen : USD/kg, from the sources above. note : why a row is dear though nothing in it is outside its range.
    """

    name: str
    latitude: float
    longitude: float
    pv: tuple[float, float]
    wind: tuple[float, float]
    grid_km: tuple[float, float]
    hydrogen: tuple[float, float]
    note: str = ""


ATLAS = "Global Wind Atlas at 0.25 degrees smooths the ridges and coasts where farms stand"
EUROPE, AFRICA, AUSTRALIA, MIDDLE_EAST = (3.8, 6.4), (3.6, 6.0), (3.4, 5.6), (4.1, 6.9)
MINNESOTA, ELSEWHERE = (3.0, 8.2), (3.0, 6.9)
PLACES = (
    Expected("Boden, Sweden", 65.83, 21.69, (0.10, 0.16), (0.20, 0.40), (0, 20), EUROPE),
    Expected("Duisburg, Germany", 51.48, 6.73, (0.11, 0.16), (0.22, 0.38), (0, 10), EUROPE),
    Expected("Port Hedland, Australia", -20.40, 118.60, (0.27, 0.35), (0.24, 0.42), (0, 20), AUSTRALIA),
    Expected("Calama, Chile", -22.46, -68.93, (0.32, 0.42), (0.20, 0.40), (0, 30), ELSEWHERE),
    Expected("NEOM, Saudi Arabia", 28.00, 35.20, (0.28, 0.36), (0.25, 0.50), (0, 150), MIDDLE_EAST),
    Expected("Saldanha, South Africa", -33.00, 17.95, (0.25, 0.33), (0.30, 0.48), (0, 20), AFRICA),
    Expected("Nouadhibou, Mauritania", 20.93, -17.03, (0.24, 0.34), (0.45, 0.65), (0, 500), AFRICA),
    Expected("Jamnagar, India", 22.47, 70.06, (0.22, 0.30), (0.22, 0.40), (0, 20), ELSEWHERE),
    Expected("Hokkaido, Japan", 43.00, 141.60, (0.13, 0.20), (0.20, 0.40), (0, 30), ELSEWHERE),
    Expected("Minnesota Iron Range, USA", 47.52, -92.54, (0.16, 0.23), (0.25, 0.42), (0, 20), MINNESOTA),
    Expected("Ceara, Brazil", -3.55, -38.85, (0.22, 0.31), (0.32, 0.55), (0, 30), ELSEWHERE),
    Expected("Inner Mongolia, China", 40.66, 109.84, (0.21, 0.29), (0.22, 0.42), (0, 300), ELSEWHERE),
    Expected(
        "Dogger Bank, North Sea",
        54.80,
        2.00,
        (0.0, 1.0),
        (0.45, 0.62),
        (100, 300),
        EUROPE,
        "wind at sea costs twice what it does on land (IRENA 2024: Europe 80, land 34 USD/MWh)",
    ),
    Expected(
        "Gulf of Mexico",
        27.50,
        -93.00,
        (0.0, 1.0),
        (0.32, 0.48),
        (100, 400),
        ELSEWHERE,
        "floating wind over deep water, of which little is built",
    ),
)


def run(place: Expected, **changes: Any) -> Assessment:
    """The assessment of a place."""
    request = {
        "site": {"name": place.name, "location": {"type": "Point", "coordinates": [place.longitude, place.latitude]}},
        "process": PROCESS,
    }
    at_gate = {"radius_km": 0}  # the expected ranges are those of the place, not of the best cell around it
    supply = {"supply": at_gate | changes.get("supply", {})}
    return assess(AssessmentRequest.model_validate(request | changes | supply))


def hydrogen_of(answer: Assessment) -> float:
    """Levelised cost of hydrogen, USD/kg."""
    value = answer.cost.levelised_cost_of_hydrogen_usd_per_kg
    assert value is not None  # green steel takes hydrogen
    return value


def cheaper(place: Expected, answer: Assessment) -> float:
    """Hydrogen, USD/kg, with a salt cavern and the electrolyser at the low end of its sources."""
    low = {
        figure.figure.removeprefix("electrolyser."): figure.low
        for figure in answer.provenance
        if figure.figure in ("electrolyser.capex_usd_per_mw", "electrolyser.fixed_opex_usd_per_mw_year")
    }
    again = run(place, supply={"hydrogen_store_type": "salt_cavern"}, finance={"costs": {"electrolyser": low}})
    return hydrogen_of(again)


def row(place: Expected, answer: Assessment) -> str:
    """One line of the table."""
    found = {generator.technology: generator.capacity_factor for generator in answer.supply.generators}
    pv = found.get("pv_tracking")
    wind = next(value for name, value in found.items() if name.startswith("wind"))
    line = answer.grid.nearest_line
    assert line is not None
    remarks = []
    for label, value, (low, high) in (("PV", pv, place.pv), ("wind", wind, place.wind)):
        if value is not None and not low <= value <= high:
            remarks.append(f"{label} outside {low:.2f}-{high:.2f}: {ATLAS}")
    if not place.grid_km[0] <= line.distance_km <= place.grid_km[1]:
        remarks.append(f"grid outside {place.grid_km[0]:g}-{place.grid_km[1]:g} km")
    if line.distance_high_km - line.distance_low_km > 30.0:
        plant = answer.grid.nearest_plant
        remarks.append(
            f"map {answer.grid.completeness}: the line may be nearer"
            + (f", a power plant stands at {plant.distance_km:.0f} km" if plant else "")
        )
    hydrogen, (low, high) = hydrogen_of(answer), place.hydrogen
    if not low <= hydrogen <= high:
        why = f"{cheaper(place, answer):.1f} with a salt cavern and the cheapest electrolyser of the sources"
        remarks.append(f"hydrogen outside {low:.1f}-{high:.1f}: {why}" + (f"; {place.note}" if place.note else ""))
    assert answer.solution.relative_gap <= 1e-6
    cost = answer.cost
    columns = [
        place.name,
        "-" if pv is None else f"{pv:.3f}",
        f"{wind:.3f}",
        f"{line.distance_km:.1f} ({line.distance_low_km:.0f}-{line.distance_high_km:.0f})",
        f"{cost.levelised_cost_of_clean_power_usd_per_mwh:.0f} ({cost.low:.0f}-{cost.high:.0f})",
        f"{hydrogen:.1f}",
        "; ".join(remarks) or "plausible",
    ]
    return "| " + " | ".join(columns) + " |"


def main() -> None:
    """Assess every place and write the table into the page."""
    lines = [
        "| Place | PV capacity factor | Wind capacity factor | Line, km (band) | Clean power, USD/MWh (band) "
        "| Hydrogen, USD/kg | Remarks |",
        "|---|---|---|---|---|---|---|",
    ]
    for place in PLACES:
        lines.append(row(place, run(place)))
        print(lines[-1], flush=True)
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
