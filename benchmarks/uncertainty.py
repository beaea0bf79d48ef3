"""64 re-sizings of green steel in Boden: `python -m benchmarks.uncertainty [--samples N]`.

Seconds on the wall and of the processor of a whole assessment with `options.uncertainty`, of its samples alone, and of
the same samples one by one, each from the beginning; and how far the costs of the two are apart.
"""

import argparse
import os
import time
from collections.abc import Callable
from typing import Any

from models.demand.band import Band
from models.sizing import Family, solve
from models.uncertainty.bands import Shape
from models.uncertainty.sampling import common_factor, latin_hypercube
from service.case import facts
from service.case.case import Case, case_of
from service.schemas.assessment import AssessmentRequest
from service.schemas.examples import examples
from service.schemas.uncertainty import COST_CORRELATION, KINDS
from service.uses.assess import assess
from service.uses.perturbing import parameters_of, perturbed
from service.workers import side_by_side

EXAMPLE = "boden-green-steel"


def timed(name: str, run: Callable[[], Any]) -> Any:
    """What a run returns; prints its seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    print(
        f"{name:60s} {time.perf_counter() - wall:7.2f} s wall {time.process_time() - cpu:7.2f} s processor", flush=True
    )
    return found


def cases_of(case: Case, samples: int) -> list[Case]:
    """The samples of an assessment, as it draws them."""
    parameters = parameters_of(case, KINDS)
    groups = ["cost" if parameter.kind == "cost" else None for parameter in parameters]
    for parameter in parameters:
        print("  ", parameter.name, *(f"{value:.6g}" for value in Band.of(parameter.figure)), parameter.figure.unit)
    rows = latin_hypercube(samples, common_factor(groups, COST_CORRELATION), 0)
    names = [parameter.name for parameter in parameters]
    draws = [dict(zip(names, map(float, row), strict=True)) for row in rows]
    return [perturbed(case, draw, Shape.TWO_PIECE) for draw in draws]


def main() -> None:
    """Print the seconds of each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=64)
    samples = parser.parse_args().samples
    facts.load()
    body = examples()[EXAMPLE]["value"]
    plain = AssessmentRequest.model_validate(body)
    asked = AssessmentRequest.model_validate(body | {"options": {"uncertainty": {"samples": samples}}})
    case = case_of(plain)
    problems = [one.problem for one in cases_of(case, samples)]
    print(f"{samples} samples, {os.cpu_count()} processors")
    assess(plain)

    def together() -> list[tuple[float, int]]:
        family = Family(case.problem)
        found = side_by_side(family.solve, problems)
        return [(one.objective_usd_per_year, one.info.iterations) for one in found]

    def alone() -> list[tuple[float, int]]:
        found = (solve(problem) for problem in problems)
        return [(one.objective_usd_per_year, one.info.iterations) for one in found]

    timed("one assessment", lambda: assess(plain))
    timed("one with uncertainty: samples, weather years, tornado", lambda: assess(asked))
    near = timed("the samples, related and in threads", together)
    far = timed("the samples, one by one from the beginning", alone)
    apart = max(abs(a[0] / b[0] - 1.0) for a, b in zip(near, far, strict=True))
    means = [sum(one[1] for one in found) / samples for found in (near, far)]
    print(f"iterations {means[0]:.1f} against {means[1]:.1f} in the mean; costs apart by at most {apart:.1e}")


if __name__ == "__main__":
    main()
