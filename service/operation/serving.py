"""The server as it is started and stopped.

When it is told to stop it takes no new connections, is not ready any more, begins no computation, and lets what runs go
on for the grace time; what has not ended then is stopped at its next step and answered 503. Then chunks of batches that
are in hand are given back, for another service or the next start.
"""

import asyncio
import gc
import socket

import uvicorn
from fastapi import FastAPI

from service.settings import Settings

MOST_HEADER_BYTES = 65_536  # of a request that has not all arrived
LAST_SECONDS = 5.0  # for what was stopped to be answered; an iteration of the solver takes a fraction
KEEP_ALIVE_SECONDS = 75  # longer than callers and proxies keep theirs: who ends first must be the one who asks


class Server(uvicorn.Server):
    """uvicorn's, which tells the application that the end comes."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, grace_seconds: float) -> None:
        super().__init__(config)
        self._app, self._grace_seconds = app, grace_seconds

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; what was loaded is not looked through again by the garbage collector."""
        await super().startup(sockets)
        gc.freeze()
        gc.enable()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drain, then end."""
        self._app.state.ready = False
        both = self._app.state.workers, self._app.state.intakes
        for workers in both:
            workers.drain()
        loop = asyncio.get_running_loop()
        timers = [loop.call_later(self._grace_seconds, workers.stop) for workers in both]
        try:
            await super().shutdown(sockets)
        finally:
            for timer in timers:
                timer.cancel()


def serve(app: FastAPI, settings: Settings, host: str, port: int) -> None:
    """Run until stopped."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,  # `operation.logs` has been asked already
        access_log=False,  # ours names routes, not paths
        server_header=False,
        http="h11",  # the faster parser takes headers of any length
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=int(settings.shutdown_seconds + LAST_SECONDS),
    )
    server = Server(config, app, settings.shutdown_seconds)
    server.run()
    if not server.started:
        raise SystemExit(3)
