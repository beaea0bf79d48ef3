"""Seconds by solver and case as bars on a logarithmic scale, for the documents."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

COLOURS = ("#1b6ca8", "#7fb069", "#e6aa68", "#ca3c25", "#6b4e71")


def plot(
    file: Path, names: Mapping[str, str], results: Mapping[str, Mapping[str, Mapping[str, Any] | None]], limit: int
) -> None:
    """Write the bars of `results` (case, solver); None where the solver ran into the limit."""
    import matplotlib  # an extra: whoever has it not can still import this module

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8.0, 4.5), layout="constrained")
    width = 0.8 / len(names)
    least = min(found["wall"] for row in results.values() for found in row.values() if found)
    for place, (solver, name) in enumerate(names.items()):
        spots = [(at, row[solver]) for at, row in enumerate(results.values()) if solver in row]
        if not spots:
            continue
        across = [at + (place - (len(names) - 1) / 2) * width for at, _ in spots]
        heights = [found["wall"] if found else float(limit) for _, found in spots]
        bars = axes.bar(across, heights, 0.92 * width, label=name, color=COLOURS[place % len(COLOURS)])
        for bar, (_, found) in zip(bars, spots, strict=True):
            if found is None:
                bar.set(alpha=0.5, hatch="//")
        labels = [label(found["wall"]) if found else f"> {limit}" for _, found in spots]
        axes.bar_label(bars, labels, padding=2, fontsize=8)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set_ylim(bottom=least / 3.0)
    axes.margins(y=0.15)
    axes.set_xlim(-0.5, len(results) - 0.5)
    axes.set_xticks(range(len(results)), _ticks(list(results)))
    axes.set_ylabel("seconds, building the problem counted")
    axes.set_title("A year by the hour to its certified optimum", fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    figure.legend(loc="outside lower center", ncols=len(names), frameon=False, fontsize=9)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=130, metadata={"Software": None})
    pyplot.close(figure)


def label(seconds: float) -> str:
    """Seconds to two digits or so."""
    return f"{seconds:.2f}" if seconds < 1.0 else f"{seconds:.1f}" if seconds < 10.0 else f"{seconds:.0f}"


def _ticks(cases: Sequence[str]) -> list[str]:
    meaning = {
        "mn-battery": "sun, wind, battery",
        "mn-hydrogen": "and hydrogen",
        "mn-hydrogen-feed": "and a load of hydrogen",
    }
    return [f"{case}\n{meaning.get(case, '')}" for case in cases]
