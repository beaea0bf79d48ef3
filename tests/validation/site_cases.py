"""Published costs at named sites, assessed whole with the inputs they state; embedded weather but in Minnesota."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from models.cost_table import LHV_KWH_PER_KG
from models.finance import annuity
from models.money import money_table
from models.technologies import technology
from service.schemas.answer import Assessment
from service.schemas.assessment import AssessmentRequest
from service.uses.assess import assess
from tests.validation.test_climate import pv_of, real_year, wind_of

ATACAMA, PATAGONIA = (-68.9, -22.5), (-67.5, -46.5)
TEXAS, MINNESOTA = (-100.18, 32.317), (-92.5366, 47.5233)


@cache
def _answer(key: str) -> Assessment:
    return assess(AssessmentRequest.model_validate(_REQUESTS[key]()))


def _request(place: tuple[float, float], process: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"site": {"location": {"type": "Point", "coordinates": list(place)}}, "process": process} | rest


def _electrolyser(eur_per_kw: float, price_year: int) -> dict[str, Any]:
    """An electrolyser of another author's price, and 3 % of it a year to run."""
    usd_per_mw = eur_per_kw * 1000.0 * money_table().usd_2025_per("EUR", price_year).value
    return {"electrolyser": {"capex_usd_per_mw": usd_per_mw, "fixed_opex_usd_per_mw_year": 0.03 * usd_per_mw}}


def _ammonia(year: int, costs: dict[str, Any] | None = None) -> dict[str, Any]:
    return _request(
        ATACAMA,
        {"id": "ammonia"},
        finance={"cost_year": year, "wacc": 0.07, "currency": "EUR", "price_year": 2020, "costs": costs or {}},
        supply={"hydrogen_store_type": "salt_cavern"},
    )


def _texas() -> dict[str, Any]:
    electrolyser = 1295.0e3 * money_table().usd_2025_per("USD", 2022).value
    costs = {"electrolyser": {"capex_usd_per_mw": electrolyser}}
    return _request(
        TEXAS,
        {"id": "ammonia", "capacity_t_per_year": 362_560.0, "utilisation": 0.9},
        finance={"cost_year": 2032, "wacc": 0.0625, "costs": costs, "currency": "USD", "price_year": 2022},
        supply={"hydrogen_store_type": "salt_cavern"},
    )


def _minnesota() -> dict[str, Any]:
    """The site's own hours (P01), its electrolyser, store, size, rate; wind, sun and battery at our costs of 2035."""
    weather = real_year("P01")
    profiles = [
        {"technology": "pv_tracking", "capacity_factor": [float(value) for value in pv_of(weather)]},
        {"technology": "wind_onshore", "capacity_factor": [float(value) for value in wind_of(weather)]},
    ]
    electrolyser = 1295.0e3 * money_table().usd_2025_per("USD", 2022).value
    costs = {"electrolyser": {"capex_usd_per_mw": electrolyser}}
    return _request(
        MINNESOTA,
        {"id": "steel-h2-dri-eaf", "capacity_t_per_year": 1e6, "utilisation": 0.9},
        finance={
            "cost_year": 2035,
            "wacc": 0.0625,
            "construction_years": 3,
            "costs": costs,
            "prices": {"iron_ore_pellets_dr": 207.35 * money_table().usd_2025_per("USD", 2022).value},
            "currency": "USD",
            "price_year": 2022,
        },
        supply={"hydrogen_store_type": "lined_rock_cavern", "profiles": profiles, "radius_km": 0},
    )


def _off_grid() -> dict[str, Any]:
    technologies = ["pv_tracking", "battery", "hydrogen_store", "hydrogen_turbine"]
    return _request(
        (-67.8, -23.0), {"id": "custom", "load_mw": 10.0}, supply={"technologies": technologies, "clean_share": 0.95}
    )


def _baseload() -> dict[str, Any]:
    money = {"cost_year": 2030, "wacc": 0.07, "currency": "EUR", "price_year": 2020}
    supply = {"hydrogen_store_type": "salt_cavern"}
    return _request(ATACAMA, {"id": "custom", "load_mw": 100.0}, finance=money, supply=supply)


def _patagonia(ore_usd_per_t: float | None = None) -> dict[str, Any]:
    prices = {} if ore_usd_per_t is None else {"iron_ore_pellets_dr": ore_usd_per_t}
    money = {"cost_year": 2040, "wacc": 0.07, "currency": "EUR", "price_year": 2020, "prices": prices}
    supply = {"hydrogen_store_type": "salt_cavern"}
    return _request(PATAGONIA, {"id": "steel-h2-dri-eaf"}, finance=money, supply=supply)


_REQUESTS = {
    "V08": lambda: _ammonia(2025),
    "V09": lambda: _ammonia(2030),
    "V10": lambda: _ammonia(2050),
    "V13": _patagonia,
    "V08 theirs": lambda: _ammonia(2025, _electrolyser(400.0, 2020)),
    "V09 theirs": lambda: _ammonia(2030, _electrolyser(240.0, 2020)),
    "V13 theirs": lambda: _patagonia(97.73 * money_table().usd_2025_per("EUR", 2020).value),
    "V17": _minnesota,
    "V19": _texas,
    "V29": _off_grid,
    "V39": _baseload,
}


def _case(
    case: str, what: str, low: float, high: float, ours: float | None, tolerance: float, unit: str, why: str
) -> Any:
    assert ours is not None  # each of these answers states its cost
    fields = (case, what, low, high, ours, tolerance, unit, why)
    return dict(zip(("case", "what", "low", "high", "ours", "tolerance", "unit", "reason"), fields, strict=True))


def _product(key: str) -> float | None:
    converted = _answer(key).finance.converted
    return None if converted is None else converted.product_cost_per_unit


def _solar_hydrogen(cost_year: int, eur_per_kw: float, efficiency: float) -> float:
    """PV alone into an electrolyser of its own AC rating, EUR/kg: no store, no firm supply.

    The years' PV at 7 %; hours of the ordinary year in the Atacama, of the default tracking plant.
    """
    answer = _answer("V09")
    factor = next(g.capacity_factor for g in answer.supply.generators if g.technology == "pv_tracking")
    pv = technology("pv_tracking", cost_year).annual_cost_usd_per_mw(0.07)
    eur = money_table().usd_2025_per("EUR", 2020).value
    electrolyser = annuity(eur_per_kw * 1000.0 * eur, 0.07, 25) + 0.03 * eur_per_kw * 1000.0 * eur
    kilograms = 8760.0 * factor * efficiency * 1000.0 / LHV_KWH_PER_KG
    return (pv + electrolyser) / kilograms / eur


def cases() -> Iterator[dict[str, Any]]:
    """Site cases as fields of `cases.Found`."""
    for case, low, high, year, theirs in (
        ("V08", 440, 630, "2020; our first cost year is 2025", 400),
        ("V09", 345, 420, "2030", 240),
        ("V10", 285, 350, "2050", None),
    ):
        why = "best cells of the world and a synthesis that follows; one site and a synthesis at full load here"
        if theirs is not None:
            why += f"; {_product(f'{case} theirs'):.0f} with an electrolyser of {theirs} EUR/kW, as in V11 and V12"
        yield _case(case, f"ammonia, best sites, {year}", low, high, _product(case), 0.1, "EUR/t", why)
    optimistic = "PV and electrolyser alone, without firm supply, as they count it"
    yield _case("V11", "solar hydrogen, 2021", 1.0, 2.7, _solar_hydrogen(2025, 400, 0.67), 0.0, "EUR/kg", optimistic)
    yield _case("V12", "solar hydrogen, 2030", 0.7, 1.8, _solar_hydrogen(2030, 240, 0.70), 0.0, "EUR/kg", optimistic)
    steel = f"{_product('V13 theirs'):.0f} with ore at 98 EUR/t, the price of their source (recalled)"
    delivered = f"theirs is delivered to Europe, ours at the gate; {steel}"
    yield _case("V13", "steel, Argentina, 2040", 548, 566, _product("V13"), 0.1, "EUR/t", delivered)
    texas = "firm hydrogen with wind and sun at our costs; theirs takes costs of its own and makes it as it comes"
    converted = _answer("V19").finance.converted
    assert converted is not None  # it was asked for
    lcoh = converted.levelised_cost_of_hydrogen_per_kg
    yield _case("V19", "hydrogen, Texas, own optimum", 3.97, 3.97, lcoh, 0.1, "USD2022/kg", texas)
    off_grid = _answer("V29").cost.levelised_cost_of_clean_power_usd_per_mwh
    sun = "a few MW at costs of 2022, diesel where the sun fails; costs of 2030, a twentieth unserved here"
    yield _case("V29", "off-grid power, Atacama", 116, 116, off_grid, 0.2, "USD/MWh", sun)
    converted = _answer("V39").finance.converted
    assert converted is not None  # it was asked for
    power = converted.levelised_cost_of_clean_power_per_mwh
    yield _case(
        "V39", "baseload power, best sites, 2030", 40, 60, power, 0.25, "EUR/MWh", "theirs recalled, low confidence"
    )


def minnesota_lines() -> list[str]:
    """Our own optimum at the same place, hours, electrolyser, store and rate: where the rest of the difference lies."""
    answer = _answer("V17")
    converted = answer.finance.converted
    assert converted is not None  # it was asked for
    factor = converted.per_usd_2025
    built = {g.technology: g for g in answer.supply.generators}
    own = {part.item: part.usd_per_unit * factor for part in answer.product.own.breakdown}
    electricity = answer.cost.levelised_cost_of_clean_power_usd_per_mwh * factor
    hydrogen = converted.levelised_cost_of_hydrogen_per_kg
    product = converted.product_cost_per_unit
    assert hydrogen is not None  # the process takes hydrogen
    assert product is not None  # its costs are all sourced
    return [
        "Our own optimum on the same hours (P01), with its electrolyser, cavern, rate of 6.25 %, three years of "
        "building and ore price, but our wind, sun and battery of 2035, firm supply and 54 kg of hydrogen per t:",
        "",
        "| USD of 2022 | Ours | H2Integrate |",
        "|---|---:|---:|",
        f"| wind, MW | {built['wind_onshore'].capacity_mw:,.0f} | 1,296 |",
        f"| sun, MW AC (MWdc) | {built['pv_tracking'].capacity_mw:,.0f} | (1,500) |",
        f"| electrolyser, MW | {answer.supply.electrolyser_mw:,.0f} | 720 |",
        f"| hydrogen, t a year | {answer.demand.hydrogen_t_per_year:,.0f} | 80,526 |",
        f"| clean power delivered, USD/MWh | {electricity:.1f} | 93.2 (generated) |",
        f"| hydrogen, USD/kg | {hydrogen:.2f} | 8.29 |",
        f"| steel, USD/t | {product:,.0f} | 1,268 |",
        f"| of it hydrogen and electricity | {own['hydrogen'] + own['electricity']:.0f} | 594 |",
        f"| of it ore | {own['iron_ore_pellets']:.0f} | 338 |",
        f"| of it all else | {product - own['hydrogen'] - own['electricity'] - own['iron_ore_pellets']:.0f} | 336 |",
    ]
