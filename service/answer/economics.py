"""Economics in, answer out: no arithmetic beyond sums a reader can check."""

from models.demand.band import Band
from models.money import money_table
from models.plant_cost import CostPart
from models.wacc import CapitalStructure
from service.money.economics import Economics
from service.money.project_value import ProjectValue
from service.schemas import economics as schema
from service.schemas.finance import Finance


def product_answer(found: Economics, product_name: str) -> schema.ProductAnswer:
    """The product's cost against the conventional route."""
    product, conventional, compared = found.product, found.conventional, found.comparison
    per_year = product.product_per_year
    premium = compared.premium_usd_per_unit
    return schema.ProductAnswer(
        product=product_name,
        product_unit=product.product_unit,
        own=_side(product.per_unit, product.parts, product.missing, per_year),
        conventional=None
        if conventional is None
        else _side(conventional.per_unit, conventional.parts, conventional.missing, per_year),
        conventional_route=None if conventional is None else conventional.route,
        green_premium_usd_per_unit=None if premium is None else premium.central,
        green_premium_low_usd_per_unit=None if premium is None else premium.low,
        green_premium_high_usd_per_unit=None if premium is None else premium.high,
        green_premium_share=compared.premium_share,
        break_even_carbon_price_usd_per_t=compared.break_even_carbon_price_usd_per_t,
        break_even_power_price_usd_per_mwh=compared.break_even_power_price_usd_per_mwh,
        abatement_cost_usd_per_t_co2=compared.abatement_cost_usd_per_t_co2,
        carbon_price_usd_per_t=0.0 if found.carbon is None else found.carbon.value,
        support=_support(found),
        boundary=product.boundary,
    )


def _side(per_unit: Band | None, parts: tuple[CostPart, ...], missing: tuple[str, ...], year: float) -> schema.SideCost:
    return schema.SideCost(
        usd_per_unit=None if per_unit is None else per_unit.central,
        low=None if per_unit is None else per_unit.low,
        high=None if per_unit is None else per_unit.high,
        breakdown=[
            schema.ProductPart(
                item=part.item,
                kind=part.kind,
                usd_per_unit=part.per_unit.central,
                low=part.per_unit.low,
                high=part.per_unit.high,
                usd_per_year=part.per_unit.central * year,
            )
            for part in parts
        ],
        missing=list(missing),
    )


def _support(found: Economics) -> schema.SupportLine | None:
    if found.value is None or not found.value.project.incentives.any or found.product.per_unit is None:
        return None
    support = found.value.support
    return schema.SupportLine(
        hydrogen_credit_usd_per_unit=support.hydrogen_credit,
        investment_credit_usd_per_unit=support.investment_credit,
        contract_for_difference_usd_per_unit=support.contract,
        product_cost_after_support_usd_per_unit=found.product.per_unit.central - support.total,
    )


def finance_answer(found: Economics, money: Finance, power: float, hydrogen: float | None) -> schema.FinanceAnswer:
    """Cost of capital, cash flow and conversion. power, hydrogen : the levelised costs, USD per MWh and per kg."""
    stack = found.stack
    return schema.FinanceAnswer(
        capital=[_capital(structure) for structure in found.capital],
        project=None if found.value is None else _project(found.value),
        stack_replacement=None
        if stack is None
        else schema.StackAnswer(every_years=stack.every_years, cost_usd=stack.cost_usd, usd_per_year=stack.annual_usd),
        converted=_converted(found, money, power, hydrogen),
    )


def _capital(structure: CapitalStructure) -> schema.CapitalAnswer:
    return schema.CapitalAnswer(
        technology=structure.technology,
        debt_share=structure.debt_share,
        cost_of_debt_nominal=structure.cost_of_debt,
        cost_of_equity_nominal=structure.cost_of_equity,
        tax_rate=structure.tax_rate,
        premium=structure.premium,
        inflation=structure.inflation,
        wacc_nominal=structure.nominal,
        wacc_real=structure.real.value,
        low=structure.real.low,
        high=structure.real.high,
    )


def _project(value: ProjectValue) -> schema.ProjectValueAnswer:
    project, flow = value.project, value.flow
    return schema.ProjectValueAnswer(
        product_price_usd_per_unit=project.price_usd_per_unit,
        price_source=value.price_source,
        years=project.years,
        construction_years=project.construction_years,
        investment_usd=value.investment_usd,
        operation_usd_per_year=project.operation_usd_per_year,
        discount_rate_real=project.rate,
        tax_rate=project.tax_rate,
        npv_before_tax_usd=flow.npv_before_tax_usd,
        npv_after_tax_usd=flow.npv_after_tax_usd,
        irr_before_tax=flow.irr_before_tax,
        irr_after_tax=flow.irr_after_tax,
        payback_years=flow.payback_years,
        discounted_payback_years=flow.discounted_payback_years,
        levelised_price_usd_per_unit=flow.levelised_price_usd_per_unit,
        cash_flow=[
            schema.CashFlowYearAnswer(
                year=year.year,
                product=year.product,
                revenue_usd=year.revenue_usd,
                support_usd=year.support_usd,
                operation_usd=year.operation_usd,
                investment_usd=year.investment_usd,
                residual_value_usd=year.residual_value_usd,
                tax_usd=year.tax_usd,
                cash_flow_before_tax_usd=year.before_tax_usd,
                cash_flow_after_tax_usd=year.after_tax_usd,
            )
            for year in flow.years
        ],
    )


def _converted(found: Economics, money: Finance, power: float, hydrogen: float | None) -> schema.Converted | None:
    if (money.currency, money.price_year) == ("USD", 2025):
        return None
    table = money_table()
    factor = table.per_usd_2025(money.currency, money.price_year)
    conventional = found.conventional

    def moved(amount: float | None) -> float | None:
        return None if amount is None else amount * factor

    return schema.Converted(
        currency=money.currency,
        price_year=money.price_year,
        per_usd_2025=factor,
        source=table.usd_2025_per(money.currency, money.price_year).source,
        levelised_cost_of_clean_power_per_mwh=power * factor,
        levelised_cost_of_hydrogen_per_kg=moved(hydrogen),
        product_cost_per_unit=moved(found.product.per_unit.central if found.product.per_unit else None),
        conventional_product_cost_per_unit=moved(
            conventional.per_unit.central if conventional and conventional.per_unit else None
        ),
        abatement_cost_per_t_co2=moved(found.comparison.abatement_cost_usd_per_t_co2),
        npv_before_tax=moved(found.value.flow.npv_before_tax_usd if found.value else None),
    )
