"""The web app in a real headless Chromium with nothing but the server in reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from corpus import write_records
from web_site import CTR23, HANOI, NQ25, run_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PATHS = {
    "home": "/",
    "search": "/search?q=25-NQ/TW",
    "document": f"/{NQ25}",
    "contradiction": f"/{CTR23}",
    "reader": f"/article/{HANOI}?at=300,420#at",
    "organisation": "/organisation/thanh-uy-ha-noi",
    "campaign": "/campaign/dan-van-kheo",
    "trace-choice": "/trace",
    "trace": f"/trace?document={NQ25}",
    "coverage": f"/coverage?document={NQ25}&seen=true",
    "check": "/check",
    "questions": "/questions",
    "question": f"/questions/implementers?document={NQ25}",
    "error": "/trace?document=25-NQ/TW",
    "graph-choice": "/graph",
    "graph": f"/graph?focus={NQ25}&kind=document&kind=article",
    "path": f"/graph/path?start={NQ25}&end=campaign/dan-van-kheo",
    "overview": "/graph/overview?by=issuer&group=:",
    "edge": f"/graph/edge?subject={CTR23}&relation=implements&object={NQ25}",
}
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Visit:
    """A page in a browser, with what it complained of and what it asked for elsewhere."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site(demo_graph: Path) -> Iterator[str]:
    with run_site(demo_graph) as address:
        yield address


@contextmanager
def visit(chromium: Browser, **options: Any) -> Iterator[Visit]:
    """A fresh browser context that reaches this machine alone."""
    context = chromium.new_context(**{"viewport": DESK, "locale": "vi-VN", **options})
    visited = Visit(context.new_page())

    def route(request: Any) -> None:
        if urlsplit(request.request.url).hostname == "127.0.0.1":
            request.continue_()
        else:
            visited.abroad.append(request.request.url)
            request.abort()

    context.route("**/*", route)
    visited.page.on("pageerror", lambda error: visited.complaints.append(str(error)))
    visited.page.on("dialog", lambda dialog: visited.complaints.append(f"dialog {dialog.message}"))
    visited.page.on(
        "console",
        lambda said: (
            visited.complaints.append(said.text) if said.type in ("error", "warning") else None
        ),
    )
    try:
        yield visited
    finally:
        context.close()


def test_from_a_number_to_the_sentence_and_away(
    chromium: Browser, site: str, tmp_path: Path
) -> None:
    """The main path: search, document, lược đồ, evidence, reader, trace, export."""
    with visit(chromium) as visited:
        page = visited.page
        page.goto(site)
        page.get_by_role("combobox").last.press_sequentially("nghi quyet 25", delay=5)
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{NQ25}")
        carried = page.locator(".later .lines > li", has_text="23-CTr/TU")
        carried.locator("summary").click()
        assert "23-CTr/TU" in carried.locator("blockquote").first.inner_text()
        carried.locator("blockquote footer a").first.click()
        page.wait_for_url(f"**/article/{HANOI}?at=*")
        assert "23-CTr/TU" in page.locator("mark").first.inner_text() + "".join(
            page.locator("mark").all_inner_texts()
        )
        assert page.locator("#at").is_visible() or page.locator("mark").first.is_visible()
        page.locator(".text a.mention.document").first.focus()
        assert page.get_by_role("tooltip").is_visible()
        page.locator(".text a.mention", has_text="25-NQ/TW").first.click()
        page.wait_for_url(f"**/{NQ25}")
        page.get_by_role("link", name="Chuỗi thực hiện").last.click()
        page.locator("svg.chart").wait_for()
        for name, ending, start in (("SVG", "svg", b"<svg"), ("PNG", "png", b"\x89PNG")):
            with page.expect_download() as download:
                page.locator(".actions").get_by_text(name, exact=True).click()
            file = tmp_path / f"trace.{ending}"
            download.value.save_as(file)
            assert file.read_bytes().strip().startswith(start)
            assert file.stat().st_size > 5_000
        assert visited.complaints == []
        assert visited.abroad == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PATHS)
def test_pages_are_accessible(chromium: Browser, site: str, name: str, scheme: str) -> None:
    """axe-core finds nothing serious, on a desk and on a phone; nothing is wider than a phone."""
    with visit(chromium, color_scheme=scheme) as visited:
        page = visited.page
        for size in (DESK, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.goto(site + PATHS[name])
            found = Axe().run(page)
            serious = [
                (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
                for each in found.response["violations"]
                if each["impact"] in ("serious", "critical")
            ]
            assert serious == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        status = [each for each in visited.complaints if "300 (Multiple Choices)" not in each]
        assert status == []
        assert visited.abroad == []


def test_everything_is_there_without_script(chromium: Browser, site: str) -> None:
    with visit(chromium, java_script_enabled=False) as visited:
        page = visited.page
        page.goto(site)
        page.locator("#home-q").fill("dan van kheo")
        page.locator("#home-q").press("Enter")
        page.get_by_role("link", name="Dân vận khéo", exact=True).first.click()
        page.wait_for_url("**/campaign/dan-van-kheo")
        page.locator("a.cited").first.click()
        page.locator("mark").first.wait_for()
        page.goto(f"{site}/trace?document={NQ25}")
        page.locator("form.filters summary").click()
        page.locator('input[name="relation"][value="implements"]').check()
        page.locator("form.filters button").click()
        page.wait_for_url("**relation=implements**")
        page.locator("svg.chart .edge-implements").first.wait_for(state="attached")
        assert not page.locator("svg.chart .edge-reviews").count()
        page.get_by_role("link", name="English").click()
        page.locator("html[lang=en]").wait_for()
        page.goto(f"{site}/check")
        assert page.locator("html").get_attribute("lang") == "en"
        page.get_by_role("link", name="dark").click()
        page.locator("html[data-theme=dark]").wait_for()


def test_keyboard_alone_reads_an_article(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        page.goto(f"{site}/article/{HANOI}")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
        page.locator(".text a.mention").first.focus()
        card = page.get_by_role("tooltip")
        assert card.is_visible()
        assert page.locator(".text a.mention").first.get_attribute("aria-describedby") == "card"
        page.keyboard.press("Escape")
        assert not card.is_visible()


HOSTILE = '"><script>window.ran=1</script><img src=x onerror="window.ran=1">{{7*7}}\u202e'
TEXTS = {
    f"a/{HOSTILE}.txt": (
        f"Thành ủy Hà Nội {HOSTILE} đã ban hành Chương trình hành động số 23-CTr/TU, ngày "
        f"25/7/2013 về thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013 “{HOSTILE}” của Ban Chấp "
        f"hành Trung ương Đảng khóa XI. Phong trào thi đua “Dân vận khéo {HOSTILE}” do Ban Dân "
        "vận Trung ương phát động."
    ),
    "javascript:alert(1)//": "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 " + "<b onclick=alert(1)>",
    "?q=1#x": "Quyết định số 217-QĐ/TW ngày 12/12/2013 của Bộ Chính trị <svg/onload=alert(1)>",
    "%2e%2e/%00": "Chỉ thị số 30-CT/TU ngày 1/2/2014 của Tỉnh ủy Sơn La </div></main>",
}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    import json

    from policygraph import build

    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "hostile.jsonl"
    write_records(file, TEXTS)
    records = [json.loads(line) for line in file.read_text().splitlines()]
    for record in records:
        record |= {"title": HOSTILE, "author": HOSTILE, "url": "javascript:alert(1)"}
    file.write_text("\n".join(map(json.dumps, records)))
    with run_site(build(file, graph=folder / "graph").folder) as address:
        yield address


def test_hostile_articles_run_nothing(chromium: Browser, hostile_site: str) -> None:
    """Every page that links reach, from the first one on, shows what articles hold as text."""
    with visit(chromium) as visited:
        page = visited.page
        seen: set[str] = set()
        waiting = [
            f"{hostile_site}{path}"
            for path in ("/", "/check", "/search?q=script", "/trace", "/coverage")
        ]
        while waiting:
            address = waiting.pop().partition("#")[0]
            if address in seen or len(seen) > 120:
                continue
            seen.add(address)
            response = page.goto(address)
            assert response
            assert response.status < 500, address
            if not response.headers["content-type"].startswith("text/html"):
                continue
            assert page.evaluate("window.ran") is None, address
            assert page.locator("main").count() == 1, address
            assert not page.locator('a[href^="javascript" i]').count(), address
            assert not page.locator("img, [onclick], [onerror]").count(), address
            links = page.eval_on_selector_all(
                "main a[href]:not([download])",
                "all => all.map(a => new URL(a.getAttribute('href'), location).href)",
            )
            waiting += [
                link
                for link in links
                if link.startswith(hostile_site) and not link.split("?")[0].endswith(ENDINGS)
            ]
        assert any("/article/" in address for address in seen)
        assert any("/campaign/" in address for address in seen)
        assert len(seen) > 12
        assert [each for each in visited.complaints if "status of" not in each] == []
        assert visited.abroad == []


ENDINGS = (".csv", ".tsv", ".json", ".svg", "trace.html", "coverage.html")
