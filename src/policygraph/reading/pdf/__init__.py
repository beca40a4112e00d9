"""A PDF with text → what it holds.

bytes → pages of lines with their places → lines without page furniture → paragraphs
"""

from __future__ import annotations

from policygraph.reading.pdf.documents import read_pdf

__all__ = ["read_pdf"]
