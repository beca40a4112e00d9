"""The ontology and the shapes: complete, consistent with the code, and held by a built graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from graph_factories import CTR23, THANH_UY, make_hanoi, make_links, write_graph, write_hanoi
from pyshacl import validate
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from policygraph.document_types import load_document_types
from policygraph.graph.namespaces import PG, PREFIXES
from policygraph.graph.ontology import load_ontology, predicate_labels
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.store import sorted_nquads, update_folder
from policygraph.model import Fact
from policygraph.pipeline import build
from policygraph.resources import ontology_file

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
ELI = "http://data.europa.eu/eli/ontology#"


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file("policygraph.ttl"))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file("shapes.ttl"))


def terms(ontology: rdflib.Graph) -> set[rdflib.URIRef]:
    kinds = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.ConceptScheme
    found = {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    return {term for term in found if isinstance(term, rdflib.URIRef)}


def test_the_ontology_and_the_code_name_the_same_terms(ontology: rdflib.Graph) -> None:
    assert {term.removeprefix(PG.iri) for term in terms(ontology)} == PG.names()


def test_every_term_is_labelled_and_explained(ontology: rdflib.Graph) -> None:
    for term in terms(ontology):
        languages = {label.language for label in ontology.objects(term, RDFS.label)}  # type: ignore[union-attr]
        assert languages == {"vi", "en"}, term
        assert ontology.value(term, RDFS.comment), term


def test_nothing_of_ours_is_typed_by_eli(ontology: rdflib.Graph) -> None:
    for relation in (RDFS.subPropertyOf, RDFS.subClassOf, OWL.equivalentClass):
        above = [str(term) for term in ontology.objects(None, relation)]
        assert not [term for term in above if term.startswith(ELI)]
    assert rdflib.URIRef(ELI + "implements") not in ontology.all_nodes()


def test_the_document_types_are_those_of_the_vocabulary(ontology: rdflib.Graph) -> None:
    concepts = {}
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        labels = {x.language: str(x) for x in ontology.objects(concept, SKOS.prefLabel)}  # type: ignore[union-attr]
        codes = {str(code) for code in ontology.objects(concept, SKOS.notation)}
        concepts[str(concept).removeprefix(PG.iri + "type/")] = (labels, codes)
    assert concepts == {
        row.id: ({"vi": row.label, "en": row.english}, set(row.codes))
        for row in load_document_types().values()
    }


def test_oxigraph_reads_the_ontology_as_rdflib_does(ontology: rdflib.Graph) -> None:
    assert len(load_ontology()) == len(ontology)
    assert predicate_labels()[PG.implements.value] == "thực hiện"


def conforms(graph: PolicyGraph, shapes: rdflib.Graph, ontology: rdflib.Graph) -> tuple[bool, str]:
    union = rdflib.Graph()
    for subject, predicate, object_, _ in graph.to_rdflib().quads():
        union.add((subject, predicate, object_))
    conforming, _, report = validate(union, shacl_graph=shapes, ont_graph=ontology)
    return conforming, report


def test_a_built_graph_conforms(
    tmp_path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    conforming, report = conforms(write_hanoi(tmp_path), shapes, ontology)
    assert conforming, report


def test_the_graph_of_a_document_s_own_text_conforms(
    tmp_path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    text = (
        "UBND HUYỆN ĐÔNG KHÊ\nSố: 3/KH-UBND\nĐông Khê, ngày 3 tháng 2 năm 2031\nKẾ HOẠCH\nMở chợ\n"
    )
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    graph = build(tmp_path / "plan.txt", graph=tmp_path / "graph")
    assert "DocumentText" in "".join(sorted_nquads(graph.store))
    conforming, report = conforms(graph, shapes, ontology)
    assert conforming, report


#: What is deleted, what is inserted, and where, in SPARQL.
FAULTS = {
    "a statement without evidence": ("?s pg:evidence ?e", "", "?s a pg:Statement"),
    "a date without its sentence": ("?s pg:evidence ?e", "", "?s a pg:AttributeAssertion"),
    "a quote that is missing": ("?q oa:exact ?words", "", ""),
    "an offset that is missing": ("?q oa:start ?n", "", ""),
    "an end before its start": ("?q oa:end ?n", "?q oa:end -1", ""),
    "a thing without a label": ("?t rdfs:label ?l", "", "?t a pg:Campaign"),
    "a thing of two classes": ("", "?t a pg:StateDocument", "?t a pg:PartyDocument"),
    "a mention without a target": ("?m oa:hasTarget ?t", "", ""),
    "a reference that no mention makes": ("?m oa:hasBody ?r", "", ""),
    "a date that is none": ("", "?t pg:date 'soon'", "?t a pg:PartyDocument"),
    "an article without its text": ("?a pg:text ?t", "", ""),
    "a document text without its reference": ("", "?a a pg:DocumentText", "?a a pg:Article"),
    "an article with a reference of its own": (
        "",
        "?a pg:ownReference ?r",
        "?a a pg:Article . ?r a pg:DocumentReference",
    ),
    "a document text of two documents": (
        "",
        "?a a pg:DocumentText ; pg:ownReference ?r",
        "?a a pg:Article . ?r a pg:DocumentReference",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(
    tmp_path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph, fault: str
) -> None:
    write_hanoi(tmp_path)
    with update_folder(tmp_path) as update:
        gone, added, where = FAULTS[fault]
        change = f"DELETE {{ GRAPH ?g {{ {gone} }} }} INSERT {{ GRAPH ?g {{ {added} }} }}"
        pattern = " . ".join(part for part in (gone, where) if part)
        before = list(sorted_nquads(update.store))
        change += f" WHERE {{ GRAPH ?g {{ {pattern} }} }}"
        update.store.update(change, prefixes=dict(PREFIXES))
        assert list(sorted_nquads(update.store)) != before
    assert not conforms(PolicyGraph.open(tmp_path), shapes, ontology)[0]


@pytest.mark.parametrize(
    "fact",
    [
        Fact(CTR23, "implements", THANH_UY),
        Fact(THANH_UY, "basedOn", CTR23),
        Fact(CTR23, "issuedBy", CTR23),
        Fact(CTR23, "promotes", CTR23),
        Fact(CTR23, "launchedBy", THANH_UY),
        Fact("hanoi.txt", "cites", "document/nowhere"),
    ],
)
def test_a_triple_between_the_wrong_ends_is_found(
    tmp_path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph, fact: Fact
) -> None:
    links = make_links()
    wrong = replace(links, facts=(*links.facts, fact))
    graph = write_graph(tmp_path, (make_hanoi(),), wrong)
    assert not conforms(graph, shapes, ontology)[0]


def test_the_graph_of_the_real_article_conforms(
    tmp_path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    conforming, report = conforms(build(ARTICLES, graph=tmp_path), shapes, ontology)
    assert conforming, report
