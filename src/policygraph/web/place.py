"""What provinces and other places are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from policygraph.registry import load_registry


def name_place(id_: str) -> str:
    """The name of a place; of one that the registry does not know, what its id says."""
    return _names().get(id_) or id_.replace("-", " ").title()


@cache
def _names() -> Mapping[str, str]:
    return {place.id: place.name for place in load_registry().places}
