"""References of all texts → things, or a reasoned refusal.

    Claims* + registry → Links(things, links, facts, values, changes, completions)

A pure function of the set of claims and the registry: the order of articles, and whether they came
at once or step by step, does not count.
"""

from __future__ import annotations

from policygraph.linking.corpus import Relinked, link, relink

__all__ = ["Relinked", "link", "relink"]
