"""Writes docs/questions.md: the named queries, each with a command, some with their answers.

python docs/make_questions.py [OUTPUT]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import policygraph as pg
from policygraph.graph.named_queries import NamedQuery, group_queries
from policygraph.graph.namespaces import PG
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.queries import QueryResult

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
OUTPUT = Path(__file__).with_name("questions.md")
#: The queries whose answers are shown, and which columns of them.
SHOWN = {
    "implementation-chain": ("depth", "carriedOutLabel", "implementerLabel", "date"),
    "provinces": ("committee", "seen", "implementerLabel", "date"),
    "bases": ("restingLabel", "relation", "baseLabel", "baseDate", "kind"),
    "outdated-citations": ("newerLabel", "newerDate", "article", "published", "saysSo"),
    "contradictions": ("property", "value", "status", "article"),
    "same-number": ("otherLabel", "otherDate", "otherIssuerLabel"),
    "campaign-timeline": ("day", "role", "actorLabel", "article"),
}
INTRODUCTION = """\
# Questions

The named queries, by what they are about. This page is made from `ontology/queries/` by
`make question-docs`; change it there. `policygraph query --list` prints the same list, with
`--format json` for programs.

A parameter takes a thing by its number, name or IRI; `asOf:date` a day such as 2025-07-01;
`year:year` a year; `type:document-type` and `level:level` a name such as “Kế hoạch” or “tinh”;
`signer:text` words. One that is left out stands for all. Where several documents bear a number,
its date, term or issuer tells which is meant: `--set "document=25-NQ/TW khóa XI"`.

What an answer states has its sentence beside it: `article`, `start`, `end` (code points), `quote`.
The answers below are those of `data/articles`, some columns of them. Its provinces Hà Khê, Lam Sơn
Hạ, Vân Giang, Mường Sa, Nà Phùng, Sơn Hải Đông, Trà Vân and Cẩm Lung are fictional. What an answer
does not hold was not seen in these articles; it may be there nevertheless.
"""


def write_page() -> str:
    """The page as Markdown, ending with a newline."""
    with tempfile.TemporaryDirectory() as folder:
        graph = pg.build(ARTICLES, graph=Path(folder) / "graph")
        lines = "\n".join(_list_topics(graph))
    return f"{INTRODUCTION}\n{lines.rstrip()}\n"


def _list_topics(graph: PolicyGraph) -> Iterator[str]:
    for topic, queries in group_queries():
        yield from (f"## {topic.en} / {topic.vi}", "")
        for query in queries:
            yield from _describe(query, graph)


def _describe(query: NamedQuery, graph: PolicyGraph) -> Iterator[str]:
    yield from (f"### {query.name}", "", query.question_vi, "", f"*{query.question_en}*", "")
    if query.parameters:
        parameters = ", ".join(f"`{parameter}`" for parameter in query.parameters)
        yield from (f"Parameters: {parameters}", "")
    yield from ("```sh", _write_command(query), "```", "")
    if columns := SHOWN.get(query.name):
        yield from (*_write_answer(query, columns, graph), "")


def _write_command(query: NamedQuery) -> str:
    settings = (f'--set "{name}={value}"' for name, value in query.example.items())
    return " ".join((f"policygraph query --name {query.name}", *settings))


def _write_answer(query: NamedQuery, columns: tuple[str, ...], graph: PolicyGraph) -> Iterator[str]:
    answer = graph.query_named(query.name, **query.example)
    assert isinstance(answer, QueryResult)
    places = [answer.variables.index(column) for column in columns]
    rows = dict.fromkeys(tuple(row[place] for place in places) for row in answer.texts())
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"
    for row in rows:
        yield f"| {' | '.join(map(_write_cell, row))} |"


def _write_cell(text: str) -> str:
    """A cell on one line; of the ontology's terms the prefixed name."""
    return " ".join(text.replace(PG.iri, "pg:").split()).replace("|", "\\|")


if __name__ == "__main__":
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    output.write_text(write_page(), encoding="utf-8")
