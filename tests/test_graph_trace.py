"""Tracing what carries out a document, and finding it by what people call it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from graph_factories import (
    BASE,
    CTR23,
    HANOI_TEXT,
    NQ25,
    THANH_UY,
    document,
    make_links,
    write_graph,
    write_hanoi,
)

from policygraph.errors import AmbiguousNameError, UnknownNameError
from policygraph.graph.names import find_thing
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.model import Fact, Links


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    return write_hanoi(tmp_path_factory.mktemp("trace") / "graph")


def test_a_trace_as_json(graph: PolicyGraph) -> None:
    traced = graph.trace("25-NQ/TW").as_json()
    target = {
        "id": BASE + NQ25,
        "label": "Nghị quyết 25-NQ/TW",
        "number": "25-NQ/TW",
        "date": "2013-06-03",
        "issuer": None,
    }
    assert traced["target"] == target
    (step,) = traced["steps"]
    assert step["subject"] == {
        "id": BASE + CTR23,
        "label": "Chương trình hành động 23-CTr/TU",
        "number": "23-CTr/TU",
        "date": "2013-07-25",
        "issuer": "Thành ủy Hà Nội",
    }
    assert (step["predicate"], step["object"], step["depth"]) == ("implements", target, 1)
    first, second = step["evidence"]
    assert first["article"] == "hanoi.txt"
    assert first["quote"] == HANOI_TEXT[first["start"] : first["end"]]
    assert first["quote"].startswith("Thành ủy đã ban hành")
    assert second["start"] > first["end"]


NAMES = [
    "25-NQ/TW",
    "25/NQ-TW",
    "25-nq/tw",
    " 25 - NQ/T.Ư ",
    "Nghị quyết số 25-NQ/TW",
    "Nghị quyết 25-NQ/TW, ngày 3/6/2013",
    "25-NQ/TW 2013-06-03",
    "Nghị quyết 25-NQ/TW ngày 03/06/2013 của Ban Chấp hành Trung ương",
    "nghị quyết 25",
    "NQ 25",
    "25-NQ/TW khóa XI",
    "Nghị quyết 25-NQ/TW năm 2013",
    "Nghị quyết Trung ương 7 (khóa XI)",
    "Nghị quyết Trung ương 7 khoá XI",
    "nghị quyết trung ương 7, khóa xi",
    "Về tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận",
    NQ25,
    BASE + NQ25,
    f"<{BASE}{NQ25}>",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_found_under_all_its_names(graph: PolicyGraph, name: str) -> None:
    assert graph.trace(name).target.iri == BASE + NQ25


@pytest.mark.parametrize("name", ["Chương trình 23-CTr/TU", "23-CTR/TU", "023-CTr/TU"])
def test_a_code_in_the_number_says_more_than_the_words(graph: PolicyGraph, name: str) -> None:
    assert graph.trace(name).target.iri == BASE + CTR23


@pytest.mark.parametrize(
    "name",
    [
        "Chỉ thị 25",
        "25-NQ/TU",
        "25-NQ/TW khóa X",
        "25-NQ/TW 2008",
        "Quyết định 25-NQ/TW",
        "25-NQ/TW> } SELECT",
        "25-NQ/TW 12/3/2003",
        "26-NQ/TW",
        "Dân vận khéo",
        "",
    ],
)
def test_an_unknown_name_is_refused(graph: PolicyGraph, name: str) -> None:
    with pytest.raises(UnknownNameError):
        graph.trace(name)


def test_an_unknown_name_suggests_the_nearest(graph: PolicyGraph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean “25-NQ/TW”"):
        graph.trace("26-NQ/TW")
    with pytest.raises(UnknownNameError, match="“Thành ủy Hà Nội”"):
        find_thing(graph.store, BASE, "Thành ủy Hà Nôi", kind="organisation")


def test_any_kind_is_found_where_any_kind_will_do(graph: PolicyGraph) -> None:
    assert find_thing(graph.store, BASE, "thành uỷ hà nội").iri == BASE + THANH_UY


def with_documents(
    tmp_path: Path, numbers: dict[str, tuple[str, str]], *facts: Fact
) -> PolicyGraph:
    things = tuple(
        document(id_, f"Nghị quyết {number}", number=number, date=date, type="nghi-quyet")
        for id_, (number, date) in sorted(numbers.items())
    )
    return write_graph(tmp_path, (), Links(things, (), facts))


def test_an_ambiguous_name_lists_its_candidates(tmp_path: Path) -> None:
    numbers = {
        "document/dang/tw/ix/nq/25": ("25-NQ/TW", "2003-03-12"),
        "document/dang/tw/xi/nq/25": ("25-NQ/TW", "2013-06-03"),
        "document/dang/tw/x/nq/26": ("26-NQ/TW", "2008-08-05"),
    }
    graph = with_documents(tmp_path, numbers)
    with pytest.raises(AmbiguousNameError) as caught:
        graph.trace("Nghị quyết 25-NQ/TW")
    assert caught.value.candidates == (
        (BASE + "document/dang/tw/ix/nq/25", "Nghị quyết 25-NQ/TW, 2003-03-12"),
        (BASE + "document/dang/tw/xi/nq/25", "Nghị quyết 25-NQ/TW, 2013-06-03"),
    )
    assert graph.trace("25-NQ/TW, 12/3/2003").target.date == "2003-03-12"


def test_a_serial_alone_is_tried_last(tmp_path: Path) -> None:
    numbers = {
        "document/nn/a": ("30/2020/NĐ-CP", "2020-03-05"),
        "document/dang/b": ("30-NQ/TW", "2022-11-23"),
    }
    graph = with_documents(tmp_path, numbers)
    assert graph.trace("30/2020").target.iri == BASE + "document/nn/a"
    with pytest.raises(AmbiguousNameError):
        graph.trace("Nghị quyết 30")


def test_steps_go_through_other_documents_and_circles_end(tmp_path: Path) -> None:
    numbers = {
        f"document/dang/{name}": (f"{n}-NQ/TW", "2020-01-01") for n, name in enumerate("abcd", 1)
    }
    facts = [("b", "a"), ("c", "b"), ("a", "c"), ("d", "a"), ("d", "b"), ("b", "b")]
    graph = with_documents(
        tmp_path,
        numbers,
        *(Fact(f"document/dang/{s}", "implements", f"document/dang/{o}") for s, o in facts),
    )
    found = graph.trace("1-NQ/TW").choose("later")
    steps = [(step.depth, step.subject.iri[-1], step.object.iri[-1]) for step in found.steps]
    assert steps == [
        (1, "b", "a"),
        (1, "d", "a"),
        (2, "b", "b"),
        (2, "c", "b"),
        (2, "d", "b"),
        (3, "a", "c"),
    ]


def test_a_body_may_implement_too(tmp_path: Path) -> None:
    links = make_links()
    facts = (*links.facts, Fact(THANH_UY, "implements", NQ25))
    graph = write_graph(tmp_path, (), replace(links, facts=facts))
    subjects = [step.subject for step in graph.trace("25-NQ/TW").steps]
    assert [(node.kind, node.issuer) for node in subjects] == [
        ("document", "Thành ủy Hà Nội"),
        ("organisation", None),
    ]


def test_a_document_that_nothing_carries_out_has_no_later_steps(graph: PolicyGraph) -> None:
    assert graph.trace("23-CTr/TU").choose("later").steps == ()


def test_a_trace_leads_back_to_what_a_document_carries_out(graph: PolicyGraph) -> None:
    (step,) = graph.trace("23-CTr/TU").choose("earlier").steps
    assert (step.subject.number, step.predicate, step.object.number, step.depth) == (
        "23-CTr/TU",
        "implements",
        "25-NQ/TW",
        1,
    )
    assert (step.near.number, step.far.number) == ("23-CTr/TU", "25-NQ/TW")
