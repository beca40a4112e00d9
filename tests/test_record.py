"""The JSON object of one article."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from annotated import COMMITTEE, PROGRAMME, RESOLUTION, TEXT, make_annotated, make_links

from policygraph.record import extraction_record


def test_mentions_slice_the_text_in_order() -> None:
    record = extraction_record(make_annotated(), make_links())
    assert record["text"] == TEXT
    assert [(TEXT[m["start"] : m["end"]], m["entity"]) for m in record["mentions"]] == [
        ("Thành ủy", COMMITTEE),
        ("Chương trình 23-CTr/TU", PROGRAMME),
        ("Nghị quyết 25-NQ/TƯ", RESOLUTION),
        ("Chương trình 23-CTr/TU", PROGRAMME),
        ("Nghị quyết Trung ương 7 (khóa XI)", RESOLUTION),
    ]


def test_references_to_one_thing_are_one_entity() -> None:
    record = extraction_record(make_annotated(), make_links())
    assert [entity["id"] for entity in record["entities"]] == [COMMITTEE, PROGRAMME, RESOLUTION]
    assert record["relations"] == [
        {"subject": PROGRAMME, "predicate": "issuedBy", "object": COMMITTEE},
        {"subject": PROGRAMME, "predicate": "implements", "object": RESOLUTION},
    ]


def test_both_dates_of_a_contradiction_stand() -> None:
    programme = extraction_record(make_annotated(), make_links())["entities"][1]
    assert programme["date"] == "2013-07-25"
    assert programme["attested_dates"] == ["2013-07-25", "2013-07-15"]
    assert programme["known"] == {}


def test_what_the_text_does_not_say_is_known_only() -> None:
    resolution = extraction_record(make_annotated(), make_links())["entities"][2]
    assert resolution == {
        "id": RESOLUTION,
        "kind": "document",
        "label": "Nghị quyết 25-NQ/TW",
        "type": "nghi-quyet",
        "number": "25-NQ/TƯ",
        "date": None,
        "attested_dates": [],
        "signers": [],
        "known": {
            "date": "2013-06-03",
            "title": "về công tác dân vận",
            "issuers": ["organisation/ban-chap-hanh-trung-uong-dang"],
        },
    }


@pytest.mark.parametrize("turned", [False, True])
def test_the_fullest_number_wins_wherever_it_stands(turned: bool) -> None:
    annotated = make_annotated()
    plenum = replace(annotated.references[3], written="25", number=None)
    references = (*annotated.references[:3], plenum)
    annotated = replace(annotated, references=references[::-1] if turned else references)
    record = extraction_record(annotated, make_links())
    assert record["entities"][2]["number"] == "25-NQ/TƯ"


def test_a_relation_between_two_names_of_one_thing_is_none() -> None:
    annotated = make_annotated()
    statement = replace(annotated.statements[1], subject="ref-4", predicate="amends")
    annotated = replace(annotated, statements=(statement,))
    assert extraction_record(annotated, make_links())["relations"] == []


def test_order_of_references_does_not_show() -> None:
    annotated, links = make_annotated(), make_links()
    turned = replace(annotated, references=annotated.references[::-1])
    one, other = (extraction_record(a, links) for a in (annotated, turned))
    assert json.dumps(one) == json.dumps(other)
