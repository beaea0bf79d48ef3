"""A way to a service that breaks: TCP connections that end after so many bytes of the answer."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE = 256


@dataclass
class Way:
    """`left`: for each connection to come the bytes of its answer that pass; when used up, all of them."""

    port: int
    left: list[int] = field(default_factory=list)
    cuts: int = 0
    address: str = ""


@contextmanager
def cutting(port: int, after: Sequence[int]) -> Iterator[Way]:
    """A listener on a port of its own before the one that the service listens on."""
    listener = socket.create_server(("127.0.0.1", 0))
    way = Way(port, list(after), address=f"http://127.0.0.1:{listener.getsockname()[1]}")
    threading.Thread(target=_accept, args=(listener, way), daemon=True).start()
    try:
        yield way
    finally:
        listener.close()


def _accept(listener: socket.socket, way: Way) -> None:
    with suppress(OSError):  # closed at the end of the test
        while True:
            caller, _ = listener.accept()
            most = way.left.pop(0) if way.left else None
            threading.Thread(target=_pass, args=(caller, way, most), daemon=True).start()


def _pass(caller: socket.socket, way: Way, most: int | None) -> None:
    with caller, socket.create_connection(("127.0.0.1", way.port)) as service, suppress(OSError):
        threading.Thread(target=_copy, args=(caller, service), daemon=True).start()
        passed = 0
        while piece := service.recv(PIECE):
            if most is not None and passed + len(piece) > most:
                caller.sendall(piece[: most - passed])
                way.cuts += 1
                caller.shutdown(socket.SHUT_RDWR)
                return
            caller.sendall(piece)
            passed += len(piece)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
