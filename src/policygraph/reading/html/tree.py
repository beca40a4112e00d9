"""An element of a page as far as the reading needs it: where it stands, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from policygraph.reading.html.parts import Part


@dataclass(slots=True, eq=False)
class Node:
    """An element, told from others by identity.

    Attributes:
        position: among its parent's children of the same tag, from 1.
        depth: of the root 0.
        told: it and the elements around it of which a tag or name says what they are, from the
            outside in.
        counts: how many children of each tag it has.
    """

    tag: str
    parent: Node | None
    position: int
    depth: int
    told: tuple[tuple[Node, Part], ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    def add_child(self, tag: str) -> Node:
        """The node of the next child."""
        position = self.counts[tag] = self.counts.get(tag, 0) + 1
        return Node(tag, self, position, self.depth + 1, self.told)

    def list_ancestors(self) -> Iterator[Node]:
        """The element itself and those that it lies in, from the inside out."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def lies_in(self, other: Node) -> bool:
        """Whether it is another element or lies in it."""
        return any(node is other for node in self.list_ancestors())

    @property
    def path(self) -> str:
        """The XPath by positions alone, written as lxml's `getpath` does.

        `getpath` itself counts all the siblings at every call.
        """
        return "/" + "/".join(reversed([node._step for node in self.list_ancestors()]))

    @property
    def _step(self) -> str:
        is_only = self.parent is None or self.parent.counts[self.tag] == 1
        return self.tag if is_only else f"{self.tag}[{self.position}]"
