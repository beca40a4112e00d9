"""Links anew what an update of a graph touches: its changed articles, and what was decided of them.

article graphs + registry + review ─link→ links graph
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Store

from policygraph.graph.iri import links_iri
from policygraph.graph.rdf import describe_links, find_links, list_articles, read_claims
from policygraph.graph.review import Review
from policygraph.graph.store import GraphUpdate
from policygraph.linking import relink
from policygraph.model import Claims
from policygraph.registry import load_registry


def link_anew(update: GraphUpdate, touched: Iterable[str]) -> None:
    """Links what these articles and the decisions of the graph touch; all, where nothing is known.

    Args:
        touched: ids of the articles that changed, and of those with other verdicts than before.
    """
    base, ledger, store = update.manifest.base, update.ledger, update.store
    anew = ledger.is_new
    articles = list_articles(store, base=base) if anew else touched
    review = Review.read(store, base)
    reader = _ClaimsReader(store, base, review)
    relinked = relink(articles, reader.read, ledger, load_registry(), review.rulings)
    before = (
        store.quads_for_pattern(None, None, None, NamedNode(links_iri(base)))
        if anew
        else find_links(store, relinked.references, relinked.things, base=base)
    )
    gone, fresh = set(before), set(describe_links(relinked.links, base=base))
    update.patch_links(gone - fresh, fresh - gone)


@dataclass(frozen=True, slots=True)
class _ClaimsReader:
    """Reads the claims of articles, with what was decided of their references."""

    store: Store
    base: str
    review: Review

    def read(self, article: str) -> Claims | None:
        claims = read_claims(self.store, article, base=self.base)
        return claims and replace(claims, verdicts=self.review.list_verdicts(article))
