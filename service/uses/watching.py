"""Batches as they stand, for all who follow them: the database is asked once, however many follow."""

import asyncio

import anyio.to_thread

from service.access.tenants import tenant_in_use
from service.jobs.records import Batch
from service.uses.batching import Batching


class Watching:
    """The looks at batches that are under way, or not older than `seconds`; the event loop's alone."""

    def __init__(self, batching: Batching, seconds: float) -> None:
        self._batching, self._seconds = batching, seconds
        self._looks: dict[tuple[str, str], asyncio.Task[Batch]] = {}

    async def look(self, batch_id: str) -> Batch:
        """The batch as it stood within `seconds`, or stands. Raises ProblemError."""
        of = tenant_in_use(), batch_id
        if of not in self._looks:
            task = asyncio.create_task(anyio.to_thread.run_sync(self._batching.get, batch_id))
            task.add_done_callback(lambda done: self._keep(of, done))
            self._looks[of] = task
        return await asyncio.shield(self._looks[of])  # who leaves does not take it from the others

    def _keep(self, of: tuple[str, str], task: asyncio.Task[Batch]) -> None:
        if not task.cancelled():
            task.exception()  # told to those who wait; where all have left there is nobody to tell
        asyncio.get_running_loop().call_later(self._seconds, self._looks.pop, of, None)
