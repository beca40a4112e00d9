"""What the styles of a Word file say of its paragraphs and runs: fonts, names, numbering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.reading.docx.package import Element, Package, W

_MOST_BASES = 20  # styles that a style is based on, one after the other


@dataclass(frozen=True, slots=True)
class Style:
    """One style; None is what it leaves to the style that it is based on."""

    name: str
    base: str | None
    font: str | None
    numbering: Element | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file by their ids, and the font of what has none."""

    styles: dict[str, Style]
    default_font: str | None

    def chain(self, style: str | None) -> Iterator[Style]:
        """A style and those that it is based on."""
        for _ in range(_MOST_BASES):
            if style is None or style not in self.styles:
                return
            yield self.styles[style]
            style = self.styles[style].base

    def font_of(self, run: Element, paragraph_style: str | None) -> str:
        """The font of a run: its own, its style's, its paragraph's, or the default."""
        properties = run.find(f"{W}rPr")
        own = find_font(properties)
        if own:
            return own
        run_style = read_value(properties, "rStyle")
        styles = (*self.chain(run_style), *self.chain(paragraph_style))
        return next((s.font for s in styles if s.font), self.default_font) or ""

    def name_of(self, style: str | None) -> str:
        found = self.styles.get(style or "")
        return found.name.lower() if found else (style or "").lower()


def read_styles(package: Package) -> Styles:
    """The styles of a file; of one without, none."""
    root = package.read_part("word/styles.xml")
    if root is None:
        return Styles({}, None)
    found = {style.get(f"{W}styleId", ""): _read_style(style) for style in root.iter(f"{W}style")}
    return Styles(found, find_font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))


def _read_style(style: Element) -> Style:
    return Style(
        name=read_value(style, "name") or "",
        base=read_value(style, "basedOn"),
        font=find_font(style.find(f"{W}rPr")),
        numbering=style.find(f"{W}pPr/{W}numPr"),
    )


def find_font(properties: Element | None) -> str | None:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    name: str | None = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
    return name


def read_value(parent: Element | None, name: str) -> str | None:
    """The value of a child such as `<w:basedOn w:val="Normal"/>`."""
    child = parent.find(W + name) if parent is not None else None
    value: str | None = child.get(f"{W}val") if child is not None else None
    return value
