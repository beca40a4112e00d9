"""Which root gave which articles to a graph, kept straight while the graph is updated.

A root is a path that was named to a build. It is known by its path from the graph folder, so that
both may be moved together; the graph itself knows nothing of roots.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policygraph.errors import ReadingError
from policygraph.reading import Source, find_list

_REMEDY = "rename one of them, or build them into two graphs"


def name_root(path: Path, folder: Path) -> str:
    """What a graph folder calls a root: its path from the folder, with "/" between parts.

    That of a list of paths begins with "@".
    """
    listing = find_list(path)
    mark, place = ("@", listing.resolve()) if listing else ("", path.resolve())
    try:
        return mark + Path(os.path.relpath(place, folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return mark + place.as_posix()


@dataclass(slots=True)
class Holdings:
    """The articles of each root, before a build and after it.

    Attributes:
        folder: of the graph.
        before: ids of the articles under each root that earlier builds saw.
        named: the roots of this build.
        found: ids seen in this build, by root; `places` says where each was seen first.
        unsure: roots where something could not be read of which the id is not known.
    """

    folder: Path
    before: Mapping[str, tuple[str, ...]]
    named: frozenset[str]
    found: dict[str, set[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    others: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        pairs = [(id_, root) for root, ids in self.before.items() for id_ in ids]
        self.others = {id_: root for id_, root in pairs if root not in self.named}

    def claim(self, root: str, source: Source, stored: str | None) -> None:
        """Notes that a root holds an article; `stored` is the digest that the graph has for its id.

        Raises:
            ReadingError: the id is that of another text, of this build or under another root.
        """
        if stored is not None and stored != source.sha256:
            holder = self.places.get(source.id) or self._other_root(source)
            if holder:
                message = f"its id “{source.id}” is already that of another text, in {holder}"
                raise ReadingError(message, place=source.place, remedy=_REMEDY)
        self.places.setdefault(source.id, source.place)
        self.found.setdefault(root, set()).add(source.id)

    def _other_root(self, source: Source) -> str | None:
        """The root not named now that holds the id by another file."""
        root = self.others.get(source.id)
        if root is None:
            return None
        file = Path(source.file or source.place)
        known = self.folder / root.removeprefix("@")
        places = (known, known / source.id, known / file.name, known.parent / source.id)
        is_same = any(place.is_file() and place.samefile(file) for place in places)
        return None if is_same else root

    def give_up(self, root: str, id_: str) -> None:
        """Notes that a claimed article could not be read, and never was."""
        self.found[root].discard(id_)

    def after(self) -> dict[str, tuple[str, ...]]:
        """The ids of each root as they stand after the build; roots without articles left out.

        Where something of unknown id could not be read, nothing counts as vanished.
        """
        ids = {root: set(known) for root, known in self.before.items()}
        for root in self.named:
            kept = ids.get(root, set()) if root in self.unsure else set()
            ids[root] = kept | self.found.get(root, set())
        return {root: tuple(sorted(own)) for root, own in sorted(ids.items()) if own}

    def vanished(self) -> list[str]:
        """The ids that no root holds any more, sorted."""
        left = {id_ for ids in self.after().values() for id_ in ids}
        return sorted({id_ for ids in self.before.values() for id_ in ids} - left)
