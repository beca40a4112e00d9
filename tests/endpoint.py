"""A running endpoint for tests, and requests to it byte by byte."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str:
        return self.headers["content-type"].partition(";")[0]


@dataclass(frozen=True)
class Endpoint:
    """The server of `policygraph serve`, and the process that it is."""

    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"

    def children(self) -> list[int]:
        """The processes that answer its queries (Linux)."""
        pid = self.process.pid
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def request(self, method: str, target: str, body: bytes | None = None, **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, body, named)
            response = connection.getresponse()
            received = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, received, response.read())
        finally:
            connection.close()

    def get(self, query: str, *graphs: tuple[str, str], **headers: str) -> Reply:
        return self.request("GET", f"/sparql?{urlencode([('query', query), *graphs])}", **headers)

    def post(self, query: str, **headers: str) -> Reply:
        headers.setdefault("Content_Type", "application/sparql-query")
        return self.request("POST", "/sparql", query.encode(), **headers)


@contextmanager
def run_endpoint(graph: Path, *options: str, change: str = "") -> Iterator[Endpoint]:
    """`policygraph serve` on a free port; it must end as it should when it is told to.

    `change` is Python that runs before, to shorten what would take a test too long.
    """
    program = f"{change}\nfrom policygraph.cli import main\nmain()"
    command = [sys.executable, "-c", program, "serve", "--sparql-only", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--graph", str(graph), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stderr
    found = re.fullmatch(r"SPARQL at http://\S+:(\d+)/sparql\n", process.stdout.readline())
    try:
        assert found, process.stderr.read()
        yield Endpoint(int(found[1]), process)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors, errors
