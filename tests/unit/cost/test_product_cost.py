"""Product cost against sums by hand, and what must hold for every process of the catalogue."""

import pytest

from models.conventional_cost import Side, compare, conventional_cost
from models.cost_table import LHV_KWH_PER_KG
from models.demand.band import Band
from models.demand.catalogue import catalogue, find_process
from models.demand.load import Demand, demand_of
from models.figure import Figure
from models.finance import crf
from models.levelised import levelised_costs
from models.plant_cost import PartKind, PlantCase
from models.plants import GeneratorPlant, HydrogenPlant
from models.prices import price_items, price_of
from models.product_cost import PowerCost, ProductChoices, ProductCost, given_figure, power_cost_of, product_cost
from models.technologies import technology
from models.transport import pipeline_cost, product_transport
from models.water import bought_water, desalinated_water
from tests.unit.demand.electrolyser import ELECTROLYSER

WACC = Figure("wacc", 0.06, "1/year", "test", low=0.05, high=0.08)
EUR_2020 = 1.25733 * 1.13  # USD of 2025 per EUR of 2020: HICP, then exchange
USD_2022 = 321.943 / 292.655
USD_2024 = 321.943 / 313.689
PRODUCERS = [process for process in catalogue().values() if not process.is_custom]


def demand(process_id: str, **inputs: object) -> Demand:
    return demand_of(find_process(process_id), **({"hours": 24, "electrolyser_kwh_per_kg": ELECTROLYSER} | inputs))  # type: ignore[arg-type]  # inputs vary by test


def case(found: Demand, **prices: float) -> PlantCase:
    assert found.capacity is not None
    assert found.process.lifetime is not None
    return PlantCase(found.capacity, found.product_per_year, WACC, found.process.lifetime, "SWE", prices)


def power(found: Demand, usd_per_mwh: float = 60.0, usd_per_kg: float = 5.0) -> PowerCost:
    kilograms = found.hydrogen_t_per_year * 1000.0
    own = found.electricity_mwh_per_year - kilograms * ELECTROLYSER.value / 1000.0
    price, hydrogen = Band(0.5, 1.0, 2.0).scaled(usd_per_mwh), Band(0.5, 1.0, 2.0).scaled(usd_per_kg)
    nothing = Band.exactly(0.0)
    return PowerCost(
        price.scaled(own), hydrogen.scaled(kilograms), nothing, price, kilograms, found.electricity_mwh_per_year
    )


def cost(process_id: str, choices: ProductChoices | None = None, **parameters: float | bool | str) -> ProductCost:
    found = demand(process_id, parameters=parameters)
    return product_cost(found, power(found), case(found), choices or ProductChoices(), 0.11)


def part(found: ProductCost, item: str) -> float:
    return next((part.per_unit.central for part in found.parts if part.item == item), 0.0)


def test_hydrogen_steel_by_hand() -> None:
    """USD of 2025 per t: 60 USD/MWh, 5 USD/kg, 6 %, 90 % of a 2 Mt plant, 40 years."""
    steel = cost("steel-h2-dri-eaf")
    electricity = (0.3 + 0.09 + 0.6 + 0.04 + 0.01 + 0.105 + 0.468 / 0.95 + 0.07) * 60  # 102.5
    hydrogen = 54 * 5.0  # 270
    annuity = 0.06 / (1 - 1.06**-40)  # 0.06646
    shaft = 488.34 * EUR_2020 * annuity / 0.9  # 51.2
    furnace = 210 * EUR_2020 * annuity / 0.9  # 22.0
    operation = (55.28 + 62.99) * EUR_2020 / 0.9  # 186.7
    ore = 1.55 * 207.35 * USD_2022  # 353.6
    water = 0.8 * 0.59 * USD_2022  # 0.5
    electrolysis_water = 54 * 15 / 1000 * 0.59 * USD_2022  # 0.5
    assert part(steel, "electricity") == pytest.approx(electricity)
    assert part(steel, "hydrogen") == pytest.approx(hydrogen)
    assert part(steel, "shaft_furnace") == pytest.approx(shaft, rel=1e-6)
    assert part(steel, "iron_ore_pellets") == pytest.approx(ore, rel=1e-6)
    assert steel.per_unit is not None
    total = electricity + hydrogen + shaft + furnace + operation + ore + water + electrolysis_water
    assert steel.per_unit.central == pytest.approx(total, rel=1e-6)
    assert steel.per_unit.central == pytest.approx(987.0, abs=0.1)


def test_the_conventional_mill_by_hand() -> None:
    found = demand("steel-h2-dri-eaf")
    route = find_process("steel-h2-dri-eaf").conventional_route
    assert route is not None
    costs = found.process.costs
    assert costs is not None
    price = given_figure("price", 50.0, "USD/MWh")
    carbon = given_figure("carbon", 70.0, "USD/t CO2")
    mill = conventional_cost(route, costs.routes[route.id], case(found), electricity_price=price, carbon_price=carbon)
    coal = 19.4 / 3.6 * 240 * USD_2024 / (28 / 3.6)
    gas = 0.33 / 3.6 * 13.11 * 321.943 / 304.702 / (0.29307107 * 0.9017)
    plant = 871.85 * EUR_2020 * (0.06 / (1 - 1.06**-40)) / 0.9 + 123.67 * EUR_2020 / 0.9
    bought = 1.539 * 115 * USD_2024 + 0.051 * 375 * USD_2024 + 0.08 * 122.1 * USD_2022
    assert mill.without_carbon is not None
    assert mill.without_carbon.central == pytest.approx(coal + gas + plant + bought - 0.283 * 50, rel=1e-6)
    assert mill.per_unit is not None
    assert mill.per_unit.central - mill.without_carbon.central == pytest.approx(2.434 * 70)


def test_scrap_displaces_ore_and_shaft() -> None:
    half = cost("steel-h2-dri-eaf", scrap_share=0.5)
    none = cost("steel-h2-dri-eaf")
    for item in ("iron_ore_pellets", "shaft_furnace", "shaft_furnace_om"):
        assert part(half, item) == pytest.approx(0.5 * part(none, item))
    assert part(none, "scrap") == 0.0
    assert part(half, "scrap") == pytest.approx(0.5 * 1.1 * 375 * USD_2024)
    delivered = cost("steel-h2-dri-eaf", iron="delivered")
    assert part(delivered, "iron_ore_pellets") == part(delivered, "scrap") == 0.0
    assert part(delivered, "delivered_iron") == pytest.approx(1.08 * 400 * USD_2024)
    gas = cost("steel-h2-dri-eaf", gas_share=1.0)
    assert part(gas, "shaft_gas_bought") == pytest.approx(3.389 * 13.11 * 321.943 / 304.702 / (0.29307107 * 0.9017))


def test_consumables_of_the_arc_furnace_are_counted_once() -> None:
    costs = find_process("steel-h2-dri-eaf").costs
    assert costs is not None
    bought = {item.name for item in costs.own.inputs}
    assert not bought & {"lime", "carbon", "electrodes", "refractories"}
    assert "consumables" in costs.own.covers


def test_power_and_hydrogen_are_the_whole_system_once() -> None:
    """Electricity and hydrogen of the product add up to the annual cost of the sized system."""
    wind, electrolyser = technology("wind_onshore"), technology("electrolyser")
    plants = [GeneratorPlant(wind, 0.06, 500.0, 1_500_000.0, 1_400_000.0)]
    chain = HydrogenPlant(electrolyser, 0.06, 100.0, 600_000.0, 0.8, 0.8 * 600_000.0 * 0.6666)
    costs = levelised_costs(served_mwh=800_000.0, generators=plants, hydrogen=chain)
    found = power_cost_of(costs, 0.8 * 600_000.0, chain.hydrogen_served_mwh)
    total = found.electricity_usd.central + found.hydrogen_usd.central
    assert total == pytest.approx(costs.total_annual_cost_usd, rel=1e-12)
    assert found.electricity_usd.central == pytest.approx(800_000.0 * costs.usd_per_mwh)
    assert found.hydrogen_kg == pytest.approx(chain.hydrogen_served_mwh * 1000 / LHV_KWH_PER_KG)


@pytest.mark.parametrize("process", [pytest.param(process, id=process.id) for process in PRODUCERS])
def test_every_process_is_priced_or_says_what_is_missing(process: object) -> None:
    found = cost(process.id)  # type: ignore[attr-defined]  # processes, given an id each
    assert (found.per_unit is None) == bool(found.missing)
    codes = {notice.code for notice in found.warnings}
    assert ("product_cost_unavailable" in codes) == bool(found.missing)
    for item in found.parts:
        assert item.per_unit.low <= item.per_unit.central <= item.per_unit.high, item.item
    assert all(figure.source and figure.unit for figure in found.provenance)
    doubled = demand(process.id, capacity=2.0 * (demand(process.id).capacity or 0.0))  # type: ignore[attr-defined]
    twice = product_cost(doubled, power(doubled), case(doubled), ProductChoices(), 0.11)
    if found.per_unit is not None:
        assert twice.per_unit is not None
        assert twice.per_unit.central == pytest.approx(found.per_unit.central)
        assert sum(asset.capex_usd for asset in twice.assets) == pytest.approx(
            2.0 * sum(asset.capex_usd for asset in found.assets)
        )


def test_most_of_the_catalogue_has_a_cost() -> None:
    priced = {process.id for process in PRODUCERS if cost(process.id).per_unit is not None}
    assert len(priced) >= 20
    assert {"steel-h2-dri-eaf", "ammonia", "methanol", "hydrogen", "cement", "process-heat", "desalination"} <= priced


def test_a_carbon_price_counts_on_direct_emissions() -> None:
    choices = ProductChoices(carbon_price=given_figure("carbon", 100.0, "USD/t CO2"))
    priced, plain = cost("steel-h2-dri-eaf", choices), cost("steel-h2-dri-eaf")
    assert priced.of_kind(PartKind.CARBON).central == pytest.approx(11.0)
    assert priced.without_carbon == pytest.approx(plain.per_unit)


def test_comparison_by_hand() -> None:
    own = Side(Band(700, 1000, 1300), Band(700, 1000, 1300), 0.1, 0.2)
    other = Side(Band(500, 600, 700), Band(500, 600, 700), 2.1, 2.2)
    found = compare(own, other, 60.0, 4.0)
    assert found.premium_usd_per_unit == Band(0.0, 400.0, 800.0)
    assert found.premium_share == pytest.approx(2 / 3)
    assert found.break_even_carbon_price_usd_per_t == pytest.approx(400 / 2.0)
    assert found.abatement_cost_usd_per_t_co2 == pytest.approx(400 / 2.0)
    assert found.break_even_power_price_usd_per_mwh == pytest.approx(60 - 400 / 4)
    nothing = compare(Side(None, None, 0.1, 0.2), other, 60.0, 4.0)
    assert nothing.premium_usd_per_unit is None
    dirtier = compare(Side(Band(1, 1, 1), Band(1, 1, 1), 3.0, 3.0), other, 60.0, 4.0)
    assert dirtier.abatement_cost_usd_per_t_co2 is None


def test_water_and_transport_by_hand() -> None:
    bought = bought_water("SWE", {"water": 2.0})
    assert bought is not None
    assert bought.usd_per_kg.central == pytest.approx(15 / 1000 * 2.0)
    sea = desalinated_water(Band(50, 50, 50), WACC, 200.0)
    eur = 1.13
    plant = 43923.9463 * eur * (crf(0.06, 30) + 0.04) / 8760
    way = 0.1 * 1.25733 / 1.19558 * eur * 2
    assert sea.usd_per_m3.central == pytest.approx(plant + 3.03 * 0.05 + way, rel=1e-6)
    pipe = pipeline_cost(500.0, 0.5, Band(50, 50, 50), WACC)
    per_mwh = 381.8331 * eur * 500 * (crf(0.06, 50) + 0.031667) / (8760 * 0.5) + 0.019 * 0.5 * 50
    assert pipe.per_unit.central == pytest.approx(per_mwh * LHV_KWH_PER_KG / 1000, rel=1e-6)
    assert product_transport(100.0).per_unit.central == pytest.approx(0.05 * USD_2024 * 1.3 * 100)
    with pytest.raises(ValueError, match="load_factor"):
        pipeline_cost(500.0, 0.0, Band(50, 50, 50), WACC)


def test_a_price_is_the_countrys_else_its_regions_else_the_worlds() -> None:
    gas = {iso3: price_of("natural_gas", iso3) for iso3 in ("USA", "SWE", "AUS", "JPN", None)}
    values = {iso3: figure.value for iso3, figure in gas.items() if figure is not None}
    assert values["USA"] < values["AUS"] < values["SWE"] < values["JPN"]
    assert values[None] == values["SWE"]
    given = price_of("natural_gas", "USA", {"natural_gas": 12.0})
    assert given is not None
    assert given.value == 12.0
    assert not given.default
    for item in price_items():
        figure = price_of(item, None)
        assert figure is not None
        assert figure.low is not None
        assert figure.high is not None
        assert 0.0 <= figure.low <= figure.value <= figure.high


def test_charcoal_in_place_of_fossil_reductant_is_paid_for() -> None:
    """A charge on charcoal alone buys 0.17 and (23.1 + 16.0) / 4.0 x 0.17 = 1.66 t of it, and no coke."""
    fossil, charcoal = cost("silicon"), cost("silicon", biocarbon_share=1.0)
    price = 350.0 * USD_2024
    assert part(fossil, "charcoal") == part(charcoal, "charcoal") == pytest.approx(0.17 * price)
    assert part(fossil, "charcoal_for_fossil_bought") == part(charcoal, "fossil_reductant_bought") == 0.0
    assert part(charcoal, "charcoal_for_fossil_bought") == pytest.approx(1.66 * price)
    assert part(fossil, "fossil_reductant_bought") > 0.0


def test_glass_buys_as_much_batch_as_the_furnace_it_replaces() -> None:
    """Both take 40 % of cullet by default: 1.1 x 0.6 = 0.66 t of batch."""
    found = demand("glass")
    route, costs = found.variant.conventional_route, found.process.costs
    assert route is not None
    assert costs is not None
    grid = Figure("grid.price", 80.0, "USD/MWh", "test")
    other = conventional_cost(route, costs.routes[route.id], case(found), electricity_price=grid, carbon_price=None)
    (batch,) = [item.per_unit.central for item in other.parts if item.item == "batch"]
    assert batch == pytest.approx(0.66 * 110.0 * USD_2024)
    assert part(cost("glass"), "batch") == pytest.approx(batch)


def test_captured_co2_pays_for_its_storage() -> None:
    """0.525 t of process CO2 per t of clinker x 0.9 captured x 45 USD/t; nothing where nothing is captured."""
    price = 45.0 * USD_2024
    assert part(cost("cement"), "captured_co2_stored") == pytest.approx(0.525 * 0.9 * price)
    assert part(cost("cement", capture_rate=0.0), "captured_co2_stored") == 0.0
    assert part(cost("lime"), "captured_co2_stored") == pytest.approx(0.785 * 0.9 * price)
