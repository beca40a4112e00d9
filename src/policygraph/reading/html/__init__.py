"""A saved web page → what it holds: the article, and what stands around it.

bytes → markup → elements with text → the article among them → blocks
"""

from __future__ import annotations

from policygraph.reading.html.elements import split_blocks
from policygraph.reading.html.pages import read_html, read_html_text, read_mhtml

__all__ = ["read_html", "read_html_text", "read_mhtml", "split_blocks"]
