"""Tables that organs paste as pictures into a document of text: found, recognised, and put where the picture stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.document import Block, Grid, Place
from gongkai.errors import UnreadableFile
from gongkai.readers import scan

if TYPE_CHECKING:
    from PIL.Image import Image

WHAT = "a picture in the text"
_TOO_MANY = "more pictures in the text than are looked at"
_SHOWN, _SHEET = 6.5, 8.3  # inches: pasted pictures are as wide as a page's text, or as it, whatever their files say
_MOST_READ, _MOST_MET = scan.MOST_PAGES, 300  # pictures of a file
_MOST_DOTS = 600_000_000  # looked at in a file, so that many large pictures do not take hours


@dataclass(slots=True)
class Insets:
    """The pictures met in a file so far: what was done with them (`notes`), how many were `read`, and how many were
    not although they may hold a table (`unread`).

    Where the file shows next to nothing else, its pictures are `pages`, and are read whether there is a table or not.
    """

    path: Path
    notes: list[str] = field(default_factory=list)
    pages: bool = False
    read: int = 0
    unread: int = 0
    met: int = 0
    dots: int = 0

    def are_too_many(self) -> bool:
        """Whether one more picture is more than is looked at in a file; it then counts as not read."""
        self.met += 1
        if self.met <= _MOST_MET and self.dots <= _MOST_DOTS and self.read < _MOST_READ:
            return False
        if _TOO_MANY not in self.notes:
            self.notes.append(_TOO_MANY)
        self.unread += 1
        return True

    def blocks(self, load: Callable[[], bytes | None], name: str) -> list[Block]:
        """The blocks of a picture, which `name` names in places and notes; none for one that shows no table.

        `load` gives its file, empty for a dot, None where the document only links to it; it may raise UnreadableFile.
        """
        if self.are_too_many():
            return []
        try:
            data = load()
            image = _unpacked(self.path, data) if data else None
        except UnreadableFile as error:
            self.miss(name, error.reason)
            return []
        self.unread += data is None
        if image is None:
            return []
        dpi = image.width / (_SHEET if self.pages else _SHOWN)
        return [_named(block, name) for block in self.of_picture(image, name, dpi)]

    def of_picture(
        self, image: Image, name: str, dpi: float, corner: tuple[int, float, float] = (1, 0.0, 0.0)
    ) -> list[Block]:
        """The blocks of an unpacked picture (red, green, blue) of so many dots an inch, whose top left corner stands on
        a page, from 1, at so many points; none where it is no page and shows no table."""
        from gongkai.readers.ruled import is_ruled

        self.dots += image.width * image.height
        if not self.pages and not is_ruled(image):
            return []
        blocks: list[Block] = []
        if not scan.available():
            self.miss(name, f"to read pictures: {scan.HOW_TO_INSTALL}")
        else:
            from gongkai.readers.scan.inset import read_inset

            blocks = read_inset(image, dpi, *corner, must_hold_table=not self.pages)
            if blocks:
                self.read += 1
                self.notes.append(f"{name}: {WHAT}, recognised")
            else:
                self.miss(name, "nothing can be read in it" if self.pages else "no table can be read in it")
        return blocks

    def miss(self, name: str, reason: str) -> None:
        """A picture that may hold a table is not read."""
        self.unread += 1
        self.notes.append(f"{name}: {WHAT}, not read ({reason})")


def _unpacked(path: Path, data: bytes) -> Image | None:
    """The picture in these bytes if it is large enough for a table. Raises UnreadableFile for one that is damaged, or
    too large to be unpacked."""
    from gongkai.readers.images import DAMAGED, on_paper, open_picture
    from gongkai.readers.ruled import is_large_enough

    with open_picture(path, data) as image:
        if not is_large_enough(*image.size):
            return None
        if image.width * image.height > scan.MOST_DOTS:
            raise UnreadableFile(path, scan.TOO_LARGE)
        try:
            return on_paper(image)
        except DAMAGED:
            raise UnreadableFile(path, "the picture is damaged or cut off") from None


def _named(block: Block, name: str) -> Block:
    """The block with places that name the picture, and in it the row and the cell."""
    if not isinstance(block, Grid):
        return replace(block, place=Place(path=name))
    cells = [
        replace(cell, place=Place(path=f"{name}, row {cell.row + 1}, cell {ordinal}"))
        for row in block.rows()
        for ordinal, cell in enumerate(row, start=1)
    ]
    return replace(block, cells=tuple(cells), place=Place(path=name))
