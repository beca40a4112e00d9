"""The graph browser in a real headless Chromium with nothing but the server in reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from graph_factories import document, write_graph
from test_web_browser import PHONE, Visit, visit
from web_site import CTR23, NQ25, run_site

from policygraph.model import Campaign, Fact, Links, Organisation

if TYPE_CHECKING:
    from playwright.sync_api import Browser

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser

DOUBLE = 300  # milliseconds, within which two clicks are one
GRAPH = f"/graph?focus={NQ25}"
HOSTILE = [
    "<img src=x onerror=window.ran=1>",
    "</script><script>window.ran=1</script>",
    '"><svg onload=window.ran=1>',
    "'{{7*7}}javascript:window.ran=1",
]


@pytest.fixture(scope="module")
def site(demo_graph: Path) -> Iterator[str]:
    with run_site(demo_graph) as address:
        yield address


def open_picture(visited: Visit, address: str) -> None:
    visited.page.goto(address)
    wait_for_picture(visited)


def wait_for_picture(visited: Visit) -> None:
    """Playwright's own `wait_for_function` needs eval, which the pages forbid."""
    visited.page.locator("#canvas canvas").first.wait_for()


def names_drawn(visited: Visit) -> set[str]:
    names: list[str] = visited.page.evaluate(
        """browser.picture.nodes().filter(node => node.visible())
            .map(node => node.data("label").split("\\n")[0])"""
    )
    return set(names)


def count_drawn(visited: Visit, what: str) -> int:
    count: int = visited.page.evaluate(f"browser.picture.{what}().length")
    return count


def click_drawn(visited: Visit, element: str, *, times: int = 1) -> None:
    """Clicks an element of the picture, given by a JavaScript expression, where it is seen."""
    x, y = visited.page.evaluate(
        f"""(() => {{
            const element = {element};
            browser.scrollIntoView();
            browser.picture.zoom(1);
            browser.picture.center(element);
            const at = element.isNode() ? element.renderedPosition() : element.renderedMidpoint();
            const box = document.getElementById("canvas").getBoundingClientRect();
            return [box.x + at.x, box.y + at.y];
        }})()"""
    )
    visited.page.mouse.click(x, y, click_count=times, delay=20)
    visited.page.wait_for_timeout(DOUBLE)


def check_silence(visited: Visit) -> None:
    assert visited.complaints == []
    assert visited.abroad == []
    assert visited.page.evaluate("window.ran") is None


def test_the_picture_shows_what_the_lists_tell(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        open_picture(visited, site + GRAPH)
        page = visited.page
        assert count_drawn(visited, "nodes") == page.locator("#view [data-node]").count()
        assert count_drawn(visited, "edges") == page.locator("#view tr[data-subject]").count()
        inked = page.evaluate(
            """[...document.querySelectorAll("#canvas canvas")].some(canvas => {
                const { width, height } = canvas;
                const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
                return data.filter((value, at) => at % 4 === 3 && value).length > 5000; })"""
        )
        assert inked
        check_silence(visited)


def test_a_click_expands_and_the_address_says_so(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, site + GRAPH)
        before, count = names_drawn(visited), count_drawn(visited, "nodes")
        page.locator("#view [data-expand]").first.click()
        page.wait_for_url("**expand=**")
        after, address = names_drawn(visited), page.url
        assert before < after
        page.go_back()
        expect(page.locator("#view [data-node]")).to_have_count(count)
        assert names_drawn(visited) == before
        open_picture(visited, address)
        assert names_drawn(visited) == after
        check_silence(visited)


def test_a_double_click_expands_a_node(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        open_picture(visited, site + GRAPH)
        count = count_drawn(visited, "nodes")
        body = (
            "browser.picture.nodes('.organisation').filter(n => n.data('label').includes('+'))[0]"
        )
        click_drawn(visited, body, times=2)
        visited.page.wait_for_url("**expand=**")
        assert count_drawn(visited, "nodes") > count
        check_silence(visited)


def test_filters_narrow_the_picture_in_place(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, site + GRAPH)
        page.evaluate("window.stayed = true")
        page.uncheck("#kind-organisation")
        page.wait_for_url("**kind=**")
        assert not page.locator('#view [data-kind="organisation"]').count()
        assert not page.evaluate("browser.picture.nodes('.organisation').length")
        page.check("#kind-organisation")
        page.wait_for_url(lambda url: "kind=" not in url)
        page.uncheck("#relation-issuedBy")
        page.wait_for_url("**relation=**")
        assert page.evaluate("browser.picture.edges('[relation = \"issuedBy\"]').length") == 0
        assert page.evaluate("stayed")
        check_silence(visited)


def test_unticking_the_last_filter_leaves_none_ticked(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, f"{site}/graph/overview")
        for kind in ("organisation", "campaign", "document"):
            page.uncheck(f"#kind-{kind}")
            expect(page.locator(f'#view [data-kind="{kind}"]')).to_have_count(0)
        expect(page.locator("#view [data-node]")).to_have_count(0)
        assert page.url.endswith("/graph/overview?kind=none")
        assert count_drawn(visited, "nodes") == 0
        expect(page.locator("input[name=kind]:checked")).to_have_count(0)
        page.check("#kind-document")
        page.wait_for_url("**?kind=document")
        assert count_drawn(visited, "nodes") == page.locator("#view [data-node]").count() > 0
        check_silence(visited)


def test_without_script_too_unticking_all_leaves_none_ticked(chromium: Browser, site: str) -> None:
    with visit(chromium, java_script_enabled=False) as visited:
        page = visited.page
        page.goto(f"{site}/graph/path?start={NQ25}&end=campaign/dan-van-kheo")
        for box in page.locator("input[name=relation]:checked").all()[::-1]:
            box.uncheck()
        page.locator("form.filters button").click()
        page.wait_for_url("**relation=none**")
        assert page.locator("input[name=relation][type=checkbox]").count() > 10
        assert not page.locator("input[name=relation]:checked").count()
        assert not page.locator(".path").count()


def test_the_years_filter_at_once(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, site + GRAPH)
        page.locator("#since").fill("2019")
        shown = "browser.picture.edges().filter(e => e.visible()).map(e => e.data('year'))"
        for _ in range(60):  # the picture is styled before its next frame
            years = page.evaluate(shown)
            if years and min(year or 9999 for year in years) >= 2019:
                break
            page.wait_for_timeout(50)
        assert years
        assert min(year or 9999 for year in years) >= 2019
        page.wait_for_url("**since=2019**")
        check_silence(visited)


def test_going_back_takes_controls_and_footer_along(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, site + GRAPH)
        json = page.locator("footer.site a", has_text="JSON")
        page.select_option("#hops", "1")
        page.wait_for_url("**hops=1**")
        page.locator("#since").fill("2019")
        page.wait_for_url("**since=2019**")
        expect(json).to_have_attribute("href", re.compile("hops=1.*since=2019"))
        page.go_back()
        expect(json).not_to_have_attribute("href", re.compile("since="))
        assert page.locator("#since").input_value() == page.locator("#since").get_attribute("min")
        assert page.locator("output[for=since]").inner_text() == page.input_value("#since")
        page.go_back()
        expect(json).not_to_have_attribute("href", re.compile("hops="))
        assert page.input_value("#hops") == "2"
        page.uncheck("#kind-organisation")
        page.wait_for_url("**kind=**")
        assert "hops=" not in page.url
        check_silence(visited)


def test_going_back_over_the_overview_tells_by_what(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, f"{site}/graph/overview")
        page.select_option("#by", "year")
        page.wait_for_url("**by=year**")
        page.go_back()
        expect(page.locator("#view[data-arcs]")).to_have_count(0)
        expect(page.locator("#by")).to_have_value("type")
        check_silence(visited)


def test_going_back_over_paths_tells_their_ends(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, f"{site}/graph/path?start={NQ25}&end=campaign/dan-van-kheo")
        page.check("#articles")
        page.wait_for_url("**articles=**")
        page.fill("input[name=end]", CTR23)
        page.get_by_role("button", name="Tìm đường").click()
        page.wait_for_url("**ctr%2F23**")
        page.go_back()
        expect(page.locator("input[name=end]")).to_have_value("campaign/dan-van-kheo")
        page.go_back()
        expect(page.locator("#articles")).not_to_be_checked()
        check_silence(visited)


@pytest.mark.parametrize(("name", "status"), [("25-NQ/TW", 300), ("no-such-thing", 404)])
@pytest.mark.parametrize(
    ("address", "field"),
    [
        (f"/graph?focus={CTR23}", "focus"),
        (f"/graph/path?start={CTR23}&end=campaign/dan-van-kheo", "end"),
    ],
)
def test_a_name_that_needs_a_choice_leads_to_the_page_that_offers_it(
    chromium: Browser, site: str, address: str, field: str, name: str, status: int
) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, site + address)
        page.fill(f"input[name={field}][data-suggest]", name)
        with page.expect_navigation() as navigation:
            page.locator("form.filters button").click()
        assert navigation.value.status == status
        assert name in page.inner_text("h1")
        given = parse_qsl(urlsplit(page.url).query)
        assert given[0][1] == CTR23
        assert (field, name) in given


def test_another_page_in_place_of_the_lists_is_shown(chromium: Browser, site: str) -> None:
    """As while the graph is being built: the server leads to the page that tells how far it is."""
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, site + GRAPH)
        page.route(
            "**/graph?*hops=1*",
            lambda route: route.fulfill(
                content_type="text/html", body="<title>-</title><h1>Building</h1>"
            ),
        )
        page.select_option("#hops", "1")
        expect(page.locator("h1")).to_have_text("Building")


def test_an_edge_tells_its_sentences(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, site + GRAPH)
        click_drawn(visited, "browser.picture.edges('[relation = \"implements\"]')[0]")
        page.locator("#chosen blockquote").first.wait_for()
        assert page.locator("#chosen blockquote").first.inner_text().strip()
        click_drawn(visited, "browser.picture.nodes('.focus')[0]")
        page.locator("#chosen a.thing").click()
        page.wait_for_url(f"**/{NQ25}")
        check_silence(visited)


def test_searching_within_finds_without_tones(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, site + GRAPH)
        page.fill("#within", "23-ctr")
        assert page.evaluate("browser.picture.nodes('.found').length") == 1
        page.press("#within", "Enter")
        assert "23-CTr/TU" in page.inner_text("#chosen")
        page.fill("#within", "tinh uy ha khe")
        assert page.locator("#view [data-match]").count() > 0
        check_silence(visited)


def test_a_path_is_found_and_drawn(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        page.goto(f"{site}/graph/path")
        page.fill("input[name=start]", NQ25)
        page.fill("input[name=end]", "campaign/dan-van-kheo")
        page.get_by_role("button", name="Tìm đường").click()
        page.wait_for_url("**start=**")
        wait_for_picture(visited)
        assert {"Nghị quyết 25-NQ/TW", "Dân vận khéo"} <= {
            name.replace("\n", " ") for name in names_drawn(visited)
        }
        assert page.locator(".path li").count() >= 3
        check_silence(visited)


def test_a_group_tells_its_members_and_leads_on(chromium: Browser, site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, f"{site}/graph/overview?by=level")
        click_drawn(visited, "browser.picture.nodes()[0]")
        page.wait_for_url("**group=**")
        page.locator("#chosen").get_by_role("link", name="Xem vùng quanh").click()
        page.wait_for_url("**focus=**")
        wait_for_picture(visited)
        assert page.evaluate("browser.picture.nodes('.focus').length") == 5
        check_silence(visited)


def test_the_picture_is_kept_as_png(chromium: Browser, site: str, tmp_path: Path) -> None:
    with visit(chromium) as visited:
        open_picture(visited, site + GRAPH)
        with visited.page.expect_download() as download:
            visited.page.click("#png")
        file = tmp_path / "graph.png"
        download.value.save_as(file)
        assert file.read_bytes().startswith(b"\x89PNG")
        assert file.stat().st_size > 20_000
        check_silence(visited)


def test_keys_move_the_picture_and_lists_work_on_a_phone(chromium: Browser, site: str) -> None:
    with visit(chromium, viewport=PHONE) as visited:
        page = visited.page
        open_picture(visited, site + GRAPH)
        page.locator("#canvas").focus()
        before = page.evaluate("browser.picture.zoom()")
        page.keyboard.press("+")
        assert page.evaluate("browser.picture.zoom()") > before
        pan = page.evaluate("browser.picture.pan().x")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("browser.picture.pan().x") < pan
        page.locator("#view [data-expand]").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**expand=**")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_silence(visited)


def test_without_script_the_lists_expand_and_filter(chromium: Browser, site: str) -> None:
    with visit(chromium, java_script_enabled=False) as visited:
        page = visited.page
        page.goto(site + GRAPH)
        assert not page.locator("#browser").is_visible()
        count = page.locator("#view [data-node]").count()
        page.locator("#view [data-expand]").first.click()
        page.wait_for_url("**expand=**")
        assert page.locator("#view [data-node]").count() > count
        page.uncheck("#relation-issuedBy")
        page.locator("form.filters button").click()
        page.wait_for_url("**relation=**")
        assert "expand=" in page.url
        assert not page.locator('#view tr[data-relation="issuedBy"]').count()
        page.locator("#view tr[data-relation=implements] a").first.click()
        page.wait_for_url("**/graph/edge?**")
        assert page.locator("#said blockquote").count()
        assert visited.abroad == []


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    things: list[Any] = [document("document/dang/tw/xi/nq/25", HOSTILE[0], title=HOSTILE[1])]
    things += [Organisation(f"organisation/o-{n}", text) for n, text in enumerate(HOSTILE)]
    things += [Campaign(f"campaign/c-{n}", text) for n, text in enumerate(HOSTILE)]
    facts = [Fact(NQ25, "issuedBy", f"organisation/o-{n}") for n in range(len(HOSTILE))]
    facts += [Fact(f"organisation/o-{n}", "promotes", f"campaign/c-{n}") for n in range(4)]
    folder = tmp_path_factory.mktemp("hostile") / "graph"
    with run_site(write_graph(folder, (), Links(tuple(things), (), tuple(facts))).folder) as site:
        yield site


def test_hostile_names_are_shown_as_they_are(chromium: Browser, hostile_site: str) -> None:
    with visit(chromium) as visited:
        page = visited.page
        open_picture(visited, hostile_site + GRAPH)
        for number in range(len(HOSTILE)):
            node = f"browser.picture.nodes().filter(n => n.id().endsWith('/o-{number}'))[0]"
            click_drawn(visited, node)
            assert HOSTILE[number] in page.inner_text("#chosen")
            assert not page.locator("#chosen img, #chosen script, #chosen svg").count()
        page.goto(f"{hostile_site}/graph/overview?by=issuer&group=:")
        for by in ("type", "issuer", "community"):
            open_picture(visited, f"{hostile_site}/graph/overview?by={by}")
        open_picture(visited, f"{hostile_site}/graph/path?start={NQ25}&end=campaign/c-1")
        check_silence(visited)
