"""Reading: bytes → Article. Finds the articles under a path and reads each of them.

Text files (`.txt`, `.md`), JSON Lines (`.jsonl`), and folders of both. The text of an article is
never altered: line ends, spaces and letters stay as they stand in the file.
"""

from __future__ import annotations

from policygraph.reading.articles import read_article
from policygraph.reading.sources import Source, find_sources

__all__ = ["Source", "find_sources", "read_article"]
