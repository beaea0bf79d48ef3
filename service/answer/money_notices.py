"""Warnings of the product's cost and the cash flow: what was asked but cannot count, and what is not known."""

from collections.abc import Iterator

from models.figure import Figure, Status
from models.notice import Notice
from models.product_cost import ProductCost
from models.stack import StackReplacement
from service.money.project_value import ProjectValue, Sized


def money_notices(
    sized: Sized,
    product: ProductCost,
    carbon: Figure | None,
    stack: StackReplacement | None,
    value: ProjectValue | None,
) -> Iterator[Notice]:
    """Coded warnings. carbon : the price as used, None where none is known."""
    country = sized.plan.country or "this place"
    if carbon is None:
        detail = f"no carbon price is listed for {country}: none is counted; give finance.carbon_price_usd_per_t"
        yield Notice("carbon_price_unknown", detail)
    if value is not None and not value.tax_known:
        detail = f"no tax rate is known for {country}: the cash flow counts none; give finance.tax_rate"
        yield Notice("tax_rate_unknown", detail)
    yield from _no_effect(sized, product, stack)
    yield from _stacks_twice(sized, stack)


def _no_effect(sized: Sized, product: ProductCost, stack: StackReplacement | None) -> Iterator[Notice]:
    """Ways and water that were asked for and have nothing to carry or to feed."""
    money, process = sized.request.finance, sized.demand.process
    if sized.demand.hydrogen_t_per_year <= 0.0:
        asked = {
            "finance.transport.hydrogen_pipeline_km": money.transport.hydrogen_pipeline_km > 0.0,
            "finance.water": money.water == "desalination",
            "finance.stack_replacement": money.stack_replacement and stack is None,
        }
        names = [name for name, there in asked.items() if there]
        if names:
            yield Notice(
                "no_hydrogen", f"{process.id} takes no hydrogen as sized: {', '.join(names)} adds nothing to its cost"
            )
    if money.transport.to_port and not process.per_tonne:
        yield Notice("no_way_to_port", f"a product counted by the {product.product_unit} is not brought to a port")
    elif money.transport.to_port and not sized.facts.sea.ports:
        yield Notice("no_way_to_port", "no port is known near here: the product is at the gate")


def _stacks_twice(sized: Sized, stack: StackReplacement | None) -> Iterator[Notice]:
    plant = sized.pricing.plants().hydrogen
    fixed = None if plant is None else plant.electrolyser.fixed_opex_usd_per_mw_year
    if stack is not None and fixed is not None and fixed.status is not Status.GIVEN:
        detail = (
            "stacks are counted apart, and the default fixed operation of the electrolyser may hold them already: an "
            "upper bound; give finance.costs fixed_opex_usd_per_mw_year without stacks"
        )
        yield Notice("stacks_may_count_twice", detail)
