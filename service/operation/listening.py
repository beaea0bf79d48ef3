"""Whether the addresses that a service is to listen on can be had, looked at before anything is loaded."""

import errno
import os
import socket
from typing import Any

from service.operation.configuration import ConfigurationError, variable
from service.settings import Settings

NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def check_addresses(settings: Settings, host: str, port: int) -> None:
    """Raise ConfigurationError where the service's own address, or that of its metrics, cannot be listened on."""
    wanted = [("port", host, port)]
    if settings.metrics == "port":
        wanted.append(("metrics_port", settings.metrics_host, settings.metrics_port))
    found = [f"{variable(name)}: {problem}" for name, at, of in wanted if (problem := _problem(at, of))]
    if found:
        raise ConfigurationError(found)


def _problem(host: str, port: int) -> str:
    """Why nothing can listen there; empty where it can."""
    shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        named = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        named = []
    codes = {_refusal(family, address) for family, _, _, _, address in named}
    refusals = codes.difference({0, *NOT_HERE})
    if refusals:
        return f"cannot listen on {shown}: {os.strerror(refusals.pop()).lower()}"
    return "" if 0 in codes else f"{shown} is no address of this machine"


def _refusal(family: int, address: Any) -> int:
    """The system's number for what it has against the address; 0 for nothing."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server: what just ended is no matter
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            probe.bind(address)
    except OSError as error:
        return error.errno or errno.EINVAL
    return 0
