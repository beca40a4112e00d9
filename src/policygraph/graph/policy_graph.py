"""A built graph, as people use it: ask, trace, count, and take it elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store

from policygraph.graph.contradiction import Contradiction, find_contradictions
from policygraph.graph.coverage import Coverage, find_coverage
from policygraph.graph.coverage_frame import By
from policygraph.graph.findings import Findings, check_graph
from policygraph.graph.iri import links_iri
from policygraph.graph.manifest import Manifest
from policygraph.graph.named_queries import named_query
from policygraph.graph.names import find_node
from policygraph.graph.namespaces import PG
from policygraph.graph.ontology import predicate_labels
from policygraph.graph.parameter import bind_parameter
from policygraph.graph.pattern import find_quads
from policygraph.graph.queries import Answer, Question, Term, run_query
from policygraph.graph.review import LoggedDecision, Review
from policygraph.graph.store import open_store, sorted_nquads
from policygraph.graph.thing import Node, NodeKind, find_articles, kind_of
from policygraph.graph.trace import Trace, trace_document

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from policygraph.graph.fault import Fault


#: How many things a notebook shows: so many labels can be read.
_SKETCHED = 60


@dataclass(frozen=True, slots=True)
class Summary:
    """What articles cite; `relations` are the direct triples of the ten predicates between that."""

    articles: int
    documents: int
    organisations: int
    campaigns: int
    relations: int
    contradictions: int


@dataclass(frozen=True, slots=True)
class PolicyGraph:
    """A graph folder, open for reading; it does not see what is built after it was opened."""

    store: Store
    manifest: Manifest
    folder: Path

    @classmethod
    def open(cls, folder: Path | str) -> PolicyGraph:
        """Raises GraphError where the folder is no graph, is damaged, or of a newer format."""
        store, manifest = open_store(folder)
        return cls(store, manifest, Path(folder))

    @property
    def base(self) -> str:
        """The base of its IRIs."""
        return self.manifest.base

    def query(self, sparql: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
        """The answer to a SPARQL query over the union of the named graphs; see `run_query`."""
        return run_query(self.store, sparql, bindings=bindings)

    def query_named(self, name: str, /, **values: str) -> Answer:
        """The answer to a named query; see `Parameter` for what may be given for each of its own.

        Raises:
            QueryError: no such query, no such parameter, or a date or year that is none.
            AmbiguousNameError, UnknownNameError: as `find_thing` and `find_concept`.
        """
        question = self.read_question(name, **values)
        return self.query(question.sparql, bindings=question.bindings)

    def read_question(self, name: str, /, **values: str) -> Question:
        """A named query with its parameters bound; raises as `query_named`."""
        query = named_query(name)
        bindings = {
            key: bind_parameter(self.store, self.base, query.parameter(key), text)
            for key, text in values.items()
        }
        return Question(query.sparql, bindings)

    def find(self, name: str, *, kind: NodeKind | None = None) -> Node:
        """The one article or thing (of one kind) that a name stands for; see `find_node`.

        Raises AmbiguousNameError and UnknownNameError as `find_thing` does.
        """
        return find_node(self.store, self.base, name, kind=kind)

    def trace(self, name: str, *, as_of: str | None = None) -> Trace:
        """What carries out the document of a name, and what it rests on: see `trace_document`."""
        return trace_document(self.store, self.base, name, as_of=as_of)

    def coverage(self, *names: str, by: By = "province", as_of: str | None = None) -> Coverage:
        """Who has carried out the documents of these names; see `find_coverage`."""
        return find_coverage(self.store, self.base, names, by=by, as_of=as_of)

    def check(self) -> Findings:
        """What a person should look at: contradictions, open citations, unknown documents."""
        return check_graph(self.store, self.base)

    def find_faults(self) -> tuple[Fault, ...]:
        """What breaks the shapes of the ontology: nothing, in a graph as a build leaves it.

        Raises:
            PolicyGraphError: pySHACL is not installed (`policygraph[check]`).
        """
        from policygraph.graph.validation import find_faults

        return find_faults(self.store)

    def decisions(self) -> tuple[LoggedDecision, ...]:
        """What reviewers decided, the earliest first, each with whether it counts now."""
        return self.review.log()

    @property
    def review(self) -> Review:
        """What reviewers decided, for linking an article as they did."""
        return Review.read(self.store, self.base)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """What is said of one thing and cannot all be true, with the sentences that say it."""
        return find_contradictions(self.store, self.base)

    def summary(self) -> Summary:
        """How much of each kind the articles cite; a parent body or candidate alone is not."""
        graph = NamedNode(links_iri(self.base))
        cites = find_quads(self.store, None, PG.cites, graph=graph)
        cited = {quad.object for quad in cites if isinstance(quad.object, NamedNode)}
        kinds = Counter(kind_of(self.store, self.base, thing) for thing in cited)
        return Summary(
            articles=len(find_articles(self.store, self.base)),
            documents=kinds["document"],
            organisations=kinds["organisation"],
            campaigns=kinds["campaign"],
            relations=self._count_relations(cited),
            contradictions=len(self.contradictions()),
        )

    def _count_relations(self, cited: Set[NamedNode]) -> int:
        graph = NamedNode(links_iri(self.base))
        predicates = [NamedNode(iri) for iri in predicate_labels() if iri.startswith(PG.iri)]
        return sum(
            quad.subject in cited and quad.object in cited
            for predicate in predicates
            for quad in find_quads(self.store, None, predicate, graph=graph)
        )

    def quads(self) -> Iterator[Quad]:
        """Every quad, in the store's order."""
        return iter(self.store)

    def nquads(self) -> Iterator[str]:
        """The whole graph as sorted N-Quads lines: the same graph, the same bytes."""
        return sorted_nquads(self.store)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph for NetworkX; docs/networkx.md says what nodes and edges carry.

        The functions of `policygraph.graph.analysis` take it.
        """
        from policygraph.graph.network import to_networkx

        return to_networkx(self.store, self.base)

    def _repr_html_(self) -> str:
        """What a notebook shows: the things cited most and their relations, in a frame of its own.

        The frame fetches nothing and reaches nothing of the notebook.
        """
        from policygraph.graph.network import sketch_network
        from policygraph.view import render_frame

        network = sketch_network(self.store, self.base, most=_SKETCHED)
        return render_frame(network, title=self.folder.resolve().name)

    def to_rdflib(self, *, copy: bool = False) -> rdflib.Dataset:
        """A read-only view for rdflib, its named graphs kept, the default graph their union.

        Its `query` answers as `query` here does: it takes the graphs of FROM from the store, and
        refuses SERVICE. Only where rdflib's own engine is asked for, by a prepared query or
        `use_store_provided=False`, are both fetched from the network or from files.

        Args:
            copy: a copy in memory instead, which may be changed; rdflib's engine answers there.
        """
        from policygraph.graph.interchange import copy_dataset, open_dataset

        return copy_dataset(self.store) if copy else open_dataset(self.store)
