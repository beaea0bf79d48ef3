"""The project of a sized site as a cash flow: what is invested, at which rate, price and support."""

from dataclasses import dataclass

from models.cash_flow import CashFlow, Project, cash_flow
from models.conventional_cost import ConventionalCost
from models.country_electricity import CountryElectricity
from models.demand.band import Band
from models.demand.load import Demand
from models.emissions import Emissions
from models.incentives import ContractForDifference, Incentives, SupportedCost, credit_45v, support_per_unit, years_45v
from models.levelised import LevelisedCosts
from models.plant_cost import Asset
from models.product_cost import ProductCost, given_figure
from models.sizing.dispatch import Dispatch
from models.stack import StackReplacement
from models.supply_assets import Investment
from models.wacc import capital_structure
from service.case.facts import SiteFacts
from service.money.costing import Pricing
from service.schemas.assessment import AssessmentRequest
from service.supply.plan import SupplyPlan

LONGEST_YEARS, CUSTOM_YEARS = 30, 25


@dataclass(frozen=True, slots=True, eq=False)
class Sized:
    """A sized site, as the other models left it."""

    request: AssessmentRequest
    facts: SiteFacts
    plan: SupplyPlan
    demand: Demand
    dispatch: Dispatch
    pricing: Pricing
    costs: LevelisedCosts
    electricity: CountryElectricity
    emissions: Emissions


@dataclass(frozen=True, slots=True, eq=False)
class ProjectValue:
    """The project as a cash flow.

    price_source : where the price of the product comes from. tax_known : False where no rate is, and none is counted.
    """

    project: Project
    flow: CashFlow
    price_source: str
    investment_usd: float
    support: SupportedCost
    tax_known: bool


def value_of(
    sized: Sized,
    product: ProductCost,
    conventional: ConventionalCost | None,
    investments: tuple[Investment, ...],
    stack: StackReplacement | None,
) -> ProjectValue | None:
    """The cash flow of a sized site; None where the product's cost is not stated."""
    if product.per_unit is None:
        return None
    money, demand = sized.request.finance, sized.demand
    plant_rate = sized.plan.plant_wacc.value
    supply = [investment.asset for investment in investments]
    first = [*supply, *product.assets]
    weights = [(investment.asset.capex_usd, investment.rate) for investment in investments]
    weights += [(asset.capex_usd, plant_rate) for asset in product.assets]
    invested = sum(capex for capex, _ in weights)
    rate = sum(capex * each for capex, each in weights) / invested if invested > 0.0 else plant_rate
    running = sized.costs.total_annual_cost_usd - sum(investment.annuity_usd for investment in investments)
    life = demand.process.lifetime
    years = money.project_years or min(LONGEST_YEARS, int(life.value) if life else CUSTOM_YEARS)
    price, source = _price(money.product_price_usd_per_unit, product.per_unit, conventional)
    # A real rate of the caller's own says nothing of tax: that of the country holds.
    tax = capital_structure(sized.plan.country, "plant").tax_rate if money.tax_rate is None else money.tax_rate
    assets: list[Asset] = [*first, *([stack.asset] if stack else [])]
    project = Project(
        assets=assets,
        eligible_usd=sum(investment.asset.capex_usd for investment in investments if investment.eligible),
        product_per_year=demand.product_per_year,
        price_usd_per_unit=price,
        operation_usd_per_year=running + product.operation_usd_per_year,
        hydrogen_kg_per_year=demand.hydrogen_t_per_year * 1000.0,
        rate=rate,
        tax_rate=tax or 0.0,
        years=years,
        construction_years=money.construction_years,
        depreciation_years=money.depreciation_years,
        degradation=money.degradation_share_per_year,
        incentives=_incentives(sized),
    )
    support = support_per_unit(
        project.incentives,
        product_per_year=project.product_per_year,
        hydrogen_kg_per_year=project.hydrogen_kg_per_year,
        eligible_investment_usd=project.eligible_usd,
        price_usd_per_unit=price,
        rate=rate,
        years=years,
        construction_years=project.construction_years,
    )
    return ProjectValue(project, cash_flow(project), source, invested, support, tax_known=tax is not None)


def _price(asked: float | None, own: Band, conventional: ConventionalCost | None) -> tuple[float, str]:
    if asked is not None:
        return asked, "given by the caller"
    if conventional is not None and conventional.per_unit is not None:
        return conventional.per_unit.central, f"cost on the conventional route: {conventional.route}"
    return own.central, "the product's own levelised cost: no conventional cost is known"


def _incentives(sized: Sized) -> Incentives:
    support = sized.request.finance.support
    credit, years = None, support.hydrogen_credit_years
    if support.us_45v_band is not None:
        credit, years = credit_45v(support.us_45v_band), years_45v()
    elif support.hydrogen_credit_usd_per_kg is not None:
        credit = given_figure("incentives.hydrogen_credit", support.hydrogen_credit_usd_per_kg, "USD/kg")
    contract = support.contract_for_difference
    return Incentives(
        hydrogen_credit=credit,
        hydrogen_credit_years=years,
        investment_credit_share=support.investment_credit_share,
        contract=None if contract is None else ContractForDifference(contract.strike_usd_per_unit, contract.years),
    )
