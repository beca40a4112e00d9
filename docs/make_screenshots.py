"""Takes the pictures of docs/ anew: the web app on the graph of data/articles, in Chromium.

python docs/make_screenshots.py [FOLDER]
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

import policygraph as pg
from policygraph.graph.isolation import Limits
from policygraph.web.app import make_app

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NQ25 = "document/dang/tw/xi/nq/25"


@dataclass(frozen=True)
class Picture:
    """A picture of docs/: what is shown of which page, and what is opened or pointed at in it."""

    name: str
    path: str
    height: int = 820
    scheme: str = "light"
    width: int = 1280
    open: str = ""
    hover: str = ""


PICTURES = (
    Picture("web-document", f"/{NQ25}", height=1080, open=".later .evidence >> nth=1"),
    Picture("web-reader", "/article/hanoi-dan-van.txt", hover=".text a.mention.document >> nth=0"),
    Picture("web-trace", f"/trace?document={NQ25}", height=980),
    Picture(
        "web-coverage", f"/coverage?document={NQ25}&document=document/dang/tw/xi/qd/217&seen=true"
    ),
    Picture("web-graph", f"/graph?focus={NQ25}"),
    Picture("web-query", "/query"),
    Picture("web-phone", "/document/dang/tu/ha-noi/2010-2015/ctr/23", 844, "dark", 390),
)


@contextmanager
def run_site() -> Iterator[str]:
    """The address of the app on a graph of its own."""
    with tempfile.TemporaryDirectory() as folder:
        graph = pg.build(ARTICLES, graph=Path(folder) / "graph").folder
        app = make_app(graph, Limits(10.0, 2**30, 2**26, 2))
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def take(page: Page, picture: Picture, folder: Path) -> None:
    if picture.open:
        page.locator(picture.open).locator("summary").click()
        page.evaluate("scrollTo(0, 0)")
    if picture.hover:
        page.locator(picture.hover).hover()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)  # what scripts draw has come to rest
    page.screenshot(path=folder / f"{picture.name}.png")


def main(folder: Path) -> None:
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        sys.exit(f"no Chromium on PATH (looked for {', '.join(BROWSERS)})")
    with run_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme=picture.scheme,  # type: ignore[arg-type]
                locale="vi-VN",
            )
            page.goto(address + picture.path)
            take(page, picture, folder)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
