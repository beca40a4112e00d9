"""Article graphs and the links graph: lossless, valid, the same bytes each time."""

from __future__ import annotations

import dataclasses
from importlib.metadata import version
from pathlib import Path

import pytest
from graph_factories import BASE, HANOI_TEXT, make_hanoi, make_links, write_graph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, RdfFormat, Store

from policygraph.graph.iri import article_iri
from policygraph.graph.namespaces import OA, PG, PROV
from policygraph.graph.queries import QueryResult, run_query
from policygraph.graph.rdf import describe_article, describe_links, list_articles, read_claims
from policygraph.graph.store import sorted_nquads
from policygraph.model import (
    AnnotatedArticle,
    Article,
    Claims,
    DocumentReference,
    Evidence,
    Links,
    NameReference,
    Reference,
    StatedDate,
    Statement,
)
from policygraph.numbering import DocumentNumber
from policygraph.provenance import digest_data
from policygraph.span import Span


def without_mentions(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(dataclasses.replace(reference, mentions=()) for reference in references)


def claims_of(annotated: AnnotatedArticle) -> Claims:
    return Claims(
        annotated.article.id,
        annotated.article.published,
        without_mentions(annotated.references),
        annotated.statements,
    )


def store_of(*articles: AnnotatedArticle) -> Store:
    store = Store()
    for annotated in articles:
        store.extend(describe_article(annotated, base=BASE))
    return store


def make_own(article_id: str) -> AnnotatedArticle:
    """The Hà Nội article as if its first citation were its own number in a letterhead."""
    annotated = make_hanoi(article_id)
    of = annotated.references[1]
    assert isinstance(of, DocumentReference)
    first = dataclasses.replace(of.mentions[0], is_own=True)
    own = dataclasses.replace(of, mentions=(first, *of.mentions[1:]))
    mentions = tuple(first if m == of.mentions[0] else m for m in annotated.mentions)
    references = tuple(own if r is of else r for r in annotated.references)
    return dataclasses.replace(annotated, mentions=mentions, references=references)


def test_the_text_of_a_document_names_the_reference_that_is_its_own() -> None:
    article, own = make_hanoi("a.txt"), make_own("b.txt")
    quads = [quad for each in (article, own) for quad in describe_article(each, base=BASE)]
    text = article_iri(BASE, "b.txt")
    assert [q.subject.value for q in quads if q.object == PG.DocumentText] == [text]
    assert [(q.subject.value, q.object.value) for q in quads if q.predicate == PG.ownReference] == [
        (text, f"{text}#ref-2")
    ]
    assert len([q for q in quads if q.object == PG.Article]) == 2


def read_all(store: Store) -> list[Claims | None]:
    articles = list_articles(store, base=BASE)
    return [read_claims(store, article, base=BASE) for article in articles]


def test_an_article_without_a_graph_claims_nothing() -> None:
    assert read_claims(store_of(make_hanoi("a.txt")), "b.txt", base=BASE) is None


def test_a_document_text_gives_the_claims_that_an_article_gives() -> None:
    own = make_own("a.txt")
    assert read_all(store_of(own)) == [claims_of(own)]


def test_claims_come_back_without_loss() -> None:
    articles = [make_hanoi("b.txt", published="2015-10-15"), make_hanoi("a.txt")]
    assert read_all(store_of(*articles)) == [
        claims_of(articles[1]),
        claims_of(articles[0]),
    ]


NUMBERS = [
    DocumentNumber("25", "NQ", "TW", style="party"),
    DocumentNumber("05", "CT", "TW", style="party"),
    DocumentNumber("367", "QĐ", "TWĐTN", "VP", style="party"),
    DocumentNumber("30", "NĐ", "CP", year=2020, style="state"),
    DocumentNumber("30a", "NQ", "CP", style="state"),
    DocumentNumber("01", "TTLT", "BNN&PTNT-BTC", year=2016, style="state"),
    DocumentNumber("10", None, "QH15", year=2022, style="assembly"),
    DocumentNumber("55", "NQ", "QH13", year=2013, style="assembly"),
    DocumentNumber("10988", None, "BNV", "CQĐP", style="letter"),
    DocumentNumber("25"),
    DocumentNumber("43", year=2014),
]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_kind_of_number_comes_back(number: DocumentNumber) -> None:
    annotated = with_references(DocumentReference("ref-1", "x", number=number))
    (claims,) = read_all(store_of(annotated))
    assert claims.references == without_mentions(annotated.references)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
OPTIONAL = st.none() | TEXTS
DATES = st.dates().map(lambda day: day.isoformat())
SPANS = st.tuples(st.integers(0, 80), st.integers(1, 40)).map(lambda s: Span(s[0], s[0] + s[1]))
STATED = st.builds(StatedDate, DATES, SPANS)


def with_references(*references: Reference, id_: str = "a.txt") -> AnnotatedArticle:
    return AnnotatedArticle(Article(id_, HANOI_TEXT, "00"), (), references, ())


@st.composite
def annotated_articles(draw: st.DrawFn) -> AnnotatedArticle:
    count = draw(st.integers(1, 12))
    ids = [f"ref-{n}" for n in range(1, count + 1)]
    references = [draw(a_reference(id_, ids)) for id_ in ids]
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
    pairs = draw(st.lists(ends, unique=True, max_size=12))
    evidence = st.lists(st.builds(Evidence, SPANS, TEXTS), min_size=1, max_size=3).map(tuple)
    statements = tuple(Statement(s, "implements", o, draw(evidence)) for s, o in pairs)
    annotated = with_references(*references, id_=draw(TEXTS))
    return dataclasses.replace(annotated, statements=statements)


def a_reference(id_: str, ids: list[str]) -> st.SearchStrategy[Reference]:
    issuers = st.sets(st.sampled_from(ids), max_size=3).map(
        lambda found: tuple(sorted(found, key=ids.index))
    )
    document = st.builds(
        DocumentReference,
        st.just(id_),
        TEXTS,
        type=st.sampled_from([None, "nghi-quyet", "luat"]),
        number=st.none() | st.sampled_from(NUMBERS),
        written=OPTIONAL,
        dates=st.lists(STATED, max_size=3).map(tuple),
        issuers=issuers,
        title=OPTIONAL,
        term=OPTIONAL,
        plenum=OPTIONAL,
        congress=OPTIONAL,
        name=OPTIONAL,
        year=st.none() | st.integers(1945, 2030),
        place=OPTIONAL,
        is_draft=st.booleans(),
    )
    kinds = st.sampled_from(["organisation", "campaign"])
    name = st.builds(NameReference, kinds, st.just(id_), TEXTS, place=OPTIONAL, part_of=OPTIONAL)
    return document | name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(annotated_articles())
def test_any_claims_come_back_and_any_id_makes_an_iri(annotated: AnnotatedArticle) -> None:
    (claims,) = read_all(store_of(annotated))
    assert claims == claims_of(annotated)


@pytest.mark.parametrize(
    "article_id",
    [
        "thư mục/bài báo số 1.txt",
        "a#b?c=d&e%20f",
        "https://vietnamnet.vn/a b?x=<y>\"z'{}|^`\\",
        "../../etc/passwd",
        "\n\t",
    ],
)
def test_a_hostile_id_or_title_stays_data(article_id: str, tmp_path: Path) -> None:
    title = "\"'\n\r\t<script>alert(1)</script> \\ > } . <http://x> \u2028"
    annotated = make_hanoi(article_id, title=title, url="not a url <>")
    graph = write_graph(tmp_path / "graph", (annotated,), make_links(article_id))
    network = graph.to_networkx()
    node = network.nodes[article_iri(BASE, article_id)]
    assert (node["kind"], node["label"]) == ("article", title)
    mention = network.nodes[BASE + "document/dang/tw/xi/nq/25"]["evidence"][0]
    assert mention["article"] == article_id
    reread = Store()
    reread.load(input="\n".join(graph.nquads()), format=RdfFormat.N_QUADS)
    assert list(sorted_nquads(reread)) == list(graph.nquads())


def test_offsets_and_quotes_slice_the_text() -> None:
    store = store_of(make_hanoi())
    found = 0
    for quad in store.quads_for_pattern(None, OA.exact, None, None):
        start, end = quad.subject.value.rpartition("=")[2].split(",")
        assert HANOI_TEXT[int(start) : int(end)] == quad.object.value
        found += 1
    assert found >= 12


def test_a_date_is_asserted_with_the_sentence_that_gives_it() -> None:
    answer = run_query(
        store_of(make_hanoi()),
        """SELECT ?date ?words {
             ?assertion a pg:AttributeAssertion ; prov:value ?date ;
               pg:evidence/oa:hasSelector/oa:exact ?words } ORDER BY ?date""",
    )
    assert isinstance(answer, QueryResult)
    sentences = dict(answer.texts())
    assert list(sentences) == ["2013-06-03", "2013-07-15", "2013-07-25"]
    assert sentences["2013-07-15"].startswith("Các nhiệm vụ trong")
    assert sentences["2013-07-25"].startswith("Thành ủy đã ban hành")


def test_the_same_article_gives_the_same_quads_each_once() -> None:
    quads = list(describe_article(make_hanoi(), base=BASE))
    assert quads == list(describe_article(make_hanoi(), base=BASE))
    assert len(quads) == len(set(quads))
    assert not any(isinstance(quad.subject, BlankNode) for quad in quads)
    assert {quad.graph_name.value for quad in quads} == {article_iri(BASE, "hanoi.txt")}


def test_the_links_graph_holds_each_direct_triple_once() -> None:
    links = make_links()
    fields = {each.name: getattr(links, each.name) * 2 for each in dataclasses.fields(Links)}
    doubled = Links(**fields)
    quads = list(describe_links(doubled, base=BASE))
    assert quads == list(describe_links(links, base=BASE))
    assert len([quad for quad in quads if quad.predicate == PG.issuedBy]) == 1
    assert {quad.graph_name.value for quad in quads} == {BASE + "links"}


def test_a_number_keeps_its_leading_zero() -> None:
    links = make_links()
    document = dataclasses.replace(links.things[1], number="05-CT/TW")
    store = Store()
    store.extend(describe_links(dataclasses.replace(links, things=(document,)), base=BASE))
    numbers = [quad.object.value for quad in store.quads_for_pattern(None, PG.number, None, None)]
    assert numbers == ["05-CT/TW"]


def test_a_mention_of_nothing_has_no_body() -> None:
    annotated = make_hanoi()
    alone = dataclasses.replace(annotated, references=(), statements=())
    store = store_of(alone)
    assert len(list(store.quads_for_pattern(None, OA.hasTarget, None, None))) == 8
    assert not list(store.quads_for_pattern(None, OA.hasBody, None, None))


def test_a_graph_says_by_what_its_article_was_read_and_not_when() -> None:
    article = article_iri(BASE, "hanoi.txt")
    quads = describe_article(make_hanoi(), base=BASE)
    said = {
        q.predicate.value: q.object.value for q in quads if q.subject.value == f"{article}#reading"
    }
    assert said[PROV.used.value] == article
    assert said[PROV.wasAssociatedWith.value] == PG.policygraph.value
    assert said[PG.softwareVersion.value] == version("policygraph")
    assert said[PG.dataVersion.value] == digest_data()


def test_what_gives_a_value_is_in_the_graph_of_its_article() -> None:
    store = store_of(make_hanoi())
    links = list(describe_links(make_links(), base=BASE))
    given = {quad.object for quad in links if quad.predicate == PROV.wasDerivedFrom}
    described = {quad.subject for quad in store}
    assert len(given) == 4
    assert given <= described
