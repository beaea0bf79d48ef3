"""What following the supply is worth at one place: python -m tests.validation.flexibility [longitude latitude].

Every process of the catalogue with its defaults, met hour by hour and with its stated steps flexible; then boilers
without and with a thermal store. Off grid, all of the load served.
"""

import sys
from typing import Any

from models.demand.catalogue import catalogue
from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.uses.assess import assess

BODEN = (21.69, 65.83)
STORED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("process-heat", {"heater": "electrode_boiler", "supply_temperature_c": 180.0}),
    ("process-heat", {}),
    ("pulp-paper", {"pulp": "recycled"}),
    ("food-beverage", {}),
)


def assessed(place: tuple[float, float], **process: Any) -> Assessment:
    """The answer for a process at a place."""
    site = {"location": {"type": "Point", "coordinates": list(place)}}
    return assess(AssessmentRequest.model_validate({"site": site, "process": process}))


def main(longitude: float = BODEN[0], latitude: float = BODEN[1]) -> None:
    """Print both tables as Markdown."""
    place = (longitude, latitude)
    print("| Process | Shifts | of the load | hours | Power and hydrogen, MUSD a year | flexible | less |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for process in catalogue().values():
        if process.is_custom:
            continue
        stated = assessed(place, id=process.id, flexibility="stated")
        flexible = stated.demand.load_profile.flexible
        if flexible is None:
            continue
        before = assessed(place, id=process.id).cost.total_annual_cost_usd / 1e6
        after = stated.cost.total_annual_cost_usd / 1e6
        steps = ", ".join(flexible.steps)
        row = f"| `{process.id}` | {steps} | {flexible.share:.0%} | {flexible.window_hours} |"
        print(f"{row} {before:,.1f} | {after:,.1f} | {1.0 - after / before:.1%} |")
    print()
    print("| Heat | heater | without store, MUSD a year | with store and heater | MW of heat | store, h of the mean |")
    print("|---|---|---:|---:|---:|---:|")
    for name, parameters in STORED:
        before = assessed(place, id=name, parameters=parameters).cost.total_annual_cost_usd / 1e6
        answer = assessed(place, id=name, parameters=parameters | {"thermal_store": True})
        heat = answer.supply.heat
        assert heat is not None  # a store was asked for
        after = answer.cost.total_annual_cost_usd / 1e6
        hours = heat.thermal_store_mwh / (answer.demand.heat_mwh_per_year / 8760.0)
        print(f"| `{name}` | {heat.heater} | {before:,.1f} | {after:,.1f} | {heat.heater_mw:,.0f} | {hours:.0f} |")


if __name__ == "__main__":
    main(*(float(argument) for argument in sys.argv[1:3]))
