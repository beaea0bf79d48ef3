"""Supply against others: a section of docs/validation.md and its plots, `python -m tests.validation.supply_report`.

It needs the reference data beside the project; without them it says so and leaves the page as it is.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np

from models.arrays import FloatArray
from tests.shared import SHARED
from tests.validation import test_climate as climate
from tests.validation.test_supply_sam import pv_errors, wind_error
from tests.weather_files import PAIRS, SOLAR, WIND

mpl.use("Agg")
mpl.rcParams |= {
    "svg.hashsalt": "sitewatt",
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.grid": True,
    "grid.alpha": 0.3,
}
from matplotlib import pyplot as plt  # noqa: E402  # after the choice of what draws

DOCS = Path(__file__).parents[2] / "docs"
PAGE, PLOTS = DOCS / "validation.md", DOCS / "plots"
BEGIN, END = "<!-- supply: begin -->", "<!-- supply: end -->"
NOTES = {
    "P09": "reanalysis (ERA5)",
    "P11": "reanalysis (coastDat)",
    "S04": "reanalysis (ERA5)",
    "S05": "typical year",
    "S14": "half-hourly",
}
Pairs = dict[str, tuple[float, float]]


def short(name: str) -> str:
    """`P01` of a pair, else the first words of a file's name."""
    return name if name in PAIRS else " ".join(name.split(".")[0].split("_")[:5])


def note(name: str) -> str:
    """What kind of weather it is, where it is no plain measurement."""
    return "satellite" if "himawari" in name else NOTES.get(name[:3], "")


def saved(figure: plt.Figure, name: str) -> str:
    """The plot on disk, the same bytes for the same numbers; its line of markdown."""
    PLOTS.mkdir(exist_ok=True)
    figure.tight_layout()
    figure.savefig(PLOTS / f"{name}.svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return f"![{name.replace('_', ' ')}](plots/{name}.svg)"


def bars(errors: dict[str, dict[str, float]], limit: float, title: str, name: str) -> str:
    """Relative errors by file and design, with the limit as lines."""
    figure, axes = plt.subplots(figsize=(8.0, 0.32 * len(errors) + 1.4))
    designs = list(next(iter(errors.values())))
    for index, design in enumerate(designs):
        places = np.arange(len(errors)) + (index - (len(designs) - 1) / 2.0) * 0.25
        axes.barh(places, [100.0 * found[design] for found in errors.values()], height=0.22, label=design)
    axes.set_yticks(np.arange(len(errors)), [short(file) for file in errors])
    axes.invert_yaxis()
    for side in (-limit, limit):
        axes.axvline(100.0 * side, color="black", linestyle=":", linewidth=1.0)
    axes.set_xlabel(title)
    if len(designs) > 1:
        axes.legend(fontsize=8)
    return saved(figure, name)


def against(pairs: Pairs, band: Callable[[FloatArray], tuple[FloatArray, FloatArray]], title: str, name: str) -> str:
    """Embedded over real, with the band that is the target."""
    figure, axes = plt.subplots(figsize=(4.6, 4.2))
    values = np.array(list(pairs.values()))
    line = np.linspace(values.min() * 0.85, values.max() * 1.1, 50)
    low, high = band(line)
    axes.fill_between(line, low, high, alpha=0.2, label="target")
    axes.plot(line, line, color="black", linewidth=0.8)
    for place, (embedded, real) in pairs.items():
        axes.plot(real, embedded, "o", color="tab:red")
        axes.annotate(short(place)[:3], (real, embedded), textcoords="offset points", xytext=(5, -3), fontsize=8)
    axes.set_xlabel(f"real hours: {title}")
    axes.set_ylabel("embedded year")
    axes.legend(fontsize=8)
    return saved(figure, name)


def daily_wind() -> str:
    """Duration curves of the wind's daily means by pair: how often it is calm for a day."""
    figure, panels = plt.subplots(1, len(PAIRS), figsize=(11.0, 2.6), sharey=True)
    for axes, name in zip(np.atleast_1d(panels), PAIRS, strict=True):
        for label, year in (("real", climate.real_year(name)), ("embedded", climate.embedded_year(name))):
            daily = climate.wind_of(year)[: 365 * 24].reshape(-1, 24).mean(axis=1)
            axes.plot(np.linspace(0.0, 100.0, len(daily)), np.sort(daily)[::-1], label=label)
        axes.set_title(name, fontsize=9)
        axes.set_xlabel("% of days")
    np.atleast_1d(panels)[0].set_ylabel("daily wind capacity factor")
    np.atleast_1d(panels)[0].legend(fontsize=8)
    return saved(figure, "daily_wind")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def compared(pairs: Pairs, digits: int) -> list[list[str]]:
    return [
        [
            short(name),
            f"{embedded:.{digits}f}",
            f"{real:.{digits}f}",
            f"{embedded / real - 1.0:+.1%}",
            note(name),
        ]
        for name, (embedded, real) in pairs.items()
    ]


def summary(pairs: Pairs) -> str:
    values = np.array(list(pairs.values()))
    share = np.abs(values[:, 0] / values[:, 1] - 1.0)
    gap = np.abs(values[:, 0] - values[:, 1]).mean()
    return (
        f"Mean absolute error {gap:.3f}, {share.mean():.1%}; median {np.median(share):.1%}; largest {share.max():.1%}."
    )


def section() -> list[str]:
    """The lines between the marks."""
    pv = {name: pv_errors(name) for name in SOLAR}
    wind = {name: {"error": wind_error(name)} for name in WIND}
    every = np.array([abs(error) for errors in pv.values() for error in errors.values()])
    lines = [
        "### PV and wind against PySAM 7.1.1",
        "",
        "The same files through the product's own readers, the reference's design and losses; relative error of the "
        "year's yield.",
        "",
        *table(
            ["File", "fixed 20", "fixed at latitude", "tracker", ""],
            [[short(name), *(f"{e:+.2%}" for e in errors.values()), note(name)] for name, errors in pv.items()],
        ),
        f"Median {np.median(every):.2%}, largest {every.max():.2%}.",
        "",
        bars(pv, 0.02, "PV yield against PySAM, %", "pv_against_pysam"),
        "",
        *table(["File", "wind"], [[short(name), f"{found['error']:+.2%}"] for name, found in wind.items()]),
        bars(wind, 0.02, "wind yield against PySAM, %", "wind_against_pysam"),
        "",
        "### The embedded year against real hours",
        "",
        "Default plants on the ordinary embedded year and on the file's hours. Nothing was tuned to these places.",
        "",
    ]
    head = ["Place", "embedded", "real", "error", ""]
    sun, breeze, cost = climate.pv_pairs(), climate.wind_pairs(), climate.cost_pairs()
    for pairs, digits, title, name, band in (
        (sun, 3, "PV capacity factor", "embedded_pv", lambda x: (0.93 * x, 1.07 * x)),
        (breeze, 3, "wind capacity factor", "embedded_wind", lambda x: (x - 0.035, x + 0.035)),
        (cost, 1, "cost of a flat 100 MW load, EUR/MWh", "embedded_cost", lambda x: (0.9 * x, 1.1 * x)),
    ):
        lines += [f"{title[0].upper()}{title[1:]}. {summary(pairs)}", "", *table(head, compared(pairs, digits))]
        # Digits beyond what a solver certifies would make the plot another file each time.
        drawn = {place: (round(ours, digits + 1), round(real, digits + 1)) for place, (ours, real) in pairs.items()}
        lines += [against(drawn, band, title, name), ""]
    return [*lines, "How often a day is calm:", "", daily_wind()]


def main() -> int:
    """Rewrite the section."""
    if not (SHARED / "validation").is_dir():
        print("the reference data are not beside the project: the section on supply stays as it is")
        return 0
    lines = section()
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after, "utf-8")
    print(f"{len(list(PLOTS.glob('*.svg')))} plots, {PAGE.name} rewritten")
    return 0


if __name__ == "__main__":
    sys.exit(main())
