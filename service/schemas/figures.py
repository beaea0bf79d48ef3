"""Which dotted names are figures that an assessment's results can be ranked by."""

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, Field

from service.schemas.answer import Assessment
from service.schemas.base import wrong

QUANTILES = ("p10", "p50", "p90")
EXAMPLES = "cost.levelised_cost_of_clean_power_usd_per_mwh, supply.generators.wind_onshore.capacity_mw"


def is_figure(name: str) -> bool:
    """Whether an answer may have a number of this name; items of lists go by their own names, as in results."""
    section, _, rest = name.partition(".")
    if section == "score":
        return bool(rest) and "." not in rest
    if section == "uncertainty":
        return rest.rpartition(".")[2] in QUANTILES
    return _number(Assessment, name.split("."))


def _number(kind: Any, parts: list[str]) -> bool:
    """Whether the parts lead from a type to a number."""
    if get_origin(kind) in (Union, UnionType, Annotated):
        return any(_number(one, parts) for one in get_args(kind) if one is not type(None))
    if not parts:
        return kind in (float, int)
    if get_origin(kind) in (list, tuple):  # by the item's own name
        return len(parts) > 1 and _number(get_args(kind)[0], parts[1:])
    if isinstance(kind, type) and issubclass(kind, BaseModel) and parts[0] in kind.model_fields:
        return _number(kind.model_fields[parts[0]].annotation, parts[1:])
    return False


def _checked(name: str) -> str:
    if not is_figure(name):
        raise wrong("unknown_value", f"no figure of an assessment has this name; it is a dotted one, as in {EXAMPLES}")
    return name


Figure = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.\- ]{1,128}$"), AfterValidator(_checked)]
