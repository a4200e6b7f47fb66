"""A picture of a page becomes the page that readers of PDF know, its characters recognised, its rules found.

Steps: upright, rules, cells, lines, crops, readings. A line is one Char with several characters: its box is that of its
ink, its baseline that of its band.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

import cv2
import numpy as np

from gongkai.document import ILLEGIBLE, Block, Grid
from gongkai.readers.pdf.finder import find_tables
from gongkai.readers.pdf.layout import blocks_of
from gongkai.readers.pdf.page import Box, Char
from gongkai.readers.scan.closer import closer_looks
from gongkai.readers.scan.doubts import Doubt, flagged
from gongkai.readers.scan.found import Found, is_stamped, rows_of
from gongkai.readers.scan.lines import Line, lines_in_cells, lines_outside, pieces_of
from gongkai.readers.scan.picture import Shot
from gongkai.readers.scan.reading import read_lines
from gongkai.readers.scan.recogniser import recognise
from gongkai.readers.scan.rules import erase, find_rules
from gongkai.readers.scan.scanned import ScannedPage
from gongkai.readers.scan.settle import Settled, deserves_second_look, is_sure_word, settle, settle_again
from gongkai.readers.scan.signs import cells_with_traces, has_trace_of_sign, may_begin_with_arrow
from gongkai.readers.scan.sizes import oversized
from gongkai.readers.scan.slants import SLASHES, is_slash, is_stroke, lean_of, may_be_stroke, told_by_slant
from gongkai.readers.scan.spread import facing_pages
from gongkai.readers.scan.upright import make_upright

_SAMPLE, _FEW = 8, 3  # lines that tell whether a page stands upright, and whether that is worth asking
_LONG = 4  # characters
_WIDEST = 12  # times its height: no figure is as wide
_FEW_WORN, _WORN = 5, 0.3  # doubtful figures of a page that is worn all over, and their share: it is 0.2 at most else
_MARKS = (*SLASHES, "—")
_USUAL_SLASHES = 8  # and half of what is as short
_UPRIGHT = 0.88  # the certainty of lines that do, mostly 0.98; others reached 0.85 on 52 pages
_HOPEFUL = 0.7  # that of few lines; of 72 pages turned in three wrong ways nine in ten had less
_ENOUGH = 12  # characters that must be read surely to say so


class Sample(NamedTuple):
    """What the longest lines tell of how a page stands: characters that were read, and of these the sure ones, each
    counted by its certainty."""

    sure: float
    read: int

    @property
    def is_upright(self) -> bool:
        """Whether they can only be read so if the page stands upright."""
        return self.sure >= max(_ENOUGH, _UPRIGHT * self.read)

    @property
    def is_hopeful(self) -> bool:
        """Whether more lines may tell that it does."""
        return self.sure >= _HOPEFUL * self.read


def read_shot(shot: Shot) -> tuple[list[Block], list[str]]:
    """The blocks of a page, or of two that face each other, and notes on how they were read."""
    found = find_best_turn(shot)
    if not found.lines:
        return [], ["nothing is printed on it"]
    if pages := facing_pages(shot, found.upright.matrix, found.upright.grey.shape[::-1], spans_of(found)):
        sides = [blocks_and_notes(find_best_turn(page)) for page in pages]
        notes = [note for _, notes in sides for note in notes]
        return [block for blocks, _ in sides for block in blocks], ["two facing pages", *dict.fromkeys(notes)]
    return blocks_and_notes(found)


def spans_of(found: Found) -> Iterator[tuple[float, float]]:
    """From where to where, in dots, each line and each level rule of a page goes from left to right."""
    for line in found.lines:
        yield line.box[0], line.box[2]
    for rule in found.page.horizontal:
        yield rule.start * found.upright.dpi / 72, rule.end * found.upright.dpi / 72


def blocks_and_notes(found: Found) -> tuple[list[Block], list[str]]:
    """What is printed on a page that was looked at, read; and notes."""
    read(found, [i for i, line in enumerate(found.lines) if not line.is_dash])
    found.settled = [
        Settled("—", "low_confidence" if line.cell in found.faint or is_stamped(found, line.box) else "")
        if line.is_dash
        else settle(found.readings[i])
        for i, line in enumerate(found.lines)
    ]
    printed = bands_in_print(found)
    look_again(found)
    judge_strokes(found)
    add_chars(found, printed)
    blocks = flagged(blocks_of(found.page), found.page.boxes, list(doubts_of(found)))
    unruled = any(isinstance(block, Grid) and block.kind == "spaced" for block in blocks)
    return blocks, ["some figures stand in no ruled table and were placed by their columns"] if unruled else []


def find_best_turn(shot: Shot) -> Found:
    """The page with its text upright: as it is if its lines can be read so, else turned the way they can best."""
    height, width = shot.picture.shape[:2]
    looks = []
    for turn in (0, 1, 3, 2) if width > height else (0, 2, 1, 3):  # sheets stand, mostly
        found = look(shot, turn)
        looks.append(found)
        if not looks[0].lines or (sample_of(found, _FEW).is_hopeful and sample_of(found).is_upright):
            return found
    return max(looks, key=lambda found: sample_of(found).sure)


def look(shot: Shot, turn: int = 0) -> Found:
    """Everything but the reading: rules, cells and lines of the page turned so many quarters."""
    upright = make_upright(shot, turn)
    vertical, horizontal, mask, cut, dashed = find_rules(upright.ruling, upright.dpi, upright.stamps)
    covered = cut if upright.pens is None else cv2.bitwise_or(cut, upright.pens)
    upright = upright._replace(stamps=cv2.bitwise_or(upright.stamps, covered))  # what any covers is as doubtful
    points = 72 / upright.dpi
    height, width = upright.grey.shape
    back = shot.to_points @ np.linalg.inv(upright.matrix) @ np.diag([1 / points, 1 / points, 1])
    page = ScannedPage(
        shot.number, width * points, height * points, vertical=vertical, horizontal=horizontal, back=back
    )
    bare = erase(upright.grey, mask)
    pieces, faint = pieces_of(bare, upright.dpi)
    page.chars = [_char(piece, "·", points) for piece in pieces]
    cells = [scaled(box, 1 / points) for table in find_tables(page) for box in table]
    found = Found(upright, page, bare, mask, cells, dashed)
    inside = lines_in_cells(pieces, faint, cells, (width, height))
    found.lines = inside.lines + lines_outside(inside.outside, (width, height), upright.dpi)
    filled = {line.cell for line in inside.lines if not line.is_dash}  # a dash may be what is left of a figure
    found.faint = inside.faint | cells_with_traces(bare, upright.dpi, cells, filled)
    return found


def sample_of(found: Found, most: int = _SAMPLE) -> Sample:
    """The longest lines read; short ones tell less, since characters can be read sideways too."""
    across = [i for i, line in enumerate(found.lines) if not line.vertical]
    longest = sorted(across, key=lambda i: found.lines[i].box[0] - found.lines[i].box[2])[:most]
    read(found, longest)
    readings = [found.readings[i] for i in longest]
    lengths = [len(reading.text) for reading in readings]
    sure = sum(reading.usual * n * min(1.0, n / _LONG) for reading, n in zip(readings, lengths, strict=True))
    return Sample(sure, sum(lengths))


def read(found: Found, wanted: Iterable[int]) -> None:
    """Recognise these lines, unless that was done before."""
    new = [i for i in wanted if i not in found.readings]
    found.readings |= dict(zip(new, read_lines(found.bare, [found.lines[i] for i in new]), strict=True))


def look_again(found: Found) -> None:
    """A second look at doubtful lines that may be figures of a table, and what it settles."""
    doubtful = [
        i
        for i, (line, settled) in enumerate(zip(found.lines, found.settled, strict=True))
        if may_be_figure(line)
        and not is_sure_word(found.readings[i])
        and deserves_second_look(settled, is_stamped(found, line.box))
        and not is_slash(found.bare, line, settled)
    ]
    in_rows = rows_of(found)
    alone = {i for i in doubtful if found.lines[i].cell is None and in_rows[found.lines[i].band] == 1}
    looks = [[] if i in alone else closer_looks(found.upright, found.rules, found.lines[i]) for i in doubtful]
    readings = iter(recognise([look for group in looks for look in group]))
    for i, group in zip(doubtful, looks, strict=True):
        settled = settle_again(found.readings[i], [next(readings) for _ in group]) if group else found.settled[i]
        # A stamp can take a part of a figure away, or pass for a rule that cuts it: what is left may look like another.
        found.settled[i] = settled.doubted if is_stamped(found, found.lines[i].box) else settled


def may_be_figure(line: Line) -> bool:
    """Whether a line may be a figure by its shape."""
    (x0, _, x1, _), (top, bottom) = line.box, line.band
    return not line.vertical and not line.is_dash and x1 - x0 <= _WIDEST * (bottom - top)


def judge_strokes(found: Found) -> None:
    """A stroke alone that slants is a slash, whatever it was read as, and no figure but 1 is a stroke; a figure that
    may have had a sign before it, or for its first digit, is doubtful, and so is one that is too large."""
    large = oversized(found.lines, found.settled)
    for i, (line, settled) in enumerate(zip(found.lines, found.settled, strict=True)):
        if line.vertical or line.is_dash:
            continue
        if may_be_stroke(found.bare, line, settled):
            settled = told_by_slant(settled, lean_of(found.bare, line))
        if settled.text.isdigit() and not settled.flag:
            signed = has_trace_of_sign(found.bare, line) or (settled.text[0] == "1" and may_begin_with_arrow(line))
            settled = settled.doubted if signed else settled
        found.settled[i] = settled.doubted if i in large else settled
    trust_usual_slashes(found)


def trust_usual_slashes(found: Found) -> None:
    """A slash that most cells of the page hold is beyond doubt where it is neither faint nor under a stamp."""
    short = [i for i, line in enumerate(found.lines) if line.cell is not None and len(found.settled[i].text) < _LONG]
    slashes = [i for i in short if found.settled[i].text in SLASHES and is_stroke(found.bare, found.lines[i])]
    if len(slashes) >= max(_USUAL_SLASHES, len(short) / 2):
        for i in slashes:
            if found.lines[i].cell not in found.faint and not is_stamped(found, found.lines[i].box):
                found.settled[i] = Settled(found.settled[i].text)


def is_worn(found: Found) -> bool:
    """Whether so many figures in cells are doubtful that those that seem sure, or not to be there, are so too. Faint
    dashes and slashes tell nothing of figures."""
    pairs = zip(found.lines, found.settled, strict=True)
    figures = [(line, settled) for line, settled in pairs if line.cell is not None and len(settled.text) <= _LONG]
    doubtful = sum(
        bool(settled.flag) and settled.text not in _MARKS and not is_stamped(found, line.box)
        for line, settled in figures
    )
    return doubtful > max(_FEW_WORN, _WORN * len(figures))


def bands_in_print(found: Found) -> set[tuple[float, float]]:
    """The bands of lines that were printed: what a stamp left of itself is short, or doubtful at first sight."""
    pairs = zip(found.lines, found.settled, strict=True)
    return {
        line.band
        for line, settled in pairs
        if not (settled.flag or len(settled.text) < _LONG) or not is_stamped(found, line.box)
    }


def add_chars(found: Found, printed: Container[tuple[float, float]]) -> None:
    """The page's characters: one for every line that was read, in cells or where something is printed, and for what
    stands beside others and could not be read: without its place the figures of a row in columns would move."""
    points = 72 / found.upright.dpi
    in_rows = rows_of(found)
    found.page.chars = [
        _char(line.box, text, points, line.band)
        for line, settled in zip(found.lines, found.settled, strict=True)
        if (line.cell is not None or line.band in printed)
        and (text := settled.text or ILLEGIBLE * (line.cell is None and in_rows[line.band] > 1))
    ]


def _char(box: Box, text: str, points: float, band: tuple[float, float] | None = None) -> Char:
    first, last = band or (box[1], box[3])
    return Char(text, *scaled(box, points), last * points, (last - first) * points)


def doubts_of(found: Found) -> Iterator[Doubt]:
    """Areas that are doubtful: the whole cell of a line in a cell, the line itself outside; and cells that look empty
    under a stamp or with traces."""
    points = 72 / found.upright.dpi
    for line, settled in zip(found.lines, found.settled, strict=True):
        if settled.flag:
            area = line.box if line.cell is None else found.cells[line.cell]
            yield Doubt(scaled(area, points), settled.flag, settled.text, settled.offered)
    filled = {line.cell for line in found.lines}
    worn = found.dashed or is_worn(found)  # where a piece of a rule lacks, a figure may stand in the next cell
    for i, box in enumerate(found.cells):
        if worn or i in found.faint or (i not in filled and is_stamped(found, box)):
            yield Doubt(scaled(box, points), "low_confidence")


def scaled(box: Box, factor: float) -> Box:
    """The box at another scale."""
    x0, top, x1, bottom = box
    return x0 * factor, top * factor, x1 * factor, bottom * factor
