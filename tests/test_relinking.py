"""Linking on an incremental build: what an edit touches is linked anew, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, Store
from timing import least_seconds

import policygraph as pg
from policygraph.errors import GraphError
from policygraph.extraction import extract_mentions
from policygraph.graph.iri import DEFAULT_BASE
from policygraph.graph.rdf import describe_links, find_links
from policygraph.graph.store import GraphUpdate
from policygraph.linking import Relinked, link, relink
from policygraph.linking.ledger import Ledger, PassingLedger, StoredLedger
from policygraph.model import (
    Article,
    Claims,
    DocumentReference,
    Evidence,
    NameReference,
    StatedDate,
    Statement,
)
from policygraph.numbering import DocumentNumber
from policygraph.pipeline import update_graph
from policygraph.references import refer
from policygraph.registry import load_registry
from policygraph.span import Span
from policygraph.statements import relate

# Sentences that bear on each other: one number in several terms, places and cycles, cited in full
# and in part; plenums; laws by name and by number; issuers that contradict; bodies that were
# renamed or merged, or whose province is not always named; campaigns.
SAID = [
    "Nghị quyết số 25-NQ/TW, ngày 12/3/2003 về công tác tôn giáo.",
    "Nghị quyết số 25-NQ/TW, ngày 25/7/2008 về công tác thanh niên.",
    "Nghị quyết số 25-NQ/TW, ngày 3/6/2013 về công tác dân vận.",
    "Nghị quyết số 25-NQ/TW đã đi vào cuộc sống.",
    "Nghị quyết số 77-NQ/TW, ngày 12/3/2003 của Bộ Chính trị về công tác cán bộ nữ.",
    "Nghị quyết số 77-NQ/TW, ngày 12/3/2003 của Ban Bí thư về phát triển kinh tế biển.",
    "Nghị quyết số 77-NQ/TW, ngày 3/6/2013 của Ban Chấp hành Trung ương.",
    "Nghị quyết số 77-NQ/TW về phát triển kinh tế biển đã đi vào cuộc sống.",
    "Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU, ngày 25/7/2013.",
    "Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU, ngày 25/7/2017.",
    "Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU.",
    "Ban Dân vận Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU, ngày 1/8/2013.",
    "Tỉnh ủy Quảng Ninh ban hành Chương trình số 12-CTr/TU thực hiện Nghị quyết số 77-NQ/TW.",
    "Chương trình số 12-CTr/TU đã đi vào cuộc sống.",
    "Nghị quyết số 77-NQ/TW, ngày 3/2/2008 của Hội nghị Trung ương 9 khóa X “về công tác lúa”.",
    "Nghị quyết Trung ương 9 (khóa X) “về công tác lúa” đã đi vào cuộc sống.",
    "Nghị quyết Trung ương 7 (khóa XI) “về công tác dân vận” đã đi vào cuộc sống.",
    "Luật Đất đai đã đi vào cuộc sống.",
    "Luật Đất đai năm 2013 đã đi vào cuộc sống.",
    "Luật Nuôi ong năm 2019 đã đi vào cuộc sống.",
    "Luật Nuôi ong số 99/2019/QH14 đã đi vào cuộc sống.",
    "Luật Nuôi ong số 88/2023/QH15, ngày 3/4/2023 đã đi vào cuộc sống.",
    "Luật Nuôi ong đã đi vào cuộc sống.",
    "Quyết định số 217-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị.",
    "Quyết định số 217-QĐ/TW, ngày 12/12/2013 của Ban Bí thư.",
    "Quyết định số 217-QĐ/TW, ngày 2/12/2013 của Ban Chấp hành Trung ương.",
    "Kế hoạch số 9-KH/TU, ngày 2/3/2016 của Ban Thường vụ Thành ủy Hà Nội.",
    "Kế hoạch số 9-KH/TU, ngày 2/3/2016 của Thành ủy Hà Nội.",
    "Kế hoạch số 9-KH/TU của Ban Dân vận Thành ủy Hà Nội.",
    "Bộ Giao thông vận tải ban hành Quyết định số 5/QĐ-BGTVT ngày 5/6/2014.",
    "Bộ Xây dựng ban hành Quyết định số 5/QĐ-BXD ngày 5/6/2014.",
    "Bộ Xây dựng đẩy mạnh phong trào thi đua “Dân vận khéo”.",
    "Tỉnh ủy Quảng Trị ban hành Nghị quyết số 10-NQ/TU ngày 5/3/2021.",
    "Tỉnh ủy Quảng Trị ban hành Nghị quyết số 10-NQ/TU ngày 5/9/2025.",
    "Tỉnh ủy Quảng Bình đẩy mạnh phong trào “Dân vận khéo”.",
    "Ban Dân vận Tỉnh ủy Quảng Trị thực hiện Nghị quyết số 10-NQ/TU.",
    "Huyện ủy Hải Lăng ban hành Chương trình số 12-CTr/HU ngày 5/3/2021.",
    "Huyện ủy Hải Lăng, tỉnh Quảng Trị ban hành Chương trình số 12-CTr/HU ngày 5/3/2021.",
    "UBND huyện Hải Lăng thực hiện Chương trình số 12-CTr/HU của Huyện ủy Hải Lăng.",
]
DAYS = [None, "2014-01-02", "2021-05-06", "2026-01-02"]

IDS = [f"{number}.txt" for number in range(7)]
TEXTS = st.lists(st.sampled_from(SAID), min_size=1, max_size=3).map(" ".join)
#: An article's text and the day of its publication.
Written = tuple[str, str | None]
#: What becomes of an article; None where it goes.
EDITS = st.lists(
    st.tuples(st.sampled_from(IDS), st.none() | st.tuples(TEXTS, st.sampled_from(DAYS))),
    min_size=1,
    max_size=3,
)
STEPS = st.lists(EDITS, min_size=2, max_size=6)


def edit(corpus: dict[str, Written], edits: Iterable[tuple[str, Written | None]]) -> None:
    for id_, written in edits:
        corpus.pop(id_, None)
        if written is not None:
            corpus[id_] = written


@cache
def read(text: str, published: str | None) -> Claims:
    article = Article("a", text, "0" * 64, published=published)
    references = refer(article, extract_mentions(article))
    return Claims("a", published, references, relate(article, references))


class Linked:
    """The links of a corpus as they are brought up to date, and what was looked at for it."""

    def __init__(self, ledger: Ledger) -> None:
        self.corpus: dict[str, Written] = {}
        self.store = Store()
        self.ledger = ledger
        self.asked: set[str] = set()
        self.written: set[Quad] = set()

    def edit(self, *edits: tuple[str, Written | None]) -> Relinked:
        edit(self.corpus, edits)
        self.asked.clear()
        relinked = relink([id_ for id_, _ in edits], self.find, self.ledger, load_registry())
        touched = find_links(self.store, relinked.references, relinked.things, base=DEFAULT_BASE)
        gone, fresh = set(touched), set(describe_links(relinked.links, base=DEFAULT_BASE))
        self.written = gone ^ fresh
        for quad in gone - fresh:
            self.store.remove(quad)
        self.store.extend(fresh)
        return relinked

    def find(self, article: str) -> Claims | None:
        self.asked.add(article)
        written = self.corpus.get(article)
        return written and replace(read(*written), article=article)

    def lines(self) -> list[str]:
        return sorted(map(str, self.store))

    def lines_afresh(self) -> list[str]:
        links = link(filter(None, map(self.find, self.corpus)), load_registry())
        return sorted(map(str, describe_links(links, base=DEFAULT_BASE)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_every_edit_gives_the_links_of_the_corpus_as_it_is(
    steps: list[list[tuple[str, Written | None]]],
) -> None:
    with TemporaryDirectory() as folder:
        stored = Linked(StoredLedger(Path(folder) / "ledger"))
        passing = Linked(PassingLedger())
        for edits in steps:
            assert stored.edit(*edits) == passing.edit(*edits)
            assert stored.lines() == stored.lines_afresh()


def test_the_sentences_bear_on_each_other_in_every_way() -> None:
    links = link(
        [replace(read(text, DAYS[-1]), article=f"{n}.txt") for n, text in enumerate(SAID)],
        load_registry(),
    )
    bases = {each.basis for each in links.links}
    assert {"sole-candidate", "ambiguous", "partial", "alias", "title", "named"} <= bases
    assert {v.property for v in links.values if not v.is_preferred} == {"date", "issuedBy"}
    assert links.changes
    assert links.completions


def write_corpus(folder: Path, corpus: dict[str, Written]) -> Path:
    """The articles as records of one file; one that nothing else bears on is always there."""
    records = [{"id": i, "text": text, "published": day} for i, (text, day) in corpus.items()]
    always = {"id": "always.txt", "text": "Chỉ thị số 5-CT/TW, ngày 3/4/2007."}
    file = folder / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, [always, *records])), encoding="utf-8")
    return file


def nquads(folder: Path) -> list[str]:
    return list(pg.open(folder).nquads())


def build_afresh(folder: Path, file: Path) -> list[str]:
    shutil.rmtree(folder, ignore_errors=True)
    update_graph(file, graph=folder)
    return nquads(folder)


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_every_build_gives_the_graph_of_a_build_from_nothing(
    tmp_path: Path, steps: list[list[tuple[str, Written | None]]]
) -> None:
    shutil.rmtree(tmp_path / "graph", ignore_errors=True)
    corpus: dict[str, Written] = {}
    for edits in steps:
        edit(corpus, edits)
        file = write_corpus(tmp_path, corpus)
        update_graph(file, graph=tmp_path / "graph")
        assert nquads(tmp_path / "graph") == build_afresh(tmp_path / "fresh", file)


PARTIAL = "Nghị quyết số 77-NQ/TW của Bộ Chính trị đã đi vào cuộc sống."
FULL = "Nghị quyết số 77-NQ/TW, ngày 12/3/2003 của Bộ Chính trị."


def say_of(number: int) -> Written:
    return f"Bộ Chính trị ban hành Chỉ thị số {number}-CT/TW, ngày 3/4/2007.", None


@pytest.fixture
def linked(tmp_path: Path) -> Linked:
    """Articles that share one body and no document, and two that cite a number in part."""
    linked = Linked(StoredLedger(tmp_path / "ledger"))
    linked.edit(*((f"{n}.txt", say_of(n)) for n in range(1, 30)))
    linked.edit(("asks.txt", (PARTIAL, None)), ("too.txt", (PARTIAL, None)))
    return linked


def test_a_body_that_all_name_makes_no_other_article_be_linked_again(linked: Linked) -> None:
    relinked = linked.edit(("3.txt", say_of(99)))
    assert linked.asked == set(relinked.articles) == {"3.txt"}
    assert relinked.things == ("document/dang/tw/x/ct/3", "document/dang/tw/x/ct/99")
    assert all("ct/3" in str(q) or "ct/99" in str(q) or "3.txt" in str(q) for q in linked.written)


def test_what_cites_in_part_is_completed_when_its_document_comes_and_goes(linked: Linked) -> None:
    relinked = linked.edit(("full.txt", (FULL, None)))
    assert linked.asked == {"asks.txt", "full.txt", "too.txt"}
    partial, full = "document/dang/tw/_/nq/77", "document/dang/tw/ix/nq/77"
    assert relinked.things == (partial, full)
    assert [(c.partial, c.document) for c in relinked.links.completions] == [(partial, full)]
    assert linked.edit(("full.txt", None)).things == (partial, full)
    assert linked.asked == {"asks.txt", "full.txt", "too.txt"}


def test_what_adds_nothing_new_to_a_document_completes_nothing_again(linked: Linked) -> None:
    linked.edit(("full.txt", (FULL, None)))
    linked.edit(("again.txt", (FULL, None)))
    assert linked.asked == {"again.txt"}


def test_what_is_answered_as_before_is_not_looked_at_again(linked: Linked) -> None:
    """Another title may tell against what asks: here it does not."""
    linked.edit(("full.txt", (FULL, None)))
    linked.edit(("again.txt", (f"{FULL[:-1]} về công tác lúa nước.", None)))
    assert linked.asked == {"again.txt"}


def issue(article: str, body: NameReference) -> Claims:
    """An article by which a body issued 8-QĐ/TW of 3 April 2007."""
    number = DocumentNumber("8", "QĐ", "TW", style="party")
    dates = (StatedDate("2007-04-03", Span(1, 2)),)
    document = DocumentReference("ref-2", "x", number=number, dates=dates, issuers=("ref-1",))
    said = Statement("ref-2", "issuedBy", "ref-1", (Evidence(Span(0, 3), "x"),))
    return Claims(article, None, (body, document), (said,))


def test_issuers_are_weighed_again_when_a_body_turns_out_to_be_part_of_another() -> None:
    above = NameReference("organisation", "ref-1", "Đảng bộ Lúa Nước")
    below = NameReference("organisation", "ref-1", "Chi bộ Mạ Non")
    part = replace(below, part_of=above.label)
    claims = {
        each.article: each
        for each in (
            issue("a", above),
            issue("b", below),
            Claims("c", None, (part,), ()),
        )
    }
    ledger = PassingLedger()
    first = relink(("a", "b"), claims.get, ledger, load_registry())
    assert [v.is_preferred for v in first.links.values if v.property == "issuedBy"] == [True, False]
    then = relink(("c",), claims.get, ledger, load_registry())
    assert then.articles == ("c",)
    assert then.links.values == link(claims.values(), load_registry()).values
    assert all(value.is_preferred for value in then.links.values)


def test_a_value_cites_its_statement_by_the_name_that_it_has_now() -> None:
    before = issue("a", NameReference("organisation", "ref-1", "Chi bộ Mạ Non"))
    earlier = Statement("ref-1", "promotes", "ref-2", (Evidence(Span(0, 1), "x"),))
    claims = {"a": before}
    ledger = PassingLedger()
    relink(("a",), claims.get, ledger, load_registry())
    claims["a"] = replace(before, statements=(earlier, *before.statements))
    values = relink(("a",), claims.get, ledger, load_registry()).links.values
    assert [v.said_in for v in values if v.property == "issuedBy"] == [(("a", "statement-2"),)]


def test_an_edit_beside_all_references_writes_nothing(linked: Linked) -> None:
    relinked = linked.edit(("3.txt", (say_of(3)[0] + " Trời nắng.", None)))
    assert not relinked.things
    assert not linked.written


def test_one_changed_article_of_many_costs_a_small_part(linked: Linked) -> None:
    corpus = {f"{n}.txt": say_of(n) for n in range(400)}
    linked.edit(*corpus.items())
    numbers = count(1_000)
    whole = least_seconds(lambda: Linked(PassingLedger()).edit(*corpus.items()))
    one = least_seconds(lambda: linked.edit(("3.txt", say_of(next(numbers)))))
    assert one < whole / 20


def test_an_update_that_fails_leaves_what_linking_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tmp_path / "graph"
    update_graph(write_corpus(tmp_path, {"asks.txt": (PARTIAL, None)}), graph=graph)
    file = write_corpus(tmp_path, {"asks.txt": (PARTIAL, None), "full.txt": (FULL, None)})
    with monkeypatch.context() as patched:
        patched.setattr(GraphUpdate, "patch_links", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            update_graph(file, graph=graph)
    update_graph(file, graph=graph)
    assert nquads(graph) == build_afresh(tmp_path / "fresh", file)


def test_a_ledger_that_is_damaged_is_an_error_that_says_so(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    update_graph(write_corpus(tmp_path, {"full.txt": (FULL, None)}), graph=graph)
    before = nquads(graph)
    (kept,) = graph.rglob("*.sqlite")
    kept.write_bytes(b"x" * 5000)
    with pytest.raises(GraphError, match=r"linking\.sqlite cannot be read .*build the graph again"):
        update_graph(write_corpus(tmp_path, {"asks.txt": (PARTIAL, None)}), graph=graph)
    assert nquads(graph) == before


def test_a_graph_without_what_linking_keeps_is_linked_anew(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    update_graph(write_corpus(tmp_path, {"full.txt": (FULL, None)}), graph=graph)
    (kept,) = graph.rglob("*.sqlite")
    kept.unlink()
    file = write_corpus(tmp_path, {"asks.txt": (PARTIAL, None), "full.txt": (FULL, None)})
    update_graph(file, graph=graph)
    assert nquads(graph) == build_afresh(tmp_path / "fresh", file)
    assert list(graph.rglob("*.sqlite"))
