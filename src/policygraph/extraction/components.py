"""The finders as spaCy components; the only module that knows spaCy.

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.add_pipe("policy_citations")
    doc = nlp("Thành ủy thực hiện Nghị quyết số 25-NQ/TW")
    doc.spans["policy_citations"][0].kb_id_    # "25-NQ/TW"

Each component writes one span group, named after it unless its `spans_key` says otherwise. Spans
are aligned to tokens, outwards where a token holds more than the mention. A span's `label_` is its
kind (DOCUMENT, ORGANISATION, CAMPAIGN), its `kb_id_` the document's canonical number or else its
name, or the full name of the body or campaign, and its `id_` the id of the rule that fired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from spacy.language import Language
from spacy.tokens import Doc

from policygraph.extraction.findings import Findings
from policygraph.model import Article, Citation, Mention
from policygraph.numbering import print_number
from policygraph.text import tidy


@dataclass(frozen=True, slots=True)
class MentionComponent:
    """A pipeline component: the mentions of one kind in `doc.text`, as `doc.spans[spans_key]`."""

    spans_key: str
    select: Callable[[Findings], Iterable[Mention]]

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text  # put together from the tokens at each access
        spans = [
            doc.char_span(
                mention.span.start,
                mention.span.end,
                label=mention.kind.upper(),
                kb_id=_name(mention, text),
                span_id=mention.rule,
                alignment_mode="expand",
            )
            for mention in self.select(_find(text))
        ]
        doc.spans[self.spans_key] = [span for span in spans if span is not None]
        return doc


@Language.factory(
    "policy_citations",
    assigns=["doc.spans"],
    default_config={"spans_key": "policy_citations"},
)
def create_citations(nlp: Language, name: str, spans_key: str) -> MentionComponent:
    """Documents by number, plenum, congress or law name."""
    return MentionComponent(spans_key, attrgetter("citations"))


@Language.factory(
    "policy_organisations",
    assigns=["doc.spans"],
    default_config={"spans_key": "policy_organisations"},
)
def create_organisations(nlp: Language, name: str, spans_key: str) -> MentionComponent:
    """Organisations by name and by the short forms that the text settles."""
    return MentionComponent(spans_key, attrgetter("organisations"))


@Language.factory(
    "policy_campaigns",
    assigns=["doc.spans"],
    default_config={"spans_key": "policy_campaigns"},
)
def create_campaigns(nlp: Language, name: str, spans_key: str) -> MentionComponent:
    """Campaigns: movements, drives, months of action."""
    return MentionComponent(spans_key, attrgetter("campaigns"))


@lru_cache(maxsize=1)
def _find(text: str) -> Findings:
    """What stands in the text seen last: the components of a pipeline take each doc in turn."""
    return Findings(Article(id="doc", text=text, sha256=""))


def _name(mention: Mention, text: str) -> str:
    if not isinstance(mention, Citation):
        return mention.name
    if mention.number is not None:
        return print_number(mention.number)
    return mention.name or tidy(text[mention.span.start : mention.span.end])
