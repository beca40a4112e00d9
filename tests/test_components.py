"""The spaCy components in real blank pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc
from timing import assert_grows_within

TEXT = (
    "Ban Bí thư đã ban hành Chỉ thị số 10-CT/TW. Đoàn viên hưởng ứng phong trào thi đua "
    "“Dân vận khéo”;\nthực hiện Nghị quyết số 25-NQ/TW và Luật Đất đai năm 2013."
)

COMPONENTS = ("policy_citations", "policy_campaigns", "policy_organisations")


def blank(language: str) -> Language:
    config = {"nlp": {"tokenizer": {"use_pyvi": False}}} if language == "vi" else {}
    nlp = spacy.blank(language, config=config)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


@pytest.mark.parametrize("language", ["vi", "xx", "en"])
def test_mentions_stand_in_span_groups_with_kind_and_name(language: str) -> None:
    doc = blank(language)(TEXT)
    assert [(s.label_, s.kb_id_) for s in doc.spans["policy_citations"]] == [
        ("DOCUMENT", "10-CT/TW"),
        ("DOCUMENT", "25-NQ/TW"),
        ("DOCUMENT", "Luật Đất đai"),
    ]
    (campaign,) = doc.spans["policy_campaigns"]
    assert (campaign.label_, campaign.kb_id_) == ("CAMPAIGN", "Dân vận khéo")
    assert "Dân vận khéo" in campaign.text
    assert campaign.id_ == "phong-trao-thi-dua"
    bodies = [(s.label_, s.text) for s in doc.spans["policy_organisations"]]
    assert ("ORGANISATION", "Ban Bí thư") in bodies


@pytest.mark.parametrize("text", ["", " \n", "xxx25-NQ/TWxxx", "‘’“”\"'"])
def test_texts_without_mentions_give_empty_groups(text: str) -> None:
    doc = blank("xx")(text)
    assert all(len(doc.spans[name]) == 0 for name in COMPONENTS[1:])


def test_a_mention_inside_a_token_grows_to_the_token() -> None:
    doc = blank("xx")("phong trào thi đua “Dân vận khéo”gắn với")
    (span,) = doc.spans["policy_campaigns"]
    assert span.kb_id_ == "Dân vận khéo"
    assert span.text == "Dân vận khéo”gắn"


def test_many_texts_stream_through_one_pipeline() -> None:
    docs = list(blank("vi").pipe([TEXT, "Không có gì.", TEXT], batch_size=2))
    assert [len(doc.spans["policy_citations"]) for doc in docs] == [3, 0, 3]


@pytest.mark.timing
def test_time_grows_with_the_text_and_no_faster() -> None:
    nlp = blank("xx")
    short, long = (nlp.make_doc(f"{TEXT}\n" * times) for times in (100, 800))

    def annotate(doc: Doc) -> None:
        for _, component in nlp.pipeline:
            component(doc)

    assert_grows_within(24, annotate, short, long)


def test_the_pipeline_is_saved_and_loaded_with_its_settings(tmp_path: Path) -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("policy_campaigns", config={"spans_key": "sc"})
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.pipe_names == ["policy_campaigns"]
    doc = loaded(TEXT)
    assert [span.kb_id_ for span in doc.spans["sc"]] == ["Dân vận khéo"]


def test_displacy_draws_the_spans() -> None:
    page = displacy.render(
        blank("vi")(TEXT), style="span", options={"spans_key": "policy_citations"}, jupyter=False
    )
    assert page.count("DOCUMENT") >= 3
    assert "25-NQ" in page
