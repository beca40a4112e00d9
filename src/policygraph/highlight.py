"""An article as a page: its text with every mention marked, and the relations that it states."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import pairwise

from policygraph.graph.namespaces import PG
from policygraph.graph.ontology import predicate_labels
from policygraph.model import (
    AnnotatedArticle,
    Article,
    DocumentReference,
    Mention,
    Reference,
    Statement,
)
from policygraph.numbering import print_number
from policygraph.span import Span
from policygraph.view.security import content_policy
from policygraph.view.style import FONT, GROUND, KINDS

_FICTION = "<p><b>Bài hư cấu:</b> tỉnh, cơ quan, văn bản địa phương trong bài không có thật.</p>\n"


def render_article(annotated: AnnotatedArticle) -> str:
    """A complete HTML page that fetches nothing and runs nothing; all text is shown as text."""
    heading = escape(annotated.article.title or annotated.article.id)
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(content_policy(styles=[_style()]))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title>
<style>{_style()}</style>
</head>
<body>
<h1>{heading}</h1>
{_FICTION if annotated.article.is_fiction else ""}<p class="legend">{_render_legend(annotated)}</p>
<article>{"".join(_render_text(annotated))}</article>
<h2>Quan hệ ({len(annotated.statements)})</h2>
<ol>
{"".join(_render_statements(annotated))}</ol>
</body>
</html>
"""


def _render_legend(annotated: AnnotatedArticle) -> str:
    counts = {kind: sum(m.kind == kind for m in annotated.mentions) for kind in KINDS}
    return " ".join(
        f'<mark class="{kind}">{KINDS[kind].name}</mark> {count}'
        for kind, count in counts.items()
        if count
    )


def _render_text(annotated: AnnotatedArticle) -> Iterator[str]:
    """The text piece by piece: a mention, furniture, or plain."""
    text = annotated.article.text
    meant = {mention: ref for ref in annotated.references for mention in ref.mentions}
    furniture = _furniture(annotated.article)
    for piece, mention in _cut(text, annotated.mentions, furniture):
        shown = escape(text[piece.start : piece.end])
        if mention is not None:
            told = escape(_tell(mention, meant.get(mention)))
            shown = f'<mark class="{mention.kind}" title="{told}">{shown}</mark>'
        if any(region.contains(piece) for region in furniture):
            shown = f'<span class="furniture">{shown}</span>'
        yield shown


def _furniture(article: Article) -> list[Span]:
    return [region.span for region in article.regions if region.kind == "furniture"]


def _cut(
    text: str, mentions: tuple[Mention, ...], furniture: list[Span]
) -> Iterator[tuple[Span, Mention | None]]:
    """The text cut at the ends of mentions and furniture, each piece with its mention."""
    edges = {0, len(text)}
    for span in (*(mention.span for mention in mentions), *furniture):
        edges |= {span.start, span.end}
    cuts = sorted(edges)
    waiting = sorted(mentions, key=lambda mention: mention.span, reverse=True)
    for start, end in pairwise(cuts):
        while waiting and waiting[-1].span.end <= start:
            waiting.pop()
        inside = bool(waiting) and waiting[-1].span.start <= start
        yield Span(start, end), waiting[-1] if inside else None


def _tell(mention: Mention, reference: Reference | None) -> str:
    told = [reference.label] if reference else []
    if isinstance(reference, DocumentReference):
        if reference.number:
            told.append(f"số {print_number(reference.number)}")
        told += [f"ngày {_vietnamese(stated.date)}" for stated in reference.dates]
    return " · ".join([*told, f"quy tắc {mention.rule}"])


def _vietnamese(date: str) -> str:
    return "/".join(reversed(date.split("-")))


def _render_statements(annotated: AnnotatedArticle) -> Iterator[str]:
    references = {reference.id: reference for reference in annotated.references}
    for statement in annotated.statements:
        subject, target = references[statement.subject], references[statement.object]
        predicate = predicate_labels()[PG[statement.predicate].value]
        quotes = "".join(_render_evidence(annotated.article, statement))
        yield (
            f"<li>{_render_end(subject)} <b>{escape(predicate)}</b> {_render_end(target)}"
            f"{quotes}</li>\n"
        )


def _render_end(reference: Reference) -> str:
    return f'<mark class="{reference.kind}">{escape(reference.label)}</mark>'


def _render_evidence(article: Article, statement: Statement) -> Iterator[str]:
    for evidence in statement.evidence:
        start, end = evidence.span.start, evidence.span.end
        quote, rule = escape(article.text[start:end]), escape(evidence.rule)
        footer = f"<footer>ký tự {start}-{end} · quy tắc {rule}</footer>"
        yield f"<blockquote>{quote}{footer}</blockquote>"


@cache
def _style() -> str:
    marks = "\n".join(
        f"mark.{kind} {{ background: {look.tint}; border-bottom: 2px solid {look.border}; }}"
        for kind, look in KINDS.items()
    )
    return f"""
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; background: {GROUND};
  color: #22272e; font: 17px/1.75 {FONT}; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.45rem; line-height: 1.35; }}
h2 {{ font-size: 1.15rem; margin-top: 2.5rem; }}
article {{ white-space: pre-wrap; }}
mark {{ padding: .08em .25em; border-radius: 3px; color: inherit; }}
{marks}
.furniture {{ color: #767b83; }}
.legend, footer {{ color: #5b6370; font-size: .82rem; }}
li {{ margin-bottom: 1.2rem; }}
blockquote {{ margin: .4rem 0; padding-left: .8rem; border-left: 3px solid #d8cfb8;
  font-size: .95rem; white-space: pre-line; }}
"""
