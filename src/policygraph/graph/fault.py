"""Says what a SHACL report means, in words for whom SHACL is nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, XSD
from rdflib.term import Node


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One way in which a graph breaks a shape.

    Attributes:
        node: IRI of what is wrong; `label` is what people call it.
        problem: what is wrong with it ("no words", "date is “soon”").
        expected: what should be there ("at least 1", "a day like 2013-07-25").
    """

    node: str
    label: str
    problem: str
    expected: str


@dataclass(frozen=True, slots=True)
class FaultWords:
    """Tells of the results of a report, with the labels of the graph and the names of the shapes.

    Attributes:
        data: the graph that was checked, with the ontology.
        shapes: what it was checked against; the report names its nodes.
    """

    data: Graph
    shapes: Graph

    def tell(self, report: Graph, result: Node) -> Fault:
        """One result of a report."""
        node, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        shape = report.value(result, SH.sourceShape)
        tell_kind = _KINDS[str(report.value(result, SH.sourceConstraintComponent))]
        problem, expected = tell_kind(self, shape, value)
        return Fault(str(node), self.call(node), problem, expected)

    def call(self, node: Node | None) -> str:
        """What people call a node; of a part of an article, what it is and of which."""
        label = self.data.value(node, RDFS.label) or self.data.value(node, DCTERMS.title)
        article, _, part = str(node).partition("#")
        of = self.data.value(URIRef(article), DCTERMS.identifier)
        if part and of is not None:
            place = f"{unquote(part)} of {of}"
            return f"{label} ({place})" if label else place
        return str(label or of or node)

    def name(self, shape: Node | None) -> str:
        """What the property of a shape is called; "it" where the shape is of the node itself."""
        path = self.shapes.value(shape, SH.path)
        named = self.shapes.value(shape, SH.name)
        return str(named) if named else self.term(path) if path else "it"

    def term(self, node: Node | None) -> str:
        """A term by its English label in lower case; a value as it is called or written."""
        labels = [x for x in self.data.objects(node, RDFS.label) if isinstance(x, Literal)]
        english = [str(label) for label in labels if label.language == "en"]
        return english[0].lower() if english else f"“{self.call(node)}”"

    def param(self, shape: Node | None, predicate: URIRef) -> Node | None:
        return self.shapes.value(shape, predicate)

    def any_of(self, shape: Node | None, predicate: URIRef) -> str:
        """The members of a list, joined by "or"."""
        lists = self.shapes.objects(shape, predicate)
        items = [item for each in lists for item in Collection(self.shapes, each)]
        return " or ".join(map(self.tell_expected, items))

    def tell_expected(self, item: Node) -> str:
        """A value that is allowed, or what a shape in a choice allows."""
        class_, datatype = self.param(item, SH["class"]), self.param(item, SH.datatype)
        if datatype is not None:
            return _DATATYPES.get(str(datatype), str(datatype))
        return self.term(class_ or item)

    def tell_value(self, value: Node | None) -> str:
        """A value with its class, where it is a thing that the graph describes."""
        classes = sorted(self.term(each) for each in self.data.objects(value, RDF.type))
        return f"“{self.call(value)}”" + (f" ({', '.join(classes)})" if classes else "")


_DATATYPES: Mapping[str, str] = {
    str(XSD.date): "a day like 2013-07-25",
    str(XSD.gYear): "a year like 2013",
    str(XSD.integer): "a whole number",
    str(XSD.string): "a text",
}

#: What is wrong and what was expected, of a shape and the value that breaks it.
_Told = tuple[str, str]


def _tell_too_few(words: FaultWords, shape: Node | None, _: Node | None) -> _Told:
    least = str(words.param(shape, SH.minCount))
    few = "no" if least == "1" else "too few of"
    return f"{few} {words.name(shape)}", f"at least {least}"


def _tell_too_many(words: FaultWords, shape: Node | None, _: Node | None) -> _Told:
    return f"several of {words.name(shape)}", f"at most {words.param(shape, SH.maxCount)}"


def _tell_datatype(words: FaultWords, shape: Node | None, value: Node | None) -> _Told:
    datatype = str(words.param(shape, SH.datatype))
    return f"{words.name(shape)} is “{value}”", _DATATYPES.get(datatype, datatype)


def _tell_class(words: FaultWords, shape: Node | None, value: Node | None) -> _Told:
    return _is(words, shape, value), words.term(words.param(shape, SH["class"]))


def _tell_list(words: FaultWords, shape: Node | None, value: Node | None) -> _Told:
    return _is(words, shape, value), words.any_of(shape, SH["in"])


def _tell_choice(words: FaultWords, shape: Node | None, value: Node | None) -> _Told:
    return _is(words, shape, value), words.any_of(shape, SH["or"])


def _tell_missing(words: FaultWords, shape: Node | None, _: Node | None) -> _Told:
    wanted = words.term(words.param(shape, SH.hasValue))
    return f"{words.name(shape)} lacks {wanted}", wanted


def _tell_empty(words: FaultWords, shape: Node | None, _: Node | None) -> _Told:
    return f"{words.name(shape)} is empty", "a text"


def _tell_node(words: FaultWords, shape: Node | None, value: Node | None) -> _Told:
    inner = words.param(shape, SH.node)
    return f"{words.name(shape)} is {words.call(value)}", f"a whole {words.name(inner)}"


def _tell_order(words: FaultWords, shape: Node | None, value: Node | None) -> _Told:
    return f"{words.name(shape)} is {value}, which is not before its end", "a lesser number"


def _is(words: FaultWords, shape: Node | None, value: Node | None) -> str:
    return f"{words.name(shape)} is {words.tell_value(value)}"


_KINDS: Mapping[str, Callable[[FaultWords, Node | None, Node | None], _Told]] = {
    str(SH[f"{name}ConstraintComponent"]): tell
    for name, tell in (
        ("MinCount", _tell_too_few),
        ("MaxCount", _tell_too_many),
        ("Datatype", _tell_datatype),
        ("Class", _tell_class),
        ("In", _tell_list),
        ("Or", _tell_choice),
        ("HasValue", _tell_missing),
        ("MinLength", _tell_empty),
        ("Node", _tell_node),
        ("LessThan", _tell_order),
    )
}
