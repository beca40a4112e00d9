"""Answers only requests that name this machine, so that no web page reaches it under its own name.

A page of any site may have its name resolved to 127.0.0.1 (DNS rebinding) and then read what an
endpoint there answers. Such a request says the site's name in its Host header; so a name must be
known, while an address cannot have been rebound.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class HostCheck:
    """Refuses requests for hosts that are neither addresses, nor "localhost", nor named."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_known(Headers(scope=scope).getlist("host")):
            message = "this server is not known under the host that the request names"
            refusal = PlainTextResponse(f"{message} (start it with --allow-host NAME)\n", 421)
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)

    def _is_known(self, hosts: list[str]) -> bool:
        found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if found is None:
            return False
        host = (found["address"] or found["name"]).lower()
        return host in self._names or _is_address(host)


_HOST = re.compile(r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.-]+))(?::\d+)?", re.ASCII)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
