"""A Word file (.docx) → what it holds.

The parts of the file are read with lxml and not through a converter: python-docx leaves out text
boxes, tracked insertions and numbers of lists, mammoth headers, the fonts that styles give, and
what a list writes before its items ("Điều 1.", "a)"), which in official documents is cited.
"""

from __future__ import annotations

from policygraph.reading.docx.documents import read_docx

__all__ = ["read_docx"]
