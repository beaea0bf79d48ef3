"""Thresholds of the rules and which products they know: the packaged tables of `models/data`, read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from models.figure import Figure, Status
from models.money import read_table


@dataclass(frozen=True, slots=True)
class RuleProduct:
    """What the rules make of a process's product.

    cbam_good : the good of the carbon border adjustment; None where its product is none.
    cbam_route : the regulation's letter of the production route; None where it knows none.
    crude_steel : whether the definition of near-zero emission steel applies.
    scrap_share : share of scrap that is fixed by the process; None where a parameter says it, or none.
    pellets : t of ore pellets per t of product without scrap; None where it takes none, or it is not known.
    """

    cbam_good: str | None
    cbam_route: str | None
    crude_steel: bool
    scrap_share: float | None
    pellets: Figure | None


@cache
def _thresholds() -> dict[tuple[str, str], tuple[Figure, str]]:
    return {
        (row["rule"], row["parameter"]): (
            Figure(
                name=f"{row['rule']}.{row['parameter']}",
                value=float(row["value"]),
                unit=row["unit"],
                source=f"{row['article']}; {row['source']}",
                status=Status(row["status"]),
            ),
            row["article"],
        )
        for row in read_table("rules.csv")
    }


def threshold(rule: str, parameter: str) -> float:
    """One threshold of a rule; KeyError where the table has none."""
    return threshold_figure(rule, parameter).value


def threshold_figure(rule: str, parameter: str) -> Figure:
    """One threshold of a rule with its article and source; KeyError where the table has none."""
    return _thresholds()[rule, parameter][0]


def article(rule: str, parameter: str) -> str:
    """Where the threshold stands."""
    return _thresholds()[rule, parameter][1]


def recalled(figures: Iterable[Figure]) -> tuple[str, ...]:
    """Names of the figures that come from general knowledge."""
    return tuple(figure.name for figure in figures if figure.status is Status.RECALLED)


@cache
def _products() -> dict[str, RuleProduct]:
    return {
        row["process_id"]: RuleProduct(
            cbam_good=row["cbam_good"] or None,
            cbam_route=row["cbam_route"] or None,
            crude_steel=row["crude_steel"] == "yes",
            scrap_share=float(row["scrap_share"]) if row["scrap_share"] else None,
            pellets=Figure(f"{row['process_id']}.pellets", float(row["pellets_per_t"]), "t/t", row["pellets_source"])
            if row["pellets_per_t"]
            else None,
        )
        for row in read_table("rule_products.csv")
    }


def rule_product(process_id: str) -> RuleProduct:
    """What the rules make of this process's product; nothing where the table does not list it."""
    return _products().get(process_id, RuleProduct(None, None, False, None, None))
