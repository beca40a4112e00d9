"""Runs the endpoint: binds a port, and keeps clients that are slow from holding it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from policygraph.errors import PolicyGraphError

_MOST_CONNECTIONS = 500
_MOST_SILENCE = (
    15.0  # seconds for a request's head to come, or for a client to take some of an answer
)
_MOST_ENDING = 3  # seconds that running queries have when the server is ended


def serve(app: ASGIApp, *, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Answers until it is interrupted; `on_ready` is told the address once it is open.

    Raises:
        PolicyGraphError: a host that is not this machine's, or a port that is taken.
    """
    listener = _bind(host, port)
    config = uvicorn.Config(
        app,
        http=_ImpatientProtocol,
        ws="none",
        lifespan="on",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_MOST_ENDING,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    on_ready(_address_of(host, listener.getsockname()[1]))
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_MOST_CONNECTIONS)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "name another with --port, or 0 for one that is free"
        raise PolicyGraphError(reason, place=f"{host}:{port}", remedy=remedy) from error
    # connections inherit it; else the body of an answer waits 40 ms for its head to be acknowledged
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address_of(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what is bound to a host."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _ImpatientProtocol(H11Protocol):
    """Drops clients that neither finish the head of a request nor take what they asked for."""

    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch(True)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch(self.cycle is None or self.cycle.response_complete)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch(True)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch(True)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._watch(False)

    def connection_lost(self, exc: Exception | None) -> None:
        self._watch(False)
        super().connection_lost(exc)

    def _watch(self, is_waiting: bool) -> None:
        """Lets time run for the client, which goes on where it runs already; or stops it."""
        if is_waiting and self._end is None:
            self._end = self.loop.call_later(_MOST_SILENCE, self.transport.abort)
        elif not is_waiting and self._end is not None:
            self._end.cancel()
            self._end = None
