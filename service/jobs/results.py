"""Results read in the order asked for, a page at a time: no long transaction, no more than a page in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, select

from service.jobs.database import Database
from service.jobs.headline import figure_of
from service.jobs.records import Batch
from service.jobs.tables import results

PAGE = 500
MANY = 5000


@dataclass(frozen=True, slots=True)
class Ranking:
    """Order and filter. `rank_by` of None is the batch's own."""

    by_rank: bool = False
    rank_by: str | None = None
    descending: bool | None = None
    status: str | None = None
    limit: int | None = None
    after: int = 0


class Results:
    """The rows of one batch as they are when this is made; numbers (rows,) in order, ranks (rows,) with 0 for none."""

    def __init__(self, database: Database, batch: Batch, ranking: Ranking) -> None:
        self._database, self.batch = database, batch
        descending = batch.descending if ranking.descending is None else ranking.descending
        numbers, values, failed = self._values(ranking.rank_by)
        order = np.lexsort((numbers, -values if descending else values))
        ranks = np.zeros(len(numbers), dtype=np.int64)
        ranked = order[: int(np.isfinite(values).sum())]
        ranks[ranked] = np.arange(1, len(ranked) + 1)
        if not ranking.by_rank:
            order = np.arange(len(numbers))
        if ranking.status is not None:
            order = order[failed[order] == (ranking.status == "failed")]
        order = order[numbers[order] > ranking.after]
        order = order[: ranking.limit]
        self.numbers, self.ranks = numbers[order], ranks[order]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Rows as the API shows them."""
        for start in range(0, len(self.numbers), PAGE):
            numbers = self.numbers[start : start + PAGE].tolist()
            with self._database.reading() as connection:
                wanted = select(results).where(*self._mine(), results.c.number.in_(numbers))
                found = {row.number: row for row in connection.execute(wanted)}
            for number, rank in zip(numbers, self.ranks[start : start + PAGE].tolist(), strict=True):
                if number in found:  # else it was deleted in the meantime
                    yield _shown(found[number], rank)

    def _values(self, rank_by: str | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Numbers in order, the figures to rank by (NaN for none), and who failed."""
        own = rank_by is None or rank_by == self.batch.rank_by
        figure: ColumnElement[Any] = results.c.rank_value if own else results.c.figures
        wanted = select(results.c.number, figure, results.c.status).where(*self._mine()).order_by(results.c.number)
        numbers, values, failed = [], [], []
        last = 0
        while True:
            with self._database.reading() as connection:
                page = connection.execute(wanted.where(results.c.number > last).limit(MANY)).all()
            for number, value, status in page:
                found = value if own or rank_by is None else figure_of(value, rank_by)
                numbers.append(number)
                values.append(np.nan if found is None else found)
                failed.append(status == "failed")
            if len(page) < MANY:
                break
            last = page[-1][0]
        return np.array(numbers, dtype=np.int64), np.array(values, dtype=float), np.array(failed, dtype=bool)

    def _mine(self) -> tuple[ColumnElement[bool]]:
        return (results.c.batch_id == self.batch.id,)


def _shown(row: Any, rank: int) -> dict[str, Any]:
    return {
        "site_id": row.site_id,
        "number": row.number,
        "status": row.status,
        "rank": rank or None,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "assessment": row.figures,
        "problem": row.problem,
    }
