"""The parts of a .docx file as element trees. The file comes from the open web: sizes are counted, nothing is expanded.

python-docx is not used to open it: it loads every part, pictures too, without a limit, and refuses files with a
dangling relationship, which Word and WPS open (its issue 797).
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from lxml import etree

from gongkai.errors import UnreadableFile

# A report's largest part has some 500 kB and 20,000 tags. The limits keep any file below 1 GB and 10 s.
_MOST_BYTES = 100_000_000
_MOST_MEMBERS = 10_000
_LARGEST_PART = 30_000_000
_MOST_TAGS = 500_000
_OTHERS = {
    "ofd.xml": "an OFD file; save it as PDF",
    "xl/workbook.xml": "an Excel workbook",
    "content.xml": "an OpenDocument file; save it as .docx",
}
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Package:
    """An open .docx file. Raises UnreadableFile for what is none."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        if len(data) > _MOST_BYTES or data.count(b"PK\x01\x02") > _MOST_MEMBERS:
            raise UnreadableFile(path, f"is no report in Word: {len(data) / 1e6:.0f} MB of packed files")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGED:
            raise UnreadableFile(path, "is a damaged Word file: it is cut off, or no whole zip archive") from None
        self._main = "word/document.xml"
        self._pictures: dict[str, str] | None = None
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def document(self) -> etree._Element:
        """The root element of the main part."""
        for name in [*self._targets("", "officeDocument"), "word/document.xml"]:
            root = self.xml(name)
            if root is not None and etree.QName(root).localname == "document":
                self._main = name
                return root
        kind = next(
            (kind for name, kind in _OTHERS.items() if name in self._names), "a zip archive without a Word document"
        )
        raise UnreadableFile(self.path, f"is no Word file, but {kind}")

    def related(self, kind: str) -> etree._Element | None:
        """The root element of a part that the main part refers to: `styles`, `numbering`, `footnotes`, `endnotes`."""
        return next((self.xml(name) for name in self._targets(self._main, kind)), None)

    def picture(self, id: str | None) -> bytes | None:
        """The file of the picture with this id in the main part's relationships; None where it is not in the archive.

        Raises UnreadableFile for one that is too large or cannot be unpacked.
        """
        if self._pictures is None:
            self._pictures = dict(self._related(self._main, "image"))
        member = self._names.get(self._pictures.get(id or "", "").lower())
        return None if member is None else self._read(member)

    def _targets(self, source: str, kind: str) -> list[str]:
        """The names of the parts of a kind that a part (the file itself: an empty name) refers to."""
        return [target for _, target in self._related(source, kind)]

    def _related(self, source: str, kind: str) -> list[tuple[str, str]]:
        """The ids and the names of the parts of a kind that a part refers to."""
        folder, name = posixpath.split(source)
        relationships = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if relationships is None:
            return []
        return [
            (item.get("Id", ""), posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"))
            for item in relationships.iter(_RELATIONSHIPS)
            if item.get("Type", "").endswith(f"/{kind}")
        ]

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part; None when the file has no such part."""
        member = self._names.get(name.lower())
        if member is None:
            return None
        data = self._read(member).replace(_STRICT, _TRANSITIONAL)
        if data.count(b"<") > _MOST_TAGS:
            raise UnreadableFile(self.path, f"is no report in Word: {name} has {data.count(b'<')} tags")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.LxmlError as error:
            raise UnreadableFile(self.path, f"is a damaged Word file: {name}: {error}".splitlines()[0]) from None
        if root.getroottree().docinfo.doctype:
            raise UnreadableFile(self.path, f"is no Word file: {name} has a document type, which Word never writes")
        return root

    def _read(self, member: str) -> bytes:
        """The bytes of a part, counted while they come, as the size that a zip bomb declares may be a lie."""
        too_large = UnreadableFile(
            self.path, f"is no report in Word: {member} is larger than {_LARGEST_PART // 10**6} MB"
        )
        if self._zip.getinfo(member).file_size > _LARGEST_PART:
            raise too_large
        chunks = []
        size = 0
        try:
            with self._zip.open(member) as part:
                while chunk := part.read(1 << 16):
                    size += len(chunk)
                    if size > _LARGEST_PART:
                        raise too_large
                    chunks.append(chunk)
        except _DAMAGED:
            raise UnreadableFile(self.path, f"is a damaged Word file: {member} cannot be unpacked") from None
        return b"".join(chunks)
