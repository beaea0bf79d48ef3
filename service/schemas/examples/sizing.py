"""Worked examples of POST /v1/sizing, shown in Swagger UI and run by the tests: two days that repeat."""

from typing import Any

DAY = [0.0] * 6 + [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.9, 0.8, 0.7, 0.5, 0.3, 0.1] + [0.0] * 6
CLOUDY = [round(0.4 * value, 3) for value in DAY]
WIND = [0.5, 0.55, 0.6, 0.6, 0.55, 0.5, 0.4, 0.3, 0.25, 0.2, 0.2, 0.15, 0.15, 0.2, 0.2, 0.25, 0.3, 0.4] + [0.45] * 6
TARIFF = [60.0] * 7 + [95.0] * 4 + [70.0] * 6 + [130.0] * 4 + [80.0] * 3
SOLAR: dict[str, Any] = {"name": "solar", "capacity_factor": DAY + CLOUDY, "annual_cost_usd_per_mw": 51346.83}
FARM: dict[str, Any] = {"name": "wind", "capacity_factor": WIND * 2, "annual_cost_usd_per_mw": 101644.0}
BATTERY = {"annual_cost_usd_per_mwh": 12000, "annual_cost_usd_per_mw": 25000}
HOURS = "Two days that repeat: 48 hours. Send 8,760 or 8,784 values for a year, more for several."

SIZING_EXAMPLES: dict[str, Any] = {
    "battery": {
        "summary": "Sun, wind and a battery",
        "description": HOURS,
        "value": {"load_mw": 100.0, "generators": [SOLAR, FARM], "battery": BATTERY, "hourly": True},
    },
    "hydrogen": {
        "summary": "Hydrogen: electrolyser with a minimum load, store and turbine",
        "description": "A hydrogen load of 20 MW (LHV) beside 100 MW of electricity. " + HOURS,
        "value": {
            "load_mw": 100.0,
            "hydrogen_load_mw": 20.0,
            "generators": [SOLAR, FARM],
            "battery": BATTERY,
            "hydrogen": {
                "electrolyser_annual_cost_usd_per_mw": 188715.78,
                "electrolyser_efficiency": 0.6217,
                "electrolyser_min_load": 0.1,
                "store_annual_cost_usd_per_mwh": 148.319,
                "turbine_annual_cost_usd_per_mw": 47718.67,
                "turbine_efficiency": 0.41,
            },
        },
    },
    "heat": {
        "summary": "Heat: a heat pump and a thermal store",
        "description": "50 MW of heat from a heat pump of COP 2.5, with a store that loses 0.2 % an hour. " + HOURS,
        "value": {
            "load_mw": 10.0,
            "heat_load_mw": 50.0,
            "generators": [SOLAR, FARM],
            "battery": BATTERY,
            "heat": {
                "heater_annual_cost_usd_per_mw": 60000,
                "heater_cop": 2.5,
                "store_annual_cost_usd_per_mwh": 1500,
                "store_standing_loss": 0.002,
            },
        },
    },
    "grid": {
        "summary": "A grid with hourly prices, nine tenths clean, its connection sized too",
        "description": "Imports of at most a tenth of the load over the year; 20 MW of sun are there already. " + HOURS,
        "value": {
            "load_mw": 100.0,
            "generators": [SOLAR | {"existing_mw": 20.0, "max_mw": 400.0}, FARM],
            "battery": BATTERY,
            "grid": {
                "import_price_usd_per_mwh": TARIFF * 2,
                "export_price_usd_per_mwh": 20.0,
                "max_import_mw": 80.0,
                "connection_annual_cost_usd_per_mw": 9000,
            },
            "clean_share": 0.9,
        },
    },
    "flexible-load": {
        "summary": "A load that shifts a fifth by up to six hours, firm supply at a price, unserved energy at another",
        "description": HOURS,
        "value": {
            "load_mw": 100.0,
            "generators": [
                SOLAR,
                FARM,
                {
                    "name": "hydropower",
                    "capacity_factor": [1.0] * 48,
                    "annual_cost_usd_per_mw": 0,
                    "marginal_cost_usd_per_mwh": 90,
                    "max_mw": 30,
                },
            ],
            "battery": BATTERY,
            "flexibility": {"share": 0.2, "window_hours": 6, "min_load_mw": 60},
            "unserved_price_usd_per_mwh": 3000,
        },
    },
}
