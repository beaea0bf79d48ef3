"""The cheapest spot is found without pricing every line."""

import numpy as np

from service.supply.siting import cheapest


def test_as_if_all_were_estimated() -> None:
    draw = np.random.default_rng(2)
    asked = 0
    for _ in range(200):
        bounds = draw.integers(1, 20, 30).astype(float).tolist()  # whole numbers: ties too
        extra = draw.integers(0, 6, 30).astype(float).tolist()
        closer = [bound + draw.integers(0, more + 1) for bound, more in zip(bounds, extra, strict=True)]
        priced: list[int] = []

        def estimate(
            index: int, bounds: list[float] = bounds, extra: list[float] = extra, priced: list[int] = priced
        ) -> float:
            priced.append(index)
            return bounds[index] + extra[index]

        every = [bound + more for bound, more in zip(bounds, extra, strict=True)]
        assert cheapest(bounds, closer.__getitem__, estimate) == [every.index(min(every))]
        asked += len(priced)
    assert asked < 200 * 15
    assert cheapest([], lambda _: 0.0) == []
    assert cheapest([2.0, 1.0]) == [1]
