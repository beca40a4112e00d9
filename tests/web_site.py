"""The web app for tests: asked in this process, or run for a browser."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from policygraph.graph.isolation import Limits
from policygraph.web.app import make_app

LIMITS = Limits(10.0, 1024 * 2**20, 64 * 2**20, 2)

NQ25 = "document/dang/tw/xi/nq/25"
CTR23 = "document/dang/tu/ha-noi/2010-2015/ctr/23"
HANOI = "hanoi-dan-van.txt"


def make_site(graph: Path, **options: object) -> Starlette:
    return make_app(graph, LIMITS, **options)  # type: ignore[arg-type]


@contextmanager
def ask_site(graph: Path, **options: object) -> Iterator[TestClient]:
    """A client that asks the app without a network; redirects are answers."""
    with TestClient(
        make_site(graph, **options), base_url="http://127.0.0.1", follow_redirects=False
    ) as client:
        yield client


@contextmanager
def run_site(graph: Path, **options: object) -> Iterator[str]:
    """The address of a running app."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(make_site(graph, **options), log_level="warning", ws="none")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
