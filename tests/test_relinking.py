"""Linking on an incremental build: what an edit touches is linked anew, and nothing else."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from linked import DAYS, SAID, STEPS, Linked, Written, edit, read
from timing import least_seconds

import policygraph as pg
from policygraph.errors import GraphError
from policygraph.graph.store import GraphUpdate
from policygraph.linking import link, relink
from policygraph.linking.ledger import PassingLedger, StoredLedger
from policygraph.model import (
    Claims,
    DocumentReference,
    Evidence,
    NameReference,
    StatedDate,
    Statement,
)
from policygraph.numbering import DocumentNumber
from policygraph.pipeline import update_graph
from policygraph.registry import load_registry
from policygraph.span import Span

pytestmark = pytest.mark.whole


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
