"""The electrolyser that the tests of demand reckon with: 50 kWh/kg, band 47-57."""

from models.figure import Figure

ELECTROLYSER = Figure("electrolyser", 50.0, "kWh/kg", "test", low=47.0, high=57.0)
EXACT = Figure("electrolyser", 50.0, "kWh/kg", "test")
