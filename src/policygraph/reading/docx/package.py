"""The parts of a Word file: an archive of XML, as ECMA-376 describes it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.limits import check_size

Element = Any  # lxml's own types are of no use to a checker

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_PART = 48 * 2**20  # bytes of XML: a book has two or three MB
_MOST_PARTS = 64 * 2**20  # of all of them: text, styles, notes, headers and footers
_PART = re.compile(r"word/[^/]*\.xml")
_REMEDY = "open it in Word or LibreOffice, and save it anew as .docx"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Word file."""

    archive: zipfile.ZipFile

    def read_part(self, name: str) -> Element | None:
        """The root element of a part ("word/document.xml"); None where the file has none.

        Raises:
            ReadingError: the part is broken, too large, or defines entities, which Word never does.
        """
        from lxml import etree

        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        check_size(info.file_size, _MOST_PART, what=f"its part {name}")
        try:
            raw = self.archive.read(info).replace(_STRICT, _USUAL)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise ReadingError(f"its part {name} is broken: {error}", remedy=_REMEDY) from error
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
            raise ReadingError(f"its part {name} defines entities", remedy=_REMEDY)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            return etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as error:
            raise ReadingError(f"its part {name} is no XML: {error}", remedy=_REMEDY) from error

    def list_parts(self, beginning: str) -> list[str]:
        """The names of the parts that begin so, in order."""
        return sorted(name for name in self.archive.namelist() if name.startswith(beginning))


def open_package(raw: bytes) -> Package:
    """Opens a Word file.

    Raises:
        ReadingError: it is none, protected by a password, or too large when unpacked.
    """
    if raw.startswith(_OLE):
        message = "it is protected by a password, or an older Word file under the name .docx"
        raise ReadingError(message, remedy="open it in Word, and save it as .docx without password")
    try:
        package = Package(zipfile.ZipFile(io.BytesIO(raw)))
    except zipfile.BadZipFile as error:
        raise ReadingError(f"no Word file: {error}", remedy=_REMEDY) from error
    if "word/document.xml" not in package.archive.namelist():
        raise ReadingError("no Word file: it has no part word/document.xml", remedy=_REMEDY)
    parts = (part for part in package.archive.infolist() if _PART.fullmatch(part.filename))
    check_size(sum(part.file_size for part in parts), _MOST_PARTS, what="its unpacked text")
    return package
