"""Threads that ask a set of polygons at once, for the first time, all get the same answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import shapely

from geodata.polygons import PolygonSet
from geodata.sea import LandMap

THREADS = 8


def test_the_first_question_may_come_from_many_threads() -> None:
    random = np.random.default_rng(0)
    places = np.column_stack([random.uniform(5.0, 25.0, 500), random.uniform(50.0, 67.0, 500)])
    known = LandMap.load().land
    fresh = PolygonSet(shapely.from_wkb(shapely.to_wkb(known.areas)))  # none of them prepared yet
    begin = Barrier(THREADS)

    def ask(_: int) -> np.ndarray:
        begin.wait()
        return fresh.contain(places)

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(ask, range(THREADS)))
    assert all(np.array_equal(answer, known.contain(places)) for answer in answers)
