"""The editor of SPARQL in a real headless Chromium, with nothing but the server in reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_web_browser import DESK, PHONE, visit
from web_site import NQ25, run_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

TRIPLES = "CONSTRUCT { ?a pg:implements ?b } WHERE { ?a pg:implements ?b }"
VALUE = "document.querySelector('.CodeMirror').CodeMirror.getValue()"


@pytest.fixture(scope="module")
def site(demo_graph: Path) -> Iterator[str]:
    with run_site(demo_graph) as address:
        yield address


@contextmanager
def open_editor(chromium: Browser, address: str, **options: object) -> Iterator[Page]:
    """The editor at an address, which must complain of nothing and stay on this machine.

    That a query is refused is told in the console by the browser itself.
    """
    with visit(chromium, **options) as visited:
        visited.page.goto(address)
        visited.page.locator(".CodeMirror").wait_for()
        wait_until(visited.page, "policygraph.vocabulary.terms.length > 0")
        yield visited.page
        assert [each for each in visited.complaints if "status of 400" not in each] == []
        assert visited.abroad == []
        assert visited.page.evaluate("localStorage.length + sessionStorage.length") == 0


def wait_until(page: Page, condition: str) -> None:
    """Playwright's own waiting evaluates text in the page, which the page forbids."""
    for _ in range(400):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    raise AssertionError(condition)


def type_query(page: Page, text: str) -> None:
    """Types in the place of what stands in the editor."""
    page.locator(".CodeMirror-scroll").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text, delay=5)


def run(page: Page, sparql: str) -> None:
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", sparql)
    page.locator("#run").click()
    page.locator("#results:not([hidden]), #trouble:not([hidden])").wait_for()


def hints(page: Page) -> Locator:
    return page.locator(".CodeMirror-hint")


def test_it_completes_terms_with_what_they_mean(chromium: Browser, site: str) -> None:
    with open_editor(chromium, f"{site}/query") as page:
        type_query(page, "SELECT ?d WHERE { ?d pg:imp")
        hints(page).first.wait_for()
        assert hints(page).all_inner_texts()[0].startswith("pg:implements thực hiện: ")
        page.keyboard.press("Enter")
        page.keyboard.type(" ?")
        hints(page).first.wait_for()
        assert hints(page).all_inner_texts() == ["?d "]
        page.keyboard.press("Escape")
        page.wait_for_timeout(50)
        written = page.evaluate(VALUE)
        assert written.startswith("PREFIX pg: <https://w3id.org/policygraph/ontology#>\nSELECT")
        assert "?d pg:implements ?" in written


def test_it_completes_by_the_words_of_a_label(chromium: Browser, site: str) -> None:
    with open_editor(chromium, f"{site}/query") as page:
        type_query(page, "SELECT ?d WHERE { ?d ban")
        hints(page).first.wait_for()
        assert any("ban hành" in each for each in hints(page).all_inner_texts())


def test_it_completes_things_of_the_graph_by_name(chromium: Browser, site: str) -> None:
    with open_editor(chromium, f"{site}/query") as page:
        type_query(page, "SELECT ?d WHERE { ?d pg:implements <nghi quyet 25")
        hints(page).filter(has_text="2013-06-03").first.wait_for()
        page.keyboard.press("Enter")
        page.keyboard.type(" }")
        page.keyboard.press("Control+Enter")
        page.get_by_role("link", name="Chương trình hành động 23-CTr/TU").first.wait_for()
        assert f"{NQ25}>" in page.evaluate(VALUE)
        assert quote(NQ25, safe="") in page.url


def test_a_thing_can_be_inserted(chromium: Browser, site: str) -> None:
    with open_editor(chromium, f"{site}/query") as page:
        type_query(page, "DESCRIBE ")
        page.locator("#insert").press_sequentially("25-NQ/TW", delay=5)
        page.get_by_role("option").first.click()
        assert page.evaluate(VALUE).endswith(f"{NQ25}>")


def test_the_cursor_may_pass_without_a_list(chromium: Browser, site: str) -> None:
    with open_editor(chromium, f"{site}/query") as page:
        page.locator(".CodeMirror-scroll").click()
        page.keyboard.press("Control+Home")
        for _ in range(12):
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowRight")
        assert not hints(page).count()
        page.keyboard.press("Control+Space")
        hints(page).first.wait_for()
        page.keyboard.press("Escape")
        assert not hints(page).count()
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('.CodeMirror')")


def test_an_example_runs_and_its_table_has_labels(chromium: Browser, site: str) -> None:
    with open_editor(chromium, f"{site}/query") as page:
        page.locator(".samples summary").first.click()
        page.get_by_role("link", name="Những văn bản, tổ chức nào thực hiện văn bản này").click()
        page.get_by_role("tabpanel").locator("td").first.wait_for()
        link = page.get_by_role("tabpanel").get_by_role("link", name="Nghị quyết 25-NQ/TW").first
        assert link.get_attribute("href") == f"/{NQ25}"
        cell = page.get_by_role("tabpanel").locator("td").first
        assert NQ25 in cell.inner_text()
        assert page.url.startswith(f"{site}/query?query=")
        rows = page.get_by_role("tabpanel").locator("tbody tr")
        before = rows.count()
        page.get_by_label("Lọc dòng").fill("ha khe")
        wait_until(page, f"document.querySelectorAll('#view tbody tr').length < {before}")
        assert rows.count() >= 1
        head = page.get_by_role("button", name="?implementerLabel")
        head.click()
        page.locator("th[aria-sort=ascending]", has_text="?implementerLabel").wait_for()


def test_a_link_opens_the_same_query_and_answer(chromium: Browser, site: str) -> None:
    sparql = "# Việt\nSELECT (COUNT(*) AS ?n) WHERE { ?a pg:implements ?b }"
    with open_editor(chromium, f"{site}/query") as page:
        run(page, sparql)
        told, answer = page.url, page.locator("#view td").inner_text()
        written = page.evaluate(VALUE)
    with open_editor(chromium, told) as page:
        page.locator("#view td").wait_for()
        assert page.evaluate(VALUE) == written
        assert written.endswith(sparql)
        assert page.locator("#view td").inner_text() == answer


def test_triples_are_drawn_as_a_graph(chromium: Browser, site: str) -> None:
    for query in (TRIPLES, "SELECT ?s ?p ?o WHERE { VALUES ?p { pg:implements } ?s ?p ?o }"):
        with open_editor(chromium, f"{site}/query?query={quote(query)}") as page:
            page.locator("#view").wait_for()
            page.get_by_role("tab", name="Đồ thị").click()
            drawn = page.locator(".network[data-drawn]")
            drawn.wait_for()
            assert int(drawn.get_attribute("data-drawn") or 0) > 20
            assert page.locator(".network canvas").count() == 3
            page.get_by_role("tab", name="Đồ thị").press("ArrowLeft")
            page.locator("#view table").wait_for()
            labels = page.locator("#view td", has_text="Nghị quyết 25-NQ/TW")
            labels.first.wait_for()


def test_numbers_are_drawn_as_bars(chromium: Browser, site: str) -> None:
    with open_editor(chromium, f"{site}/query") as page:
        page.locator("#run").click()
        page.get_by_role("tab", name="Biểu đồ").click()
        bars = page.locator("svg.bars rect")
        bars.first.wait_for()
        assert bars.count() == 20
        lengths = [float(bar.get_attribute("width") or 0) for bar in bars.all()]
        assert lengths == sorted(lengths, reverse=True)
        assert "Nghị quyết 25-NQ/TW" in page.locator("svg.bars").inner_html()
        run(page, "SELECT ?s WHERE { ?s a pg:Article } LIMIT 2")
        page.get_by_role("tab", name="Biểu đồ").click()
        assert "cột số" in page.locator("#view").inner_text()


def test_an_error_leads_to_its_place(chromium: Browser, site: str) -> None:
    with open_editor(chromium, f"{site}/query") as page:
        run(page, "SELECT ?d WHERE {\n  ?d a }\n}")
        trouble = page.get_by_role("alert")
        assert "cannot go on" in trouble.inner_text()
        assert page.locator(".CodeMirror .fault").count() == 1
        trouble.get_by_role("button", name="dòng 2").click()
        cursor = page.evaluate(
            "document.querySelector('.CodeMirror').CodeMirror.getDoc().getCursor().line"
        )
        assert cursor == 1
        run(page, "INSERT DATA { <a:a> <a:a> <a:a> }")
        assert "only reads" in trouble.inner_text()
        run(page, "ASK {}")
        assert not trouble.is_visible()
        assert page.locator("#view").inner_text() == "Có"


@pytest.mark.parametrize(
    ("query", "name", "start"),
    [
        ("SELECT (1 AS ?n) {}", "CSV", b"n\r\n1\r\n"),
        ("SELECT (1 AS ?n) {}", "TSV", b"?n\n1\n"),
        ("SELECT (1 AS ?n) {}", "JSON", b'{"head":{"vars":["n"]}'),
        ("SELECT (1 AS ?n) {}", "XML", b"<?xml"),
        (TRIPLES, "Turtle", b"@prefix"),
        (TRIPLES, "JSON-LD", b"["),
    ],
)
def test_answers_can_be_taken_away(
    chromium: Browser, site: str, tmp_path: Path, query: str, name: str, start: bytes
) -> None:
    with open_editor(chromium, f"{site}/query?query={quote(query)}") as page:
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        download.value.save_as(tmp_path / "answer")
        assert (tmp_path / "answer").read_bytes().startswith(start)


MARKUP = "<img src=x onerror=window.ran=1><script>window.ran=1</script>"
HOSTILE = f"""SELECT ?a ?b (3 AS ?n) WHERE {{
  VALUES (?a ?b) {{
    ("{MARKUP}" <javascript:window.ran=1>) ("{MARKUP}"@vi <data:text/html,x>)
    ("1"^^<javascript:ran> "{MARKUP}")
  }}
}}"""
HOSTILE_TRIPLES = f"""CONSTRUCT {{
  <javascript:ran> <a:b> <data:text/html,x> ; rdfs:label "{MARKUP}\\n\\"\\u202e" .
  _:x <a:b> [ <a:c> "{MARKUP}" ] }} WHERE {{}}"""


@pytest.mark.parametrize("query", [HOSTILE, HOSTILE_TRIPLES])
def test_hostile_answers_run_nothing(chromium: Browser, site: str, query: str) -> None:
    with open_editor(chromium, f"{site}/query?query={quote(query)}") as page:
        page.locator("#view").wait_for()
        for name in ("Bảng", "Đồ thị", "Biểu đồ", "Nguyên văn"):
            page.get_by_role("tab", name=name).click()
            page.wait_for_timeout(250)
            assert page.evaluate("window.ran") is None
            assert not page.locator("#results img, #results script").count()
            assert not page.locator('#results a[href^="javascript"], a[href^="data"]').count()
        page.get_by_role("tab", name="Bảng").click()
        page.locator("#view td", has_text=MARKUP).first.wait_for()


def test_a_query_that_runs_can_be_stopped(chromium: Browser, site: str) -> None:
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with open_editor(chromium, f"{site}/query") as page:
        page.evaluate(
            "text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", slow
        )
        page.locator("#run").click()
        page.locator("#run", has_text="Dừng").click()
        page.locator("#status", has_text="Đã dừng").wait_for()


#: CodeMirror takes the keys that scroll it in a field beside what it scrolls; axe looks inside.
TAKEN_BY_THE_EDITOR = ("scrollable-region-focusable", '<div class="CodeMirror-scroll"')


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_it_shows_is_accessible(chromium: Browser, site: str, scheme: str) -> None:
    """axe-core finds nothing serious in any view, on a desk and on a phone."""
    for size in (DESK, PHONE):
        for path in ("/query?question=most-cited&type=nghi-quyet", "/query?query=SELECT"):
            with open_editor(chromium, site + path, viewport=size, color_scheme=scheme) as page:
                page.locator("#results:not([hidden]), #trouble:not([hidden])").wait_for()
                for tab in page.get_by_role("tab").all() or [None]:
                    if tab:
                        tab.click()
                        page.wait_for_timeout(200)
                    assert list_serious(page) == []


def list_serious(page: Page) -> list[tuple[str, str]]:
    serious = [
        (each["id"], node["html"][:120])
        for each in Axe().run(page).response["violations"]
        for node in each["nodes"]
        if each["impact"] in ("serious", "critical")
    ]
    rule, start = TAKEN_BY_THE_EDITOR
    return [(id_, html) for id_, html in serious if (id_, html[: len(start)]) != (rule, start)]


def test_a_phone_shows_all_of_it(chromium: Browser, site: str) -> None:
    path = "/query?question=most-cited&type=nghi-quyet"
    with open_editor(chromium, site + path, viewport=PHONE, locale="en-US") as page:
        page.locator("#view td").first.wait_for()
        for name in ("Table", "Graph", "Chart", "Raw"):
            page.get_by_role("tab", name=name).click()
            page.wait_for_timeout(100)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_questions_are_asked_without_script(chromium: Browser, site: str) -> None:
    with visit(chromium, java_script_enabled=False) as visited:
        page = visited.page
        page.goto(f"{site}/questions")
        page.get_by_role(
            "link", name="Những văn bản, tổ chức nào thực hiện văn bản này"
        ).first.click()
        page.get_by_label("Văn bản", exact=True).fill("43-KL/TW")
        page.get_by_role("button", name="Hỏi").click()
        assert "document=43-KL" in page.url
        page.get_by_role("link", name="Kế hoạch 140-KH/TU").first.click()
        assert urlsplit(page.url).path.startswith("/document/")
        page.go_back()
        page.get_by_role("link", name="Mở trong trình soạn").click()
        page.get_by_role("button", name="Chạy").click()
        assert urlsplit(page.url).path == "/sparql"
        assert "140-KH/TU" in page.content()
        assert visited.abroad == []
