"""Worked examples of POST /v1/comparisons, shown in Swagger UI and run by the tests."""

from typing import Any

BODEN = {"name": "Boden", "location": {"type": "Point", "coordinates": [21.69, 65.83]}}

COMPARISON_EXAMPLES: dict[str, Any] = {
    "clean-share-curve": {
        "summary": "Green steel in Boden: the cost of the last per cent, off and on the grid",
        "description": "Clean shares of 80, 90, 95 and 100 %, with and without a grid.",
        "value": {
            "base": {
                "site": BODEN,
                "process": {"id": "steel-h2-dri-eaf", "capacity_t_per_year": 2500000},
                "supply": {"grid": {"max_import_mw": 400}},
            },
            "designs": [{"grid": False}, {"grid": True}],
            "clean_shares": [0.8, 0.9, 0.95, 1.0],
        },
    },
    "processes": {
        "summary": "Boden: which process",
        "description": "Three processes at one site, each at the size of the catalogue.",
        "value": {
            "base": {"site": BODEN, "supply": {"clean_share": 0.95}},
            "processes": ["steel-h2-dri-eaf", "aluminium", {"id": "ammonia", "capacity_t_per_year": 300000}],
        },
    },
    "designs": {
        "summary": "Pilbara: what hydrogen and tracking are worth",
        "description": "A load of 100 MW off grid; hydrogen as a store of power, panels that follow the sun, and "
        "alternatives as merge patches.",
        "value": {
            "base": {
                "site": {"location": {"type": "Point", "coordinates": [118.6, -20.7]}},
                "process": {"id": "custom", "load_mw": 100},
            },
            "designs": [
                {"hydrogen": True, "tracking": True},
                {"hydrogen": False, "tracking": True},
                {"hydrogen": True, "tracking": False},
            ],
            "alternatives": [
                {
                    "name": "firm power at 120 USD/MWh",
                    "change": {"supply": {"firm": [{"name": "ppa", "price_usd_per_mwh": 120}]}},
                },
                {"name": "capital at 4 %", "change": {"finance": {"wacc": 0.04}}},
            ],
        },
    },
}
