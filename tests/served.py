"""A local HTTP server that plays what it is told: answers in turn, slow ones, errors, bodies cut off."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Play:
    """One answer. `cut`: the connection closes after so many bytes. `wait`: seconds before it begins."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    wait: float = 0.0


@dataclass
class Stage:
    """What is played: by path the answers in turn, the last one again and again; and what was asked."""

    plays: dict[str, list[Play]]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def next(self, path: str) -> Play:
        queue = self.plays.get(path) or self.plays.get("*") or [Play(b"{}", 404)]
        return queue.pop(0) if len(queue) > 1 else queue[0]


@contextmanager
def served(plays: dict[str, list[Play]]) -> Iterator[Stage]:
    """The server on a port of its own, for as long as the block lasts."""
    stage = Stage(plays)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            stage.asked.append(self.path)
            stage.headers.append(dict(self.headers.items()))
            self.rfile.read(int(self.headers.get("content-length", 0)))
            play = stage.next(path)
            time.sleep(play.wait)
            try:
                self.send_response(play.status)
                self.send_header("Content-Type", play.content_type)
                self.send_header("Content-Length", str(len(play.body)))
                for name, value in play.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(play.body if play.cut is None else play.body[: play.cut])
                self.wfile.flush()
            except OSError:
                pass  # the client gave up, as some tests want it to
            self.close_connection = True

        do_POST = do_GET

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stage.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stage
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
