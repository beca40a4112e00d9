"""What a browser may do with our pages: show them, run our own files, and ask this server alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: "editor" for pages whose library styles what it draws by itself; it runs no other script either.
Strictness = Literal["strict", "editor"]

_OWN = (
    "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
POLICIES: Mapping[Strictness, str] = {
    "strict": f"{_OWN}; style-src 'self'",
    "editor": f"{_OWN}; style-src 'self' 'unsafe-inline'",
}
_HEADERS = {
    "Content-Security-Policy": POLICIES["strict"],
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class SafetyHeaders:
    """Adds these headers to every response that has not its own."""

    def __init__(self, app: ASGIApp, *, but: str) -> None:
        self._app = app
        self._but = but

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == self._but:
            return await self._app(scope, receive, send)

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        return await self._app(scope, receive, send_with)
