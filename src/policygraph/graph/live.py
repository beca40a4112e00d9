"""An Oxigraph store as a read-only store of rdflib: nothing is copied, and nothing is fetched.

Queries in text are answered by `policygraph.graph.queries`, as `PolicyGraph.query` answers them:
FROM names graphs of the store, and SERVICE is refused. Queries that rdflib prepared are left to
rdflib's own engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import pyoxigraph
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID, Graph
from rdflib.query import Result
from rdflib.store import Store
from rdflib.term import Identifier, Node, Variable

from policygraph.errors import GraphError
from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.queries import (
    Answer,
    QueryResult,
    Question,
    read_results,
    start_query,
    tell_failures,
)
from policygraph.graph.rdflib_terms import to_oxigraph, to_rdflib

_UNION = "__UNION__"  # by which rdflib asks for the union of all graphs

_Pattern = tuple[Node | None, Node | None, Node | None]
_Triple = tuple[Any, Any, Any]
_GraphName = NamedNode | BlankNode | DefaultGraph


class LiveStore(Store):
    """What rdflib needs to read a store that is open."""

    context_aware = True
    graph_aware = True

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store
        self._namespaces: dict[str, rdflib.URIRef] = {}
        super().__init__()

    def triples(
        self, triple_pattern: _Pattern, context: Graph | None = None
    ) -> Iterator[tuple[_Triple, Iterator[Graph]]]:
        """Each triple once, with the graphs that hold it."""
        for quad in self._find(triple_pattern, context):
            triple = to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)
            if context is not None:
                yield triple, iter((context,))
            elif (graphs := self._graphs_of(quad))[0] == quad.graph_name:
                yield triple, map(self._name, graphs)

    def _graphs_of(self, quad: Quad) -> list[_GraphName]:
        """The graphs that hold a quad's triple, always in one order."""
        same = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
        return [each.graph_name for each in same]

    def _find(self, pattern: _Pattern, context: Graph | None) -> Iterator[Quad]:
        try:
            s, p, o = (None if term is None else to_oxigraph(term) for term in pattern)
            graph = None if context is None else _name_of(context)
            return self._store.quads_for_pattern(s, p, o, graph)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return iter(())  # what is no RDF, as a literal for a subject, no triple holds

    def _name(self, name: _GraphName) -> Graph:
        if isinstance(name, DefaultGraph):
            return Graph(self, DATASET_DEFAULT_GRAPH_ID)
        return Graph(self, to_rdflib(name))

    def __len__(self, context: Graph | None = None) -> int:
        return sum(1 for _ in self.triples((None, None, None), context))

    def contexts(self, triple: _Pattern | None = None) -> Iterator[Graph]:  # type: ignore[override]
        if triple is None:
            return map(self._name, self._store.named_graphs())
        return map(self._name, {quad.graph_name: None for quad in self._find(triple, None)})

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],
        initBindings: Mapping[str, Identifier],
        queryGraph: str,
        **options: Any,
    ) -> Result:
        """The answer to a query in text; raises QueryError as `run_query`."""
        if not isinstance(query, str) or options.keys() - {"base"}:
            raise NotImplementedError("left to rdflib")
        question = Question(
            query,
            bindings={str(name): to_oxigraph(term) for name, term in initBindings.items()},
            base=options.get("base"),
            prefixes={**PREFIXES, **{prefix: str(iri) for prefix, iri in initNs.items()}},
            **self._choose_graphs(queryGraph),
        )
        with tell_failures():
            return _to_result(read_results(start_query(self._store, question)))

    def _choose_graphs(self, name: str) -> dict[str, tuple[str, ...]]:
        if name == _UNION:
            return {}
        if name == str(DATASET_DEFAULT_GRAPH_ID):
            named = tuple(graph.value for graph in self._store.named_graphs())
            return {"default_graphs": (), "named_graphs": named}
        return {"default_graphs": (name,), "named_graphs": ()}

    def bind(self, prefix: str, namespace: rdflib.URIRef, override: bool = True) -> None:
        if override or not (prefix in self._namespaces or self.prefix(namespace)):
            self._namespaces = {p: n for p, n in self._namespaces.items() if n != namespace}
            self._namespaces[prefix] = namespace

    def prefix(self, namespace: rdflib.URIRef) -> str | None:
        return next((p for p, n in self._namespaces.items() if n == namespace), None)

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        return self._namespaces.get(prefix)

    def namespaces(self) -> Iterator[tuple[str, rdflib.URIRef]]:
        return iter(self._namespaces.items())

    def add_graph(self, graph: Graph) -> None:
        """Nothing: rdflib calls it for each graph that is only named."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        message = "this dataset is a view of the graph, and cannot be changed"
        raise GraphError(message, remedy="to_rdflib(copy=True) gives one that can")

    add = addN = remove = remove_graph = update = _refuse


def _name_of(context: Graph) -> _GraphName:
    if context.identifier == DATASET_DEFAULT_GRAPH_ID:
        return DefaultGraph()
    return to_oxigraph(context.identifier)  # type: ignore[return-value]


def _to_result(answer: Answer) -> Result:
    if isinstance(answer, bool):
        result = Result("ASK")
        result.askAnswer = answer
    elif isinstance(answer, QueryResult):
        result = Result("SELECT")
        result.vars = [Variable(name) for name in answer.variables]
        result.bindings = [
            {
                name: to_rdflib(cell)
                for name, cell in zip(result.vars, row, strict=True)
                if cell is not None
            }
            for row in answer.rows
        ]
    else:
        result = Result("CONSTRUCT")
        result.graph = Graph()
        for triple in answer:
            s, p, o = map(to_rdflib, triple)
            result.graph.add((s, p, o))
    return result
