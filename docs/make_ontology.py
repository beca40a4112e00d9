"""Writes docs/ontology.md, the reference of the ontology, from the files in ontology/.

python docs/make_ontology.py [OUTPUT]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from policygraph.graph import namespaces
from policygraph.graph.namespaces import PG, PREFIXES, Vocabulary
from policygraph.resources import ontology_file

ONTOLOGY = URIRef("https://w3id.org/policygraph/ontology")
OUTPUT = Path(__file__).with_name("ontology.md")
OTHERS = ("RDF", "RDFS", "DCTERMS", "SKOS", "ORG", "PROV", "OA")


class Page:
    """The lines of the page, of the ontology and its alignments."""

    def __init__(self) -> None:
        self.ontology = _load("policygraph.ttl")
        self.alignments = _load("alignments.ttl")

    def write(self) -> str:
        parts = chain(
            self._introduce(),
            self._list_terms("Classes", [OWL.Class]),
            self._list_terms("Properties", [OWL.ObjectProperty, OWL.DatatypeProperty]),
            self._list_schemes(),
            self._list_others(),
        )
        return "\n".join(parts).rstrip() + "\n"

    def _introduce(self) -> Iterator[str]:
        yield "# The ontology"
        yield ""
        yield "This page is made from `ontology/` by `make ontology-docs`; change it there."
        yield from self._explain(ONTOLOGY)
        yield f"`pg:` is `{PG.iri}`. What a term relates to elsewhere stands in"
        yield "[alignments.ttl](../ontology/alignments.ttl), what a built graph must hold in"
        yield "[shapes.ttl](../ontology/shapes.ttl)."
        yield ""

    def _list_terms(self, title: str, kinds: Iterable[URIRef]) -> Iterator[str]:
        yield from (f"## {title}", "")
        found = {term for kind in kinds for term in self.ontology.subjects(RDF.type, kind)}
        for term in sorted(each for each in found if isinstance(each, URIRef)):
            yield from self._describe(term)

    def _describe(self, term: URIRef) -> Iterator[str]:
        yield f"### {self._name(term)}"
        yield from ("", self._title(term))
        yield from self._explain(term)
        facts = [
            ("part of the class", self._join(self.ontology, term, RDFS.subClassOf)),
            ("of", self._join(self.ontology, term, RDFS.domain)),
            ("value", self._join(self.ontology, term, RDFS.range)),
            ("properties", self._join_domains(term)),
            ("elsewhere, a kind of", self._join_above(term)),
            ("elsewhere, see", self._join(self.alignments, term, RDFS.seeAlso)),
        ]
        yield from (f"- {name}: {value}" for name, value in facts if value)
        yield ""

    def _title(self, term: Node) -> str:
        vi, en = (self._say(term, RDFS.label, language) for language in ("vi", "en"))
        return f"**{vi}**, *{en}*"

    def _explain(self, term: URIRef) -> Iterator[str]:
        for language in ("vi", "en"):
            yield from ("", self._say(term, RDFS.comment, language))
        yield ""

    def _list_schemes(self) -> Iterator[str]:
        yield from ("## Concepts", "")
        for scheme in sorted(self.ontology.subjects(RDF.type, SKOS.ConceptScheme)):
            yield from (f"### {self._name(scheme)}", "")
            yield self._title(scheme)
            yield from self._explain(scheme)
            yield from (
                "| concept | tiếng Việt | English | codes | broader |",
                "|---|---|---|---|---|",
            )
            yield from map(
                self._write_concept, sorted(self.ontology.subjects(SKOS.inScheme, scheme))
            )
            yield ""

    def _write_concept(self, concept: Node) -> str:
        labels = (self._say(concept, SKOS.prefLabel, language) for language in ("vi", "en"))
        codes = " ".join(sorted(map(str, self.ontology.objects(concept, SKOS.notation))))
        broader = self._join(self.ontology, concept, SKOS.broader)
        return f"| {self._name(concept)} | {' | '.join(labels)} | {codes} | {broader} |"

    def _list_others(self) -> Iterator[str]:
        yield from ("## From other vocabularies", "", "The graph uses these as they are:", "")
        for name in OTHERS:
            vocabulary: Vocabulary = getattr(namespaces, name)
            terms = ", ".join(f"`{name.lower()}:{term}`" for term in sorted(vocabulary.names()))
            yield f"- `{vocabulary.iri}`: {terms}"

    def _join(self, graph: Graph, term: Node, predicate: URIRef) -> str:
        names = (self._name(each) for each in graph.objects(term, predicate))
        return ", ".join(sorted(names))

    def _join_above(self, term: Node) -> str:
        above = (RDFS.subClassOf, RDFS.subPropertyOf)
        return ", ".join(filter(None, (self._join(self.alignments, term, each) for each in above)))

    def _join_domains(self, class_: Node) -> str:
        """The properties that have the class, or a union with it, as their domain."""
        found = [
            self._name(term)
            for term, domain in self.ontology.subject_objects(RDFS.domain)
            if class_ in self._members(domain)
        ]
        return ", ".join(sorted(found))

    def _members(self, class_: Node) -> list[Node]:
        union = self.ontology.value(class_, OWL.unionOf)
        return [class_] if union is None else list(Collection(self.ontology, union))

    def _name(self, node: Node) -> str:
        """A term with its prefix; a union as its members."""
        if not isinstance(node, URIRef):
            return " or ".join(map(self._name, self._members(node)))
        iri = str(node)
        prefix = next(prefix for prefix, start in PREFIXES.items() if iri.startswith(start))
        return f"`{prefix}:{iri.removeprefix(PREFIXES[prefix])}`"

    def _say(self, term: Node, predicate: URIRef, language: str) -> str:
        for text in self.ontology.objects(term, predicate):
            if isinstance(text, Literal) and text.language == language:
                return str(text)
        raise LookupError(f"{term} says nothing in {language!r}")


def _load(name: str) -> Graph:
    return Graph().parse(ontology_file(name), format="turtle")


def main(arguments: list[str]) -> None:
    output = Path(arguments[0]) if arguments else OUTPUT
    output.write_text(Page().write(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
