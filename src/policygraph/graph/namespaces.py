"""The namespaces that the graph uses, closed: a name that a vocabulary lacks is an AttributeError.

`PG` holds every term of ontology/policygraph.ttl; the other vocabularies hold what the graph
writes of them. `PREFIXES` are predeclared in every query.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode


class Vocabulary:
    """The terms of one namespace as nodes: `PG.implements`, `PG["implements"]`."""

    def __init__(self, iri: str, names: str) -> None:
        self.iri = iri
        self._nodes = {name: NamedNode(iri + name) for name in names.split()}

    def __getattr__(self, name: str) -> NamedNode:
        try:
            return self._nodes[name]
        except KeyError:
            raise AttributeError(f"<{self.iri}> has no {name!r}") from None

    def __getitem__(self, name: str) -> NamedNode:
        return self._nodes[name]

    def names(self) -> frozenset[str]:
        """The local names of its terms."""
        return frozenset(self._nodes)


RDF = Vocabulary("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type value")
RDFS = Vocabulary("http://www.w3.org/2000/01/rdf-schema#", "label comment")
XSD = Vocabulary("http://www.w3.org/2001/XMLSchema#", "date dateTime gYear integer")
DCTERMS = Vocabulary(
    "http://purl.org/dc/terms/",
    "identifier title issued date source creator publisher isReplacedBy",
)
SKOS = Vocabulary("http://www.w3.org/2004/02/skos/core#", "altLabel prefLabel")
ORG = Vocabulary(
    "http://www.w3.org/ns/org#",
    """subOrganizationOf classification ChangeEvent originalOrganization
    resultingOrganization""",
)
PROV = Vocabulary(
    "http://www.w3.org/ns/prov#",
    "value wasDerivedFrom used wasAssociatedWith Agent wasAttributedTo generatedAtTime",
)
OA = Vocabulary(
    "http://www.w3.org/ns/oa#",
    """SpecificResource TextPositionSelector TextQuoteSelector hasBody hasTarget hasSource
    hasSelector start end exact prefix suffix""",
)
PG = Vocabulary(
    "https://w3id.org/policygraph/ontology#",
    """Article DocumentText Reading Mention Reference DocumentReference OrganisationReference
    CampaignReference Provision Statement AttributeAssertion AttributeValue Thing PolicyDocument
    PartyDocument StateDocument MassOrganisationDocument Organisation Campaign
    DocumentTypeScheme CampaignTypeScheme LevelScheme StatusScheme policygraph
    softwareVersion dataVersion status
    sha256 text place form rule provision phan chuong muc dieu khoan diem
    number writtenNumber typeCode documentType campaignType date term plenum congress
    lawName year issuer signer partOfName isCentral isDraft isFiction validFrom validTo
    subject predicate object evidence about property statedAt location ownReference furniture
    standsFor mayStandFor basis
    Decision Acceptance Rejection Merger Split DateCorrection Withdrawal Anchor
    anchor decidedThing into withdraws decidedBy
    issuedBy implements basedOn amends replaces repeals guides reviews launchedBy promotes cites""",
)

#: Namespaces that queries may name besides those that the graph writes.
_READ_ONLY = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "schema": "https://schema.org/",
    "cito": "http://purl.org/spar/cito/",
    "eli": "http://data.europa.eu/eli/ontology#",
}

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "pg": PG.iri,
        "rdf": RDF.iri,
        "rdfs": RDFS.iri,
        "xsd": XSD.iri,
        "dcterms": DCTERMS.iri,
        "skos": SKOS.iri,
        "org": ORG.iri,
        "prov": PROV.iri,
        "oa": OA.iri,
        **_READ_ONLY,
    }
)
