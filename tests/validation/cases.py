"""Every published case of `shared/reference/validation_cases.csv` that our inputs can state, beside ours.

`python -m tests.validation.cases` computes them and rewrites their section of docs/validation.md. A case is a formula,
a process or a whole assessment at its site; what our inputs cannot state is in `NOT_STATED`, with the reason.
"""

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.compliance.cbam import cbam_default
from models.compliance.near_zero_steel import near_zero_threshold
from models.cost_table import LHV_KWH_PER_KG
from models.demand.catalogue import find_process
from models.finance import crf
from models.investment import degraded_output_factor
from tests.published import specific, with_figures
from tests.shared import SHARED
from tests.validation import minnesota_steel, site_cases
from tests.validation.test_rule_cases import GOODS, case

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
BEGIN, END = "<!-- cases: begin -->", "<!-- cases: end -->"
TABLE = SHARED / "reference" / "validation_cases.csv"


@dataclass(frozen=True)
class Found:
    """One case: published range, ours, the tolerance as a share, and why it lies beyond where it does."""

    case: str
    what: str
    low: float
    high: float
    ours: float
    tolerance: float
    unit: str
    reason: str = ""

    @property
    def deviation(self) -> float:
        """From the nearer end of the published range; 0 within it."""
        if self.low <= self.ours <= self.high:
            return 0.0
        end = self.low if self.ours < self.low else self.high
        return self.ours / end - 1.0

    @property
    def within(self) -> bool:
        """True inside the tolerance."""
        return abs(self.deviation) <= self.tolerance + 1e-12


def lcos_of_storage() -> float:
    """V26, USD/MWh: annuity and O&M of a kWh over what it delivers, ageing discounted.

    [125 x crf(7 %, 20) + 0.02 x 125] / (365 x 0.8 x 0.9 x mean share left) x 1,000
    """
    yearly = 125.0 * crf(0.07, 20) + 0.02 * 125.0
    return 1000.0 * yearly / (365.0 * 0.8 * 0.9 * degraded_output_factor(0.07, 20, 0.02))


def formulas() -> Iterator[Found]:
    """Cases that a formula or a process states."""
    steel, ammonia, hydrogen = (find_process(name) for name in ("steel-h2-dri-eaf", "ammonia", "hydrogen"))
    vogl = with_figures(steel, electrolysis=51.0, dri_preheating=0.286, eaf_melting=0.753)
    yield Found("V01", "steel, electricity", 3.48, 3.48, specific(vogl, 45.0, rolling=False), 0.05, "MWh/t")
    mpp = specific(with_figures(steel, electrolysis=73.02), 49.0)
    yield Found("V02", "steel, electricity", 5.24, 5.24, mpp, 0.01, "MWh/t")
    yield Found("V03", "ammonia, electricity", 9.625, 9.625, specific(ammonia, 50.0), 0.01, "MWh/t")
    yield Found("V26", "storage, levelised cost", 65.0, 65.0, lcos_of_storage(), 0.05, "USD/MWh")
    namibia = 60.64e3 * specific(hydrogen, LHV_KWH_PER_KG / 0.59, compression=False) / 1e6
    yield Found("V33", "GeoH2 Namibia, electricity for hydrogen", 3.43, 3.43, namibia, 0.05, "TWh/a")
    theirs = with_figures(ammonia, synthesis_loop=5.167 / 6.25, air_separation=0.0)
    loop = specific(theirs, 50.0) - 178.0 * 0.05
    yield Found("V34", "GeoNH3 Mauritania, electricity of synthesis", 0.827, 0.827, loop, 0.02, "MWh/t")
    yield Found("V34", "GeoNH3 Mauritania, hydrogen", 175.9, 175.9, 178.0, 0.02, "kg/t")
    water = 1000.0 * specific(find_process("desalination"), 50.0)
    yield Found("V35", "desalination, electricity", 3.03, 3.03, water, 0.05, "kWh/m3")
    lcoh = sum(minnesota_steel.hydrogen_terms().values())
    why = "term by term below"
    yield Found("V17", "H2Integrate, hydrogen, its plant and costs", 8.2935, 8.2935, lcoh, 0.1, "USD2022/kg", why)
    lcos = sum(minnesota_steel.steel_terms().values())
    yield Found("V18", "H2Integrate, steel, its plant and costs", 1268.16, 1268.16, lcos, 0.1, "USD2022/t", why)


def rules() -> Iterator[Found]:
    """Default values of the border adjustment and the threshold of near-zero steel; exact."""
    for name, good in GOODS.items():
        stated = re.search(rf"{name} ([0-9.]+)", case("V36")["note"])
        assert stated is not None  # the note lists every good
        ours, theirs = cbam_default(good, "DZA").direct, float(stated.group(1))
        yield Found("V36", f"default of Algeria, {name}", theirs, theirs, ours, 0.0, "t CO2e/t")
    for scrap, kilograms in ((1.0, 50.0), (0.3, 295.0), (0.0, 400.0)):
        ours = near_zero_threshold(scrap)
        yield Found("V37", f"near-zero steel, {scrap:.0%} scrap", kilograms, kilograms, ours, 0.0, "kg CO2e/t")


NOT_STATED = {
    "V04 V05": "plants: their hydrogen follows from their scrap share and hours, which are not published",
    "V06 V07 V30 V38": "best of hundreds of sites, or a potential: we assess a site",
    "V14 V15": "delivered over sea or by a pipeline of another continent",
    "V16": "a saving between two places",
    "V20 V21": "the plant of V19 with another synthesis: its investment is not stated",
    "V22": "a break-even price of hydrogen between two plants: not an input of ours",
    "V23 V25 V27 V28": "means of regions",
    "V24": "regional: held against hydrogen at twelve places, above",
    "V31": "an electrolyser that follows wind and sun alone; ours is sized with a battery beside it",
    "V32": "throughput of a store over a region",
    "V40": "no figure was found",
}


def row(found: Found) -> str:
    """One line of the table."""
    span = f"{found.low:,.4g}" if found.low == found.high else f"{found.low:,.4g}-{found.high:,.4g}"
    deviation = "within" if found.deviation == 0.0 else f"{found.deviation:+.1%}"
    verdict = "yes" if found.within else "**no**"
    cells = (
        found.case,
        found.what,
        span,
        f"{found.ours:,.4g}",
        found.unit,
        deviation,
        f"{found.tolerance:.0%}",
        verdict,
    )
    return f"| {' | '.join(cells)} | {found.reason} |"


def main() -> None:
    """Compute every case and write the section."""
    found = [*formulas(), *rules(), *(Found(**fields) for fields in site_cases.cases())]
    lines = [
        "| Case | What | Published | Ours | Unit | Deviation | Tolerance | Within | Reason |",
        "|---|---|---:|---:|---|---:|---:|---|---|",
        *(row(each) for each in sorted(found, key=lambda each: each.case)),
        "",
        "Left out: " + "; ".join(f"{cases}: {why}" for cases, why in NOT_STATED.items()) + ".",
        "",
        "#### H2Integrate's Minnesota steel, term by term",
        "",
        *minnesota_steel.lines(),
        "",
        *site_cases.minnesota_lines(),
    ]
    print("\n".join(lines))
    named = {each.case for each in found} | {name for cases in NOT_STATED for name in cases.split()}
    with TABLE.open(encoding="utf-8") as file:
        forgotten = {entry["case_id"] for entry in csv.DictReader(file)} - named
    assert not forgotten, f"cases neither stated nor explained: {sorted(forgotten)}"
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
