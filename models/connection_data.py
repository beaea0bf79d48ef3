"""The packaged figures of the grid connection, converted once to USD of 2025."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from models.figure import Figure, Status
from models.money import to_usd_2025

ByVoltage = Mapping[str, Mapping[float, float]]


@dataclass(frozen=True, slots=True)
class ConnectionData:
    """Figures by planning guide and voltage, USD of 2025; the European ones as `Figure`s."""

    central_guide: str
    guide_source: str
    guide_year: int
    line_capacity_mw: Mapping[float, float]
    line_usd_per_km: ByVoltage
    new_substation_usd: ByVoltage
    substation_upgrade_usd: ByVoltage
    transformer_usd_per_mva: Figure
    detour_factor: Figure
    short_line_slope_per_km: float
    short_line_below_km: float
    hvac_overhead_usd_per_mw_km: Figure
    hvac_submarine_usd_per_mw_km: Figure
    hvdc_submarine_usd_per_mw_km: Figure
    hvdc_converter_pair_usd_per_mw: Figure
    fixed_opex_share_overhead: Figure
    fixed_opex_share_submarine: Figure
    lifetime_years: Figure
    way_multipliers: Mapping[str, Figure]
    way_from_slope: Mapping[str, float]
    hvac_submarine_most_km: Figure
    submarine_band_low: float
    submarine_band_high: float

    def by_guide(self, table: ByVoltage, voltage_kv: float) -> dict[str, float]:
        """Figure of each guide at a voltage: linear between the voltages it lists, held beyond them."""
        return {
            guide: float(np.interp(voltage_kv, sorted(row), [row[kv] for kv in sorted(row)]))
            for guide, row in table.items()
        }

    def voltage_class_kv(self, voltage_kv: float) -> float:
        """The listed voltage next to a mapped one: 220 kV counts as 230, 132 as 138, 400 as 345."""
        return min(self.line_capacity_mw, key=lambda listed: abs(listed - voltage_kv))

    def least_kv(self, class_kv: float) -> float:
        """The lowest mapped voltage that counts as a class or above: halfway to the class below."""
        below = [listed for listed in self.line_capacity_mw if listed < class_kv]
        return (max(below) + class_kv) / 2.0 if below else 0.0


@cache
def connection_data() -> ConnectionData:
    """The packaged file, read once."""
    raw = yaml.safe_load((files("models") / "data" / "connection.yaml").read_text(encoding="utf-8"))
    currency, year = raw["currency"], raw["price_year"]
    eu, sea, transformer, detour = (
        raw["european"],
        raw["submarine"],
        raw["transformer_usd_per_mva"],
        raw["detour_factor"],
    )

    def guides(name: str) -> dict[str, dict[float, float]]:
        return {
            guide: {float(kv): to_usd_2025(value, currency, year) for kv, value in row.items()}
            for guide, row in raw[name].items()
        }

    def european(name: str, value: float, unit: str, band: bool = False, money: bool = True) -> Figure:
        usd = to_usd_2025(value, eu["currency"], eu["price_year"]) if money else float(value)
        return Figure(
            name=f"connection.{name}",
            value=usd,
            unit=unit,
            source=eu["source"],
            year=eu["price_year"],
            low=usd * sea["band"]["low"] if band else None,
            high=usd * sea["band"]["high"] if band else None,
            status=Status(eu["status"]),
            note=f"band: {sea['source']} ({sea['status']})" if band else "",
        )

    def multiplier(name: str, value: float) -> Figure:
        return Figure(f"connection.{name}", value, "1", raw["source"], year, status=Status(raw["status"]))

    shares = eu["fixed_opex_share"]
    per_mw_km = "USD/MW/km"
    return ConnectionData(
        central_guide=raw["central_guide"],
        guide_source=raw["source"],
        guide_year=year,
        line_capacity_mw={float(kv): float(mw) for kv, mw in raw["line_capacity_mw"].items()},
        line_usd_per_km=guides("line_usd_per_km"),
        new_substation_usd=guides("new_substation_usd"),
        substation_upgrade_usd=guides("substation_upgrade_usd"),
        transformer_usd_per_mva=Figure(
            "connection.transformer_usd_per_mva",
            to_usd_2025(transformer["central"], currency, year),
            "USD/MVA",
            raw["source"],
            year,
            to_usd_2025(transformer["low"], currency, year),
            to_usd_2025(transformer["high"], currency, year),
        ),
        detour_factor=Figure(
            "connection.detour_factor",
            detour["central"],
            "km/km",
            detour["source"],
            low=detour["low"],
            high=detour["high"],
            status=Status(detour["status"]),
        ),
        short_line_slope_per_km=raw["short_line"]["slope_per_km"],
        short_line_below_km=raw["short_line"]["below_km"],
        hvac_overhead_usd_per_mw_km=european("hvac_overhead_usd_per_mw_km", eu["hvac_overhead_per_mw_km"], per_mw_km),
        hvac_submarine_usd_per_mw_km=european(
            "hvac_submarine_usd_per_mw_km", eu["hvac_submarine_per_mw_km"], per_mw_km, band=True
        ),
        hvdc_submarine_usd_per_mw_km=european(
            "hvdc_submarine_usd_per_mw_km", eu["hvdc_submarine_per_mw_km"], per_mw_km, band=True
        ),
        hvdc_converter_pair_usd_per_mw=european(
            "hvdc_converter_pair_usd_per_mw", 1000 * eu["hvdc_converter_pair_per_kw"], "USD/MW", band=True
        ),
        fixed_opex_share_overhead=european("fixed_opex_share_overhead", shares["overhead"], "1/year", money=False),
        fixed_opex_share_submarine=european("fixed_opex_share_submarine", shares["submarine"], "1/year", money=False),
        lifetime_years=european("lifetime_years", eu["lifetime_years"], "years", money=False),
        way_multipliers={
            name: multiplier(f"{name}_multiplier", value)
            for name, value in {
                **raw["land_use_multipliers"],
                **{name: row["multiplier"] for name, row in raw["slope_multipliers"].items()},
            }.items()
        },
        way_from_slope={name: float(row["from_slope"]) for name, row in raw["slope_multipliers"].items()},
        hvac_submarine_most_km=Figure(
            "connection.hvac_submarine_most_km",
            float(sea["hvac_most_km"]),
            "km",
            sea["source"],
            status=Status(sea["status"]),
        ),
        submarine_band_low=sea["band"]["low"],
        submarine_band_high=sea["band"]["high"],
    )
