"""H2Integrate's steel in Minnesota (V17, V18): our arithmetic on its plant and costs, term by term.

Figures are those of its example 01_onshore_steel_mn as read in the repository, and of its run (release 0.10.0, in
`reference_cases.json`): 1,296 MW wind, 1,500 MWdc PV, 376 MW battery, 720 MW PEM, lined rock cavern. It gives 8.2935
USD/kg and 1,268.16 USD/t of 2022. Its costs of wind, PV and battery are not in the example: its own LCOE stands for
them. Its finance engine (ProFAST) is closed: income tax and working capital are in its price.
"""

from models.finance import crf, debt_share_of, process_cost, storage_cost, wacc
from models.investment import construction_factor, level_payment
from tests.validation.test_reference_cases import CEPCI_2022_OVER_2021, COOLING, PREHEATING, STEEL_PARTS

LCOH, LCOS = 8.2935, 1268.162  # USD of 2022, release 0.10.0
LCOH_BEFORE, LCOS_BEFORE = 7.479, 1213.9  # release 0.5.1: the table of validation cases
LIFE, BUILD = 30, 3
# The run: MWh, kg, USD/MWh.
ELECTRICITY_MWH, HYDROGEN_KG, LCOE = 5751758.8, 80525.5e3, 93.1813
ELECTROLYSER_KW, ELECTROLYSER_USD_PER_KW, STORE_KG = 720e3, 1295.0, 2277716.5
PROPERTY_TAX, SALES_TAX, STACK_SHARE, STACK_HOURS = 0.03, 0.07375, 0.15, 80000.0
INFLATION = 1.025  # a year, its own move between price years
CAPACITY_T, CAPACITY_FACTOR, HYDROGEN_PER_T = 1e6, 0.9, 65.96
# Amount per t and price: ore, lime, carbon, water, natural gas (GJ), slag; materials for maintenance.
BOUGHT = {
    "iron ore pellets": 1.62927 * 207.35,
    "lime and carbon": 0.01812 * 122.1 + 0.0538 * 236.97,
    "water and slag": 0.80367 * 0.59289 + 0.17433 * 37.63,
    "natural gas": 0.71657 * 3.80,
    "materials for maintenance": 7.72,
}
ELECTRICITY = 0.5502 * 86.0  # MWh/t at its grid prices, 79-92 USD/MWh
CONSUMABLES = 1.62927 * 207.35 + 0.01812 * 122.1 + 0.0538 * 236.97 + 0.80367 * 0.59289  # USD/t


def hydrogen_terms() -> dict[str, float]:
    """USD of 2022 per kg of hydrogen delivered, by part."""
    rate = wacc(debt_share_of(2.62), 0.07, 0.09, 0.257)
    charge = crf(rate, LIFE) * construction_factor(rate, BUILD)
    electrolyser = ELECTROLYSER_KW * ELECTROLYSER_USD_PER_KW * (1.0 + SALES_TAX)
    store = storage_cost(STORE_KG, 0.095803, 1.5868, 10.332, 1.29 / 1.30) * INFLATION**4 * (1.0 + SALES_TAX)
    every = STACK_HOURS / 8000.0  # on nearly all year, at part load
    replaced = [STACK_SHARE * electrolyser * (1.0 + rate) ** -(every * count) for count in (1, 2)]
    yearly = {
        "electricity, at its LCOE": LCOE * ELECTRICITY_MWH,
        "electrolyser, annuity with three years of construction": electrolyser * charge,
        "property tax and insurance on electrolyser and store": PROPERTY_TAX * (electrolyser + store),
        "stack replacement": sum(replaced) * crf(rate, LIFE),
        "hydrogen store, annuity": store * charge,
    }
    return {name: usd / HYDROGEN_KG for name, usd in yearly.items()}


def plant_usd() -> tuple[float, float, float]:
    """Plant, owner's cost and yearly fixed operation of the steel works, USD of 2022."""
    shared = [(share * part[0], part[1]) for share, part in zip((0.6, 0.7), (PREHEATING, COOLING), strict=True)]
    plant = process_cost(CAPACITY_T, [*STEEL_PARTS, *shared], CEPCI_2022_OVER_2021)
    labour = 1.25 * (process_cost(CAPACITY_T / 1162077, [(69375996.9, 0.25242)]) + 0.00863 * plant)
    owner = 5 / 12 * labour + (0.02 + 0.005 + 0.15) * plant + CONSUMABLES * CAPACITY_T * 60 / 365 + 0.775 * CAPACITY_T
    return plant, owner, labour + 0.02 * plant


def steel_terms(lcoh: float = LCOH) -> dict[str, float]:
    """USD of 2022 per t of steel, by part. lcoh : of the hydrogen it takes."""
    rate = wacc(debt_share_of(0.624788), 0.050049, 0.10893, 0.2574)
    charge = crf(rate, LIFE) * construction_factor(rate, BUILD)
    made = CAPACITY_T * CAPACITY_FACTOR
    plant, owner, fixed = plant_usd()
    return {
        "hydrogen": HYDROGEN_PER_T * lcoh,
        "plant, annuity with three years of construction": plant * charge / made,
        "owner's cost, annuity": owner * charge / made,
        "labour, upkeep, property tax and insurance": fixed / made,
        "electricity at its grid prices": ELECTRICITY,
        **BOUGHT,
    }


def income_tax_usd_per_t() -> float:
    """Income tax in the plant's annuity: x [(1 - T D) / (1 - T) - 1], D the worth of 7 years' depreciation."""
    tax = 0.2574
    rate = wacc(debt_share_of(0.624788), 0.050049, 0.10893, tax)
    depreciation = level_payment(1.0 / 7.0, 7, rate, LIFE) / crf(rate, LIFE)
    gross_up = (1.0 - tax * depreciation) / (1.0 - tax) - 1.0
    plant, owner, _ = plant_usd()
    charge = crf(rate, LIFE) * construction_factor(rate, BUILD)
    return gross_up * (plant + owner) * charge / (CAPACITY_T * CAPACITY_FACTOR)


def working_capital_usd_per_t() -> float:
    """The 1.1 % by which each USD of hydrogen raises its price beyond 65.96 kg: financing of working capital."""
    slope = (LCOS - LCOS_BEFORE) / (LCOH - LCOH_BEFORE)
    return (slope / HYDROGEN_PER_T - 1.0) * sum(steel_terms().values())


def lines() -> list[str]:
    """The two tables of the section."""
    hydrogen, steel = hydrogen_terms(), steel_terms()
    made, cost = sum(hydrogen.values()), sum(steel.values())
    return [
        "| Hydrogen, USD of 2022 per kg | |",
        "|---|---:|",
        *(f"| {name} | {value:.3f} |" for name, value in hydrogen.items()),
        f"| **ours, with its plant and costs** | **{made:.3f}** |",
        f"| H2Integrate 0.10.0 (0.5.1: {LCOH_BEFORE}) | {LCOH:.4f} |",
        f"| difference: fixed O&M of the electrolyser, not stated, and what ProFAST adds | {LCOH - made:+.3f} "
        f"({made / LCOH - 1:+.1%}) |",
        "",
        "| Steel, USD of 2022 per t | |",
        "|---|---:|",
        *(f"| {name} | {value:.1f} |" for name, value in steel.items()),
        f"| **ours, with its plant and costs** | **{cost:.1f}** |",
        f"| H2Integrate 0.10.0 (0.5.1: {LCOS_BEFORE}) | {LCOS:.2f} |",
        f"| difference | {LCOS - cost:+.1f} ({cost / LCOS - 1:+.1%}) |",
        f"| of it income tax on the plant's return, not in our levelised costs | {income_tax_usd_per_t():+.1f} |",
        f"| of it working capital: its price rises 66.684 kg x LCOH, not 65.96 | {working_capital_usd_per_t():+.1f} |",
        "| of it not itemised in what the example states | "
        f"{LCOS - cost - income_tax_usd_per_t() - working_capital_usd_per_t():+.1f} |",
    ]
