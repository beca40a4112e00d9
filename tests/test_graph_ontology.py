"""The ontology and the shapes: complete, consistent with the code, and held by a built graph."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from corpus import write_records
from graph_factories import (
    BASE,
    CTR23,
    DAN_VAN_KHEO,
    THANH_UY,
    make_hanoi,
    make_links,
    write_graph,
    write_hanoi,
)
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib.namespace import OWL, PROV, RDF, RDFS, SH, SKOS

from policygraph.document_types import load_document_types
from policygraph.graph.fault import Fault
from policygraph.graph.namespaces import PG, PREFIXES
from policygraph.graph.ontology import load_ontology, predicate_labels
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.store import sorted_nquads, update_folder
from policygraph.model import Fact
from policygraph.pipeline import build
from policygraph.registry import load_registry
from policygraph.resources import data_file, ontology_file
from policygraph.reviewing import review

pytestmark = pytest.mark.whole

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
ELI = "http://data.europa.eu/eli/ontology#"


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file("policygraph.ttl"))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file("shapes.ttl"))


KINDS = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.ConceptScheme, PROV.SoftwareAgent


def terms(ontology: rdflib.Graph) -> set[rdflib.URIRef]:
    found = {term for kind in KINDS for term in ontology.subjects(RDF.type, kind)}
    return {term for term in found if isinstance(term, rdflib.URIRef)}


def languages(ontology: rdflib.Graph, term: rdflib.URIRef, said: rdflib.URIRef) -> list[str]:
    return sorted(str(text.language) for text in ontology.objects(term, said))  # type: ignore[attr-defined]


def test_the_ontology_and_the_code_name_the_same_terms(ontology: rdflib.Graph) -> None:
    assert {term.removeprefix(PG.iri) for term in terms(ontology)} == PG.names()


def test_every_term_is_labelled_and_explained_in_both_languages(ontology: rdflib.Graph) -> None:
    for term in terms(ontology):
        for said in (RDFS.label, RDFS.comment):
            assert languages(ontology, term, said) == ["en", "vi"], (term, said)
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        assert languages(ontology, concept, SKOS.prefLabel) == ["en", "vi"], concept  # type: ignore[arg-type]


def test_every_property_has_a_domain_and_a_range(ontology: rdflib.Graph) -> None:
    lacking = {
        (str(term).removeprefix(PG.iri), end)
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ontology.subjects(RDF.type, kind)
        for end in ("domain", "range")
        if ontology.value(term, RDFS[end]) is None
    }
    # a day or a year: two datatypes
    assert lacking == {("validFrom", "range"), ("validTo", "range")}


def test_the_alignments_are_of_terms_that_there_are(ontology: rdflib.Graph) -> None:
    alignments = rdflib.Graph().parse(ontology_file("alignments.ttl"))
    named = {str(node) for node in alignments.all_nodes() if str(node).startswith(PG.iri)}
    concepts = {str(concept) for concept in ontology.subjects(RDF.type, SKOS.Concept)}
    assert named <= {PG.iri + name for name in PG.names()} | concepts
    assert rdflib.URIRef(ELI + "implements") not in alignments.all_nodes()


def concepts_of(ontology: rdflib.Graph, scheme: str) -> dict[str, rdflib.URIRef]:
    """The concepts of a scheme by their ids."""
    members = ontology.subjects(SKOS.inScheme, rdflib.URIRef(PG.iri + scheme))
    return {str(each).rpartition("/")[2]: each for each in members}  # type: ignore[misc]


def test_the_document_types_are_those_of_the_vocabulary(ontology: rdflib.Graph) -> None:
    concepts = {}
    for id_, concept in concepts_of(ontology, "DocumentTypeScheme").items():
        labels = {x.language: str(x) for x in ontology.objects(concept, SKOS.prefLabel)}  # type: ignore[attr-defined]
        codes = {str(code) for code in ontology.objects(concept, SKOS.notation)}
        concepts[id_] = (labels, codes)
    assert concepts == {
        row.id: ({"vi": row.label, "en": row.english}, set(row.codes))
        for row in load_document_types().values()
    }


def read_ids(file: str, table: str) -> set[str]:
    rows = tomllib.loads(data_file("vocab", file).read_text(encoding="utf-8"))[table]
    return {row["id"] for row in rows}


def test_the_kinds_of_campaigns_are_their_cues(ontology: rdflib.Graph) -> None:
    kinds = concepts_of(ontology, "CampaignTypeScheme").keys()
    assert kinds == read_ids("campaign_cues.toml", "cue")
    assert {campaign.type for campaign in load_registry().campaigns} <= kinds


def test_the_levels_are_those_of_the_vocabulary(ontology: rdflib.Graph) -> None:
    assert concepts_of(ontology, "LevelScheme").keys() == read_ids("levels.toml", "row")


def test_oxigraph_reads_the_ontology_as_rdflib_does(ontology: rdflib.Graph) -> None:
    assert len(load_ontology()) == len(ontology)
    assert predicate_labels()[PG.implements.value] == "thực hiện"


def test_a_built_graph_conforms(tmp_path: Path) -> None:
    assert write_hanoi(tmp_path).find_faults() == ()


def test_the_graph_of_a_document_s_own_text_conforms(tmp_path: Path) -> None:
    text = (
        "UBND HUYỆN ĐÔNG KHÊ\nSố: 3/KH-UBND\nĐông Khê, ngày 3 tháng 2 năm 2031\nKẾ HOẠCH\nMở chợ\n"
    )
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    graph = build(tmp_path / "plan.txt", graph=tmp_path / "graph")
    assert "DocumentText" in "".join(sorted_nquads(graph.store))
    assert graph.find_faults() == ()


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
    "a reading of nothing": ("?r prov:used ?a", "", ""),
    "a reading without its version": ("?r pg:softwareVersion ?v", "", ""),
    "a value without a status": ("?v pg:status ?s", "", ""),
    "a value that nothing gives": ("?v prov:wasDerivedFrom ?a", "", ""),
    "a value of something else": ("?v pg:about ?d", "?v pg:about ?o", "?o a pg:Organisation"),
    "a level that is none": ("", "?o org:classification pg:LevelScheme", "?o a pg:Organisation"),
    "a kind of campaign in words": ("?c pg:campaignType ?t", "?c pg:campaignType 'drive'", ""),
    "a change into nothing": ("", "?o a org:ChangeEvent", "?o a pg:Organisation"),
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
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    write_hanoi(tmp_path)
    with update_folder(tmp_path) as update:
        gone, added, where = FAULTS[fault]
        change = f"DELETE {{ GRAPH ?g {{ {gone} }} }} INSERT {{ GRAPH ?g {{ {added} }} }}"
        pattern = " . ".join(part for part in (gone, where) if part)
        before = list(sorted_nquads(update.store))
        change += f" WHERE {{ GRAPH ?g {{ {pattern} }} }}"
        update.store.update(change, prefixes=dict(PREFIXES))
        assert list(sorted_nquads(update.store)) != before
    assert PolicyGraph.open(tmp_path).find_faults()


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
def test_a_triple_between_the_wrong_ends_is_found(tmp_path: Path, fact: Fact) -> None:
    links = make_links()
    wrong = replace(links, facts=(*links.facts, fact))
    graph = write_graph(tmp_path, (make_hanoi(),), wrong)
    assert graph.find_faults()


def test_the_graph_of_the_real_article_conforms(tmp_path: Path) -> None:
    assert build(ARTICLES, graph=tmp_path).find_faults() == ()


def delete(folder: Path, pattern: str, insert: str = "") -> tuple[Fault, ...]:
    """The faults of the Hà Nội graph after a change, each as people read it."""
    write_hanoi(folder)
    with update_folder(folder) as update:
        change = f"DELETE {{ GRAPH ?g {{ {pattern} }} }} INSERT {{ GRAPH ?g {{ {insert} }} }}"
        change += f" WHERE {{ GRAPH ?g {{ {pattern} }} }}"
        update.store.update(change, prefixes=dict(PREFIXES))
    return PolicyGraph.open(folder).find_faults()


def test_a_fault_says_which_thing_what_is_wrong_and_what_was_expected(tmp_path: Path) -> None:
    ctr = f"<{BASE}{CTR23}>"
    (fault,) = delete(tmp_path / "a", f"{ctr} pg:date ?date", f"{ctr} pg:date 'soon'")
    assert fault == Fault(
        BASE + CTR23,
        "Chương trình hành động 23-CTr/TU",
        "date is “soon”",
        "a day like 2013-07-25",
    )
    (fault,) = delete(tmp_path / "b", "?article pg:sha256 ?digest")
    assert (fault.label, fault.problem, fault.expected) == ("hanoi.txt", "no sha-256", "at least 1")
    faults = delete(tmp_path / "c", f"{ctr} pg:issuedBy ?body", f"{ctr} pg:issuedBy {ctr}")
    assert [(each.problem, each.expected) for each in faults] == [
        ("issued by is “Chương trình hành động 23-CTr/TU” (party document)", "organisation")
    ]
    faults = delete(tmp_path / "d", "?value pg:status ?status")
    assert {(each.problem, each.expected) for each in faults} == {("no status", "at least 1")}
    faults = delete(tmp_path / "e", "?selector oa:exact ?words")
    assert ("char=247,255 of hanoi.txt", "no words") in {(f.label, f.problem) for f in faults}


def test_a_report_has_no_word_of_shacl(tmp_path: Path) -> None:
    faults = delete(tmp_path, "?s a ?class", "?s a pg:Provision")
    told = " ".join(f"{fault.problem} {fault.expected}" for fault in faults)
    assert len(faults) > 20
    assert "shacl" not in told.lower()
    assert "Constraint" not in told


def test_every_kind_of_constraint_in_the_shapes_is_told_in_words(shapes: rdflib.Graph) -> None:
    said = {*(SH[name] for name in SAID_OF_SHAPES), *TOLD, RDF.type, RDF.first, RDF.rest}
    assert set(shapes.predicates()) <= said


#: What the shapes say besides constraints, and the constraints that reports put into words.
SAID_OF_SHAPES = (
    *("path", "inversePath", "alternativePath", "property", "name"),
    *("targetClass", "targetSubjectsOf", "targetObjectsOf"),
)
TOLD = {
    *(SH[name] for name in ("minCount", "maxCount", "datatype", "class", "in", "or", "hasValue")),
    *(SH[name] for name in ("minLength", "node", "lessThan")),
}


#: Texts with what the ontology has classes for: a document text, a merger, a law, a provision.
RICH = {
    "a": "Ngày 5/9/2025, Tỉnh ủy Quảng Trị ban hành Nghị quyết số 10-NQ/TU thực hiện Nghị quyết số "
    "25-NQ/TW. Tỉnh ủy Quảng Bình đẩy mạnh phong trào thi đua “Dân vận khéo” theo khoản 2 Điều 5 "
    "Luật Đất đai năm 2013. Hội Nông dân Việt Nam có Kế hoạch số 5-KH/HNDTW ngày 1/2/2019.",
    "b": "Nghị quyết số 10-NQ/TU ngày 5/3/2021 của Tỉnh ủy Quảng Trị. Quyết định 45 còn đó.",
    "plan": "UBND HUYỆN ĐÔNG KHÊ\nSố: 3/KH-UBND\nĐông Khê, ngày 3 tháng 2 năm 2031\nKẾ HOẠCH\n"
    "Mở chợ\n",
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    folder = tmp_path_factory.mktemp("rich")
    build(write_records(folder / "news.jsonl", RICH), graph=folder / "graph")
    return decide_all(folder / "graph")


def decide_all(folder: Path) -> PolicyGraph:
    """A decision of each kind, the last withdrawn."""
    reviewer, times = review(folder, author="An"), (f"2026-11-28T10:15:{n:02}Z" for n in range(9))
    programme = "a", RICH["a"].index("10-NQ/TU")
    reviewer.split([programme], "date", "2021-03-05", time=next(times), note="khóa trước")
    reviewer.accept(*programme, "document/dang/tu/quang-tri/2025/nq/10", time=next(times))
    reviewer.reject("b", RICH["b"].index("10-NQ/TU"), "10-NQ/TU, 5/3/2021", time=next(times))
    reviewer.merge("Hội Nông dân Việt Nam", "Tỉnh ủy Quảng Bình", time=next(times))
    corrected = reviewer.correct_date("5-KH/HNDTW", "2019-02-02", time=next(times))
    return reviewer.undo(corrected.decisions[0].decision.id, time=next(times)).graph


def test_a_shape_covers_every_class(
    rich: PolicyGraph, ontology: rdflib.Graph, shapes: rdflib.Graph
) -> None:
    """Every class of the ontology has instances in the rich graph, or subclasses that have."""
    made = {str(o) for _, _, o, _ in rich.to_rdflib().quads((None, RDF.type, None, None))}
    targets = set(shapes.objects(None, SH.targetClass))
    for class_ in ontology.subjects(RDF.type, OWL.Class):
        if isinstance(class_, rdflib.URIRef):
            below = ontology.transitive_subjects(RDFS.subClassOf, class_)
            assert made & {str(each) for each in below}, f"no instance of {class_}"
            above = set(ontology.transitive_objects(class_, RDFS.subClassOf))
            under = set(ontology.subjects(RDFS.subClassOf, class_))
            assert above & targets or (under and under <= targets), f"no shape for {class_}"


def test_the_rich_graph_conforms(rich: PolicyGraph) -> None:
    assert rich.find_faults() == ()


VOCABULARIES = Path(__file__).parent / "data" / "vocabularies.ttl"

#: What the alignments give to the instances of each class, besides classes of the ontology itself.
GIVEN = {
    "Article": {"schema.org/Article", "prov#Entity"},
    "Reading": {"prov#Activity"},
    "Mention": {"oa#Annotation"},
    "Reference": {"prov#Entity"},
    "Statement": {"prov#Entity"},
    "AttributeAssertion": {"prov#Entity"},
    "AttributeValue": {"prov#Entity"},
    "PolicyDocument": {"schema.org/CreativeWork", "prov#Entity"},
    "StateDocument": {"eli/ontology#LegalResource", "schema.org/Legislation"},
    "Organisation": {"schema.org/Organization", "org#Organization", "terms/Agent", "prov#Entity"},
    "Campaign": {"prov#Activity"},
    "SpecificResource": {"oa#ResourceSelection", "prov#Entity"},
    "TextPositionSelector": {"oa#Selector"},
    "TextQuoteSelector": {"oa#Selector"},
    "ChangeEvent": {"prov#Activity"},
    "Decision": {"prov#Entity"},
    "Anchor": {"oa#SpecificResource", "oa#ResourceSelection", "prov#Entity"},
}
EVERYTHING = {OWL.Thing, RDFS.Resource}


def close(graph: PolicyGraph, *more: str) -> rdflib.Graph:
    """All that OWL 2 RL infers of a graph, the ontology, its alignments and those it aligns to."""
    closed = rdflib.Graph()
    for subject, predicate, object_, _ in graph.to_rdflib().quads():
        closed.add((subject, predicate, object_))
    files = ontology_file("policygraph.ttl"), ontology_file("alignments.ttl"), VOCABULARIES
    for file in files:
        closed.parse(file)
    for turtle in more:
        closed.parse(data=turtle)
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    return closed


def find_unwanted(graph: PolicyGraph, closed: rdflib.Graph, ontology: rdflib.Graph) -> set[str]:
    """Types that nobody gave: "document/… a org#Organization"."""
    own = {str(term) for term in terms(ontology)}
    asserted: dict[rdflib.term.Node, set[str]] = defaultdict(set)
    for subject, _, class_, _ in graph.to_rdflib().quads((None, RDF.type, None, None)):
        asserted[subject] |= {str(each) for each in superclasses(ontology, class_)}
    unwanted = set()
    for node, classes in asserted.items():
        given = {end for each in classes for end in GIVEN.get(each.rpartition("#")[2], ())}
        for type_ in set(closed.objects(node, RDF.type)) - EVERYTHING:
            is_wanted = str(type_) in classes or str(type_).endswith(tuple(given or "-"))
            if isinstance(type_, rdflib.URIRef) and (str(type_) in own or not is_wanted):
                unwanted |= set() if is_wanted else {f"{node} a {type_}"}
    return unwanted


def superclasses(ontology: rdflib.Graph, class_: rdflib.term.Node) -> set[rdflib.term.Node]:
    return set(ontology.transitive_objects(class_, RDFS.subClassOf))


def find_clashes(closed: rdflib.Graph) -> list[str]:
    """What the reasoner found inconsistent."""
    return [str(o) for _, p, o in closed if "agent-ont#error" in str(p)]


def test_owl_infers_no_unwanted_type(rich: PolicyGraph, ontology: rdflib.Graph) -> None:
    closed = close(rich)
    assert find_clashes(closed) == []
    assert find_unwanted(rich, closed, ontology) == set()
    legal = set(closed.subjects(RDF.type, rdflib.URIRef(ELI + "LegalResource")))
    assert {str(each).removeprefix(BASE) for each in legal} == {"document/nn/qh/13/2013/45"}
    for name in PG.names():
        assert (rdflib.URIRef(PG.iri + name), RDF.type, SKOS.Concept) not in closed


#: An axiom that someone may add in good faith, and what comes of it.
MUTATIONS = {
    "the issuer as ELI has it": (
        "pg:issuedBy rdfs:subPropertyOf eli:passed_by .",
        "dang/tu/quang-tri/2025/nq/10 a http://data.europa.eu/eli/ontology#LegalResource",
    ),
    "the basis of PROV for implementing": (
        "pg:implements rdfs:subPropertyOf prov:wasAssociatedWith .",
        "nq/25 a http://www.w3.org/ns/prov#Agent",
    ),
    "a document as an organisation": (
        "pg:implements rdfs:domain pg:Organisation .",
        "nq/10 a https://w3id.org/policygraph/ontology#Organisation",
    ),
}
MUTATION_PREFIXES = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_harmful_axiom_would_be_noticed(
    rich: PolicyGraph, ontology: rdflib.Graph, mutation: str
) -> None:
    axiom, unwanted = MUTATIONS[mutation]
    found = find_unwanted(rich, close(rich, MUTATION_PREFIXES + axiom), ontology)
    assert [each for each in found if each.endswith(unwanted)]


def test_what_excludes_each_other_clashes(rich: PolicyGraph) -> None:
    campaign = f"<{BASE}{DAN_VAN_KHEO}> a pg:Organisation ."
    assert find_clashes(close(rich, MUTATION_PREFIXES + campaign))
    both = "pg:Thing rdfs:subClassOf prov:Entity ."
    assert find_clashes(close(rich, MUTATION_PREFIXES + both))  # a campaign is an activity
