"""Random sizing problems: our solver against HiGHS, objective by objective, and the share that needed another solver.

`python -m tests.validation.test_sizing_random 700` prints the count for as many problems as asked, and each problem
that was left to another solver or answered differently.
"""

import sys
from collections import Counter

import pytest

from tests.validation.sizing_compare import Comparison, compare
from tests.validation.sizing_draws import Draw

PROBLEMS = 300
MOST_FALLBACKS = 0.01


def tried(seeds: range) -> dict[int, Comparison]:
    """Every seed's comparison."""
    return {seed: compare(Draw(seed).problem()) for seed in seeds}


def report(found: dict[int, Comparison]) -> tuple[str, float]:
    """A line of counts, and the share of problems with an optimum that costs anything which another solver found."""
    answered = Counter(item.who for item in found.values())
    costly = [item for item in found.values() if item.costs]
    nil = sum(item.fell_back and not item.costs for item in found.values())
    share = sum(item.fell_back for item in costly) / max(len(costly), 1)
    return f"{dict(answered)}; {share:.2%} of {len(costly)} needed another solver, and {nil} of no cost", share


@pytest.mark.slow
def test_random_problems_agree_with_highs() -> None:
    found = tried(range(PROBLEMS))
    line, share = report(found)
    print(line)
    assert {seed: item for seed, item in found.items() if not item.agrees} == {}
    assert sum(item.costs for item in found.values()) > 0.6 * PROBLEMS
    assert share <= MOST_FALLBACKS, line


if __name__ == "__main__":
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    results = tried(range(first, first + int(sys.argv[1])))
    for seed, item in results.items():
        if not item.agrees or item.fell_back:
            print(seed, item)
    print(report(results)[0])
