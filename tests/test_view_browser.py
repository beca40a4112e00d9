"""The page in a real browser without a network: it draws, stands still, tells and harms nobody."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from networks import ARTICLE, PROGRAMME, SENTENCE, add_edge, add_node, make_evidence, make_network
from test_view import make_large

from policygraph.view import render_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOSTILE = [
    "<img src=x onerror=window.pwned=1>",
    "</script><script>window.pwned=1</script>",
    '<a href="javascript:window.pwned=1">href</a>',
    "<svg/onload=window.pwned=1>",
]


@dataclass
class Opened:
    """A page that was opened, and what it did on the way."""

    page: Page
    requests: list[str]
    complaints: list[str]

    def names_shown(self) -> list[str]:
        script = """Object.values(policygraph.network.body.nodes)
            .filter(node => node.options.group && !node.options.hidden)
            .map(node => policygraph.nodes.get(node.id).about.name)"""
        return sorted(self.page.evaluate(script))

    def edges_drawn(self) -> int:
        count: int = self.page.evaluate("policygraph.network.body.edgeIndices.length")
        return count

    def positions(self) -> Any:
        return self.page.evaluate("policygraph.network.getPositions()")

    def panel(self) -> str:
        return self.page.inner_text("#panel")

    def point_of(self, ends: list[str]) -> tuple[float, float]:
        """Where the middle between the named nodes is on the screen."""
        x, y = self.page.evaluate(
            """names => {
                const at = names.map(name => policygraph.network.getPosition(
                    policygraph.nodes.get().find(node => node.about.name === name).id));
                const middle = {x: (at[0].x + at.at(-1).x) / 2, y: (at[0].y + at.at(-1).y) / 2};
                const on = policygraph.network.canvasToDOM(middle);
                const box = document.querySelector('#graph').getBoundingClientRect();
                return [box.x + on.x, box.y + on.y];
            }""",
            ends,
        )
        return x, y


Open = Callable[[nx.MultiDiGraph], Opened]


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 800})

    def open_it(network: nx.MultiDiGraph, title: str = "Đồ thị") -> Opened:
        file = tmp_path / "graph.html"
        file.write_text(render_page(network, title=title), encoding="utf-8")
        opened = Opened(context.new_page(), [], [])
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(file.as_uri())
        opened.page.wait_for_function("window.policygraph !== undefined")
        opened.requests.remove(file.as_uri())
        return opened

    yield open_it
    context.close()


def test_page_draws_and_asks_for_nothing(open_page: Open) -> None:
    opened = open_page(make_network())
    assert len(opened.names_shown()) == 4
    assert opened.edges_drawn() == 6
    inked = opened.page.evaluate(
        """() => { const canvas = document.querySelector('canvas');
            const data = canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height).data;
            return data.filter((value, i) => i % 4 === 3 && value > 0).length; }"""
    )
    assert inked > 5000
    assert opened.requests == []
    assert opened.complaints == []


def test_page_stands_still_at_once(open_page: Open) -> None:
    opened = open_page(make_large(60))
    before, shot = opened.positions(), opened.page.screenshot()
    opened.page.wait_for_timeout(700)
    assert opened.positions() == before
    computed = opened.page.evaluate("policygraph.nodes.get()")
    assert len(before) == len(computed) == 60
    for node in computed:
        at = before[str(node["id"])]
        assert abs(at["x"] - node["x"]) <= 1, "vis-network moved what was laid out"
        assert abs(at["y"] - node["y"]) <= 1
    assert opened.page.screenshot() == shot


def test_hostile_texts_do_nothing(open_page: Open) -> None:
    network = make_network()
    for text in HOSTILE:
        add_node(network, text, "campaign", text, title=text, evidence=[make_evidence(text)])
        add_edge(network, (ARTICLE, text), "cites", text, evidence=[make_evidence(text)])
    opened = open_page(network, title=HOSTILE[1])
    for text in HOSTILE:
        opened.page.fill("#search", text)
        opened.page.press("#search", "Enter")
        assert opened.page.inner_text("#panel h2") == text
        assert opened.page.inner_text("#panel .about") == text
        opened.page.mouse.move(*opened.point_of([text]))
        opened.page.click("#panel li button")
        assert text in opened.panel()
    opened.page.wait_for_timeout(100)
    assert opened.page.evaluate("window.pwned") is None
    assert opened.page.locator("img, svg, a").count() == 0
    assert opened.requests == []
    assert opened.complaints == []


def test_legend_switches_kinds_and_predicates(open_page: Open) -> None:
    opened = open_page(make_network())
    opened.page.uncheck('#legend input[data-kind="document"]')
    assert opened.names_shown() == [
        "Hà Nội: Tăng cường công tác dân vận",
        "Đảng bộ thành phố Hà Nội",
    ]
    assert opened.edges_drawn() == 1
    opened.page.check('#legend input[data-kind="document"]')
    assert (len(opened.names_shown()), opened.edges_drawn()) == (4, 6)
    opened.page.uncheck('#legend input[data-kind="cites"]')
    assert (len(opened.names_shown()), opened.edges_drawn()) == (4, 3)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("nghi quyet", "Nghị quyết 25-NQ/TW"),
        ("dang bo", "Đảng bộ thành phố Hà Nội"),
        ("23-ctr", "Chương trình hành động 23-CTr/TU"),
        ("su lanh dao", "Nghị quyết 25-NQ/TW"),
        ("Ha\u0300 No\u0323\u0302i: ta\u0306ng", "Hà Nội: Tăng cường công tác dân vận"),
    ],
)
def test_search_needs_no_tones(open_page: Open, query: str, first: str) -> None:
    opened = open_page(make_network())
    opened.page.fill("#search", query)
    assert opened.page.inner_text("#found li:first-child button") == first


def test_search_puts_exact_tones_first(open_page: Open) -> None:
    network = nx.MultiDiGraph()
    for name in ("Đặng Văn", "Đảng ủy Chính phủ", "Đang"):
        add_node(network, f"urn:{name}", "organisation", name)
    opened = open_page(network)
    opened.page.fill("#search", "đảng")
    assert opened.page.inner_text("#found li:first-child button") == "Đảng ủy Chính phủ"
    assert opened.page.locator("#found li").count() == 3
    opened.page.fill("#search", "không có")
    assert opened.page.inner_text("#found") == "Không thấy gì khớp."


def test_search_shows_what_the_legend_hid(open_page: Open) -> None:
    opened = open_page(make_network())
    opened.page.uncheck('#legend input[data-kind="organisation"]')
    opened.page.fill("#search", "dang bo")
    opened.page.press("#search", "Enter")
    assert "Đảng bộ thành phố Hà Nội" in opened.names_shown()


def test_pointing_tells_and_clicking_pins(open_page: Open) -> None:
    opened = open_page(make_network())
    programme = "Chương trình hành động 23-CTr/TU"
    opened.page.mouse.move(*opened.point_of([programme]))
    opened.page.wait_for_selector(f"#panel h2:text-is('{programme}')")
    assert SENTENCE in opened.panel()
    assert "25/07/2013" in opened.panel()
    opened.page.mouse.click(*opened.point_of([programme]))
    opened.page.wait_for_selector("#panel .pinned")
    opened.page.mouse.move(*opened.point_of(["Đảng bộ thành phố Hà Nội"]))
    assert opened.page.inner_text("#panel h2") == programme
    opened.page.click("#panel .pinned")
    assert opened.page.inner_text("#panel h2") == "Đọc đồ thị"


def test_pointing_at_an_edge_gives_its_sentence(open_page: Open) -> None:
    opened = open_page(make_network())
    ends = ["Chương trình hành động 23-CTr/TU", "Đảng bộ thành phố Hà Nội"]
    opened.page.mouse.move(*opened.point_of(ends))
    opened.page.wait_for_selector("#panel h2:text-is('do … ban hành')")
    assert SENTENCE in opened.panel()
    assert "hanoi-dan-van.txt · ký tự" in opened.panel()


def test_pinning_fades_what_is_not_joined(open_page: Open) -> None:
    network = make_network()
    add_node(network, "urn:lone", "campaign", "Dân vận khéo")
    opened = open_page(network)
    opened.page.fill("#search", "23-CTr")
    opened.page.press("#search", "Enter")
    faded = opened.page.evaluate(
        """policygraph.nodes.get({filter: node => node.opacity < 0.5}).map(n => n.about.name)"""
    )
    assert faded == ["Dân vận khéo"]
    assert network.degree(PROGRAMME) == opened.page.locator("#panel li").count()


def test_an_empty_graph_says_so(open_page: Open) -> None:
    opened = open_page(nx.MultiDiGraph())
    assert "chưa có gì để vẽ" in opened.page.inner_text("#empty")
    assert opened.complaints == []


def test_three_thousand_nodes_are_ready_in_seconds(open_page: Open) -> None:
    begun = time.monotonic()
    opened = open_page(make_large(3000))
    opened.page.screenshot()
    assert len(opened.names_shown()) == 3000
    assert time.monotonic() - begun < 40  # drawing 3 s, the browser 2 s on a quiet machine
    assert opened.page.evaluate("performance.now()") < 20_000


def test_a_graph_shows_itself_in_a_notebook(
    chromium: Browser, demo_graph: Path, tmp_path: Path
) -> None:
    """In a frame that draws what is cited most, and cannot reach the notebook around it."""
    from policygraph import open as open_graph

    file = tmp_path / "notebook.html"
    shown = open_graph(demo_graph)._repr_html_()
    file.write_text(f"<!doctype html><meta charset='utf-8'>{shown}", encoding="utf-8")
    page = chromium.new_page(offline=True)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("canvas").wait_for()
    assert "Văn bản" in frame.locator("body").inner_text()
    inner = page.frames[1]
    assert inner.evaluate("policygraph.network.body.nodeIndices.length") == 60
    assert inner.evaluate("window.origin") == "null"
    assert complaints == []
    page.close()
