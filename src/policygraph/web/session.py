"""Who may decide: whoever was told the token that the server prints when it starts.

The token in an address is taken once and becomes a cookie that other sites cannot send with a form.
A form also carries a proof made of it, which a page of another site cannot know.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import PolicyGraphError

_DIGITS = 8
_ANOTHER_SITE = ("cross-site", "same-site")


class ForbiddenError(PolicyGraphError):
    """A decision by someone who was not told the token, or of another site's page."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """The token of one run of the server; None where nothing may be decided."""

    token: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is anyone who may decide."""
        return self.token is not None

    @property
    def cookie(self) -> str:
        """The name of the cookie: the servers of all ports of a host share their cookies."""
        digest = hashlib.sha256((self.token or "").encode()).hexdigest()
        return f"reviewer-{digest[:_DIGITS]}"

    def knows(self, request: Request) -> bool:
        """Whether a request is of someone who was told the token."""
        given = request.cookies.get(self.cookie, "")
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def begin(self, given: str, response: Response) -> bool:
        """Remembers whoever gives the token; False for any other."""
        if self.token is None or not hmac.compare_digest(given.encode(), self.token.encode()):
            return False
        # Under "strict" a link with the token on a page of another site would be followed in vain.
        response.set_cookie(self.cookie, self.token, httponly=True, samesite="lax")
        return True

    def prove(self) -> str:
        """What a form has to bring along."""
        return hmac.new((self.token or "").encode(), b"form", hashlib.sha256).hexdigest()

    def check_sender(self, request: Request) -> None:
        """Raises ForbiddenError where a form is no reviewer's, or comes from another site."""
        if request.headers.get("sec-fetch-site") in _ANOTHER_SITE:
            raise ForbiddenError("a page of another site may decide nothing")
        origin = request.headers.get("origin")
        if origin is not None and origin != f"{request.url.scheme}://{request.url.netloc}":
            raise ForbiddenError("a page of another site may decide nothing")
        if not self.knows(request):
            raise ForbiddenError("only reviewers may decide", remedy=_OPEN_ADDRESS)

    def check_proof(self, proof: str) -> None:
        """Raises ForbiddenError unless a form stood on a page of this run of the server."""
        if not hmac.compare_digest(proof.encode(), self.prove().encode()):
            raise ForbiddenError("this form is none of this server", remedy=_OPEN_ADDRESS)


_OPEN_ADDRESS = "open the address with the token that the server printed when it started"


def make_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(24)
