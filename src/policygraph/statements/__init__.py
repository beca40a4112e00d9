"""The relations that one text states between its references, with their evidence.

Reads sentence by sentence, only where at least two mentions stand together (or one mention and a
bare type word for a document named before). Nothing is inferred from mere company: a cue word must
join an agent to what it acts on, and where the sentence leaves doubt nothing is stated.
"""

from __future__ import annotations

from policygraph.statements.relating import relate

__all__ = ["relate"]
