"""Where text stands on a page without its rules: lines inside cells, and lines outside tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.pdf.page import Box, union
from gongkai.readers.scan.picture import INK, LOOSE, Picture, darker

_SPECK = 0.014  # inches: ink that is smaller both ways is dirt
_USUAL = 0.13  # inches: the size of a character where nothing tells
_DIRT = 0.35  # of a character's size
_HYPHEN, _FLATTER = 0.2, 2  # of a character's size, of its own height
_FLAT = 0.6  # of a character's size: the least height of a line
_DASH = 0.35  # of the height of its line
_NEAR = 1.0  # of a character's size
# Marks that stand alike in so many cells, and this share of those that hold no more, are print. In characters' sizes:
# how far from the middle, and by how much they may differ; so many times as wide as high they are dashes.
_FEWEST_MARKS, _MOST_MARKS = 4, 0.5
_CENTRAL, _LARGEST_MARK, _LIKE, _FLATTISH = 0.4, 1.5, 0.35, 1.3
_ONE_LINE = 1.15  # of a character's size: strokes that together are no higher are of one line
_WORD_GAP = 1.5  # of a character's size: words this far apart may stand in columns
_STACK = 3  # characters one under the other that make a vertical line
_STACK_WIDTH = 1.35
_EDGE = 0.3  # of a character's size


class Ink(NamedTuple):
    """A connected piece of ink, as its box in dots."""

    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text to be recognised: its box in dots, the band of its line, the pieces of ink in it.

    `cell` is the index of the cell in which it stands, None outside tables; `vertical` marks characters one under the
    other, `dash` what is a dash for other reasons than its shape.
    """

    box: Box
    band: tuple[float, float]
    pieces: tuple[Ink, ...]
    cell: int | None = None
    vertical: bool = False
    dash: bool = False

    @property
    def is_dash(self) -> bool:
        """Whether a cell holds nothing but a flat stroke; recognisers, which see crops of one height, cannot tell."""
        x0, top, x1, bottom = self.box
        flat = bottom - top <= _DASH * (self.band[1] - self.band[0]) and x1 - x0 >= _FLATTER * (bottom - top)
        return self.cell is not None and not self.vertical and (flat or self.dash)


class Inside(NamedTuple):
    """What stands in the cells of a page: lines, ink outside all cells, the cells with nothing but faint traces.

    A faint dash is a line all the same.
    """

    lines: list[Line]
    outside: list[Ink]
    faint: set[int]


def pieces_of(grey: Picture, dpi: float) -> tuple[list[Ink], list[Ink]]:
    """The connected pieces of ink that are no dirt, with their faint edges; and those that are faint throughout.

    These may be parts of characters, but nothing that stands alone.
    """
    loose = darker(grey, LOOSE)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(loose, connectivity=8)
    dark = np.zeros(count, bool)
    dark[labels[grey < INK]] = True
    dark[0] = False  # the paper, which is the first of those that are not dark
    large = np.maximum(stats[:, 2], stats[:, 3]) >= _SPECK * dpi
    dark_ones, faint_ones = stats[dark & large], stats[~dark & large][1:]
    return [_ink(row) for row in dark_ones.tolist()], [_ink(row) for row in faint_ones.tolist()]


def _ink(row: Sequence[int]) -> Ink:
    x, y, w, h, _ = row
    return Ink(x, y, x + w, y + h)


def lines_in_cells(pieces: Sequence[Ink], faint: Sequence[Ink], cells: Sequence[Box], size: tuple[int, int]) -> Inside:
    """The lines in the cells (boxes in dots; `size` is the page's width and height), and what else there is."""
    inside, outside = _by_cell(pieces, cells, size)
    runs = {cell: _runs(found) for cell, found in inside.items()}
    em = _character_size([run for found in runs.values() for run in found])
    faint_inside, _ = _by_cell(faint, cells, size)
    lines = []
    for cell, found in runs.items():
        clean = [run for run in found if not _is_dirt(union(run), em)]
        if clean:
            lines += [_widened(line, faint_inside.get(cell, []), em) for line in _lines_of_cell(clean, cell, em)]
    empty = faint_inside.keys() - {line.cell for line in lines}
    traces = {i: [piece for piece in faint_inside[i] if not _is_dirt(piece, em)] for i in empty}
    boxes = {i: union(found) for i, found in traces.items() if found}
    dashes = [line for i, box in boxes.items() if (line := Line(box, _band(box, em), (), i)).is_dash]
    lines += dashes
    taken = {line.cell for line in lines}
    bare = {i: [*inside.get(i, []), *faint_inside.get(i, [])] for i in range(len(cells)) if i not in taken}
    marks = _marks(bare, lines, cells, em)
    return Inside(lines + marks, outside, {*boxes, *(line.cell for line in marks if line.cell is not None)})


def _marks(bare: Mapping[int, Sequence[Ink]], lines: Sequence[Line], cells: Sequence[Box], em: float) -> list[Line]:
    """Lines for what is too faint or too small to be one by itself, but stands in the middle of most cells that hold
    no more (`bare`: their ink), alike in all: dashes and slashes. Dirt falls anywhere."""
    boxes = {i: union(found) for i, found in bare.items() if found}
    central = [box for i, box in boxes.items() if _is_central(box, cells[i], em)]
    if not central:
        return []
    usual = np.median([_size(box) for box in central], axis=0)

    def alike(box: Box, cell: Box) -> bool:
        return _is_central(box, cell, em) and bool(np.abs(_size(box) - usual).max() <= _LIKE * em)

    marks = {i: box for i, box in boxes.items() if alike(box, cells[i])}
    read = sum(line.cell is not None and len(line.pieces) <= 1 and alike(line.box, cells[line.cell]) for line in lines)
    if len(marks) + read < max(_FEWEST_MARKS, _MOST_MARKS * (len(bare) + read)):
        return []
    flat = bool(usual[0] >= _FLATTISH * usual[1])
    return [Line(box, _band(box, em), (), i, dash=flat) for i, box in marks.items()]


def _size(box: Box) -> NDArray[np.float64]:
    return np.array([box[2] - box[0], box[3] - box[1]], float)


def _is_central(box: Box, cell: Box, em: float) -> bool:
    """Whether ink no larger than a character stands in the middle of its cell."""
    off = abs(box[0] + box[2] - cell[0] - cell[2]) / 2, abs(box[1] + box[3] - cell[1] - cell[3]) / 2
    return max(off) <= _CENTRAL * em and bool(_size(box).max() <= _LARGEST_MARK * em)


def _by_cell(
    pieces: Sequence[Ink], cells: Sequence[Box], size: tuple[int, int]
) -> tuple[dict[int, list[Ink]], list[Ink]]:
    """The pieces in each cell, by its index, and those in none."""
    width, height = size
    owners = np.zeros((height, width), np.int32)
    for i, box in enumerate(cells, start=1):
        x0, top, x1, bottom = (round(side) for side in box)
        owners[max(top, 0) : bottom, max(x0, 0) : x1] = i
    inside: dict[int, list[Ink]] = {}
    outside = []
    for piece in pieces:
        owner = int(owners[(piece.top + piece.bottom) // 2, (piece.x0 + piece.x1) // 2])
        if owner and _fits(piece, cells[owner - 1]):
            inside.setdefault(owner - 1, []).append(piece)
        elif not owner:
            outside.append(piece)
    return inside, outside


def _widened(line: Line, faint: Sequence[Ink], em: float) -> Line:
    """The line with the faint pieces that stand in its band close to the others: parts of its characters, a dash."""
    x0, top, x1, bottom = line.box
    for piece in sorted(faint, key=lambda piece: max(x0 - piece.x1, piece.x0 - x1)):
        near = max(x0 - piece.x1, piece.x0 - x1) <= _NEAR * em
        if near and top <= (piece.top + piece.bottom) / 2 <= bottom:
            x0, top, x1, bottom = union([(x0, top, x1, bottom), piece])
    return replace(line, box=(x0, top, x1, bottom), band=_band((x0, top, x1, bottom), em))


def _is_dirt(box: Box, em: float) -> bool:
    """Whether ink with nothing beside it is too small for a character; a hyphen is flat and somewhat wide."""
    x0, top, x1, bottom = box
    hyphen = x1 - x0 >= max(_HYPHEN * em, _FLATTER * (bottom - top))
    return max(x1 - x0, bottom - top) < _DIRT * em and not hyphen


def _fits(piece: Ink, cell: Box) -> bool:
    """Whether a piece of ink can be text of the cell, and no rule or frame that was not found."""
    x0, top, x1, bottom = cell
    return piece.x1 - piece.x0 <= 1.1 * (x1 - x0) and piece.bottom - piece.top <= 1.1 * (bottom - top)


def lines_outside(pieces: Sequence[Ink], size: tuple[int, int], dpi: float) -> list[Line]:
    """The lines of text outside tables; words far apart on a line are lines of their own in one band."""
    width, height = size
    em = _USUAL * dpi
    canvas = np.zeros((height, width), np.uint8)
    for piece in pieces:
        canvas[piece.top : piece.bottom, piece.x0 : piece.x1] = 255
    smeared = cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((1, round(em) | 1), np.uint8))
    _, labels = cv2.connectedComponents(smeared, connectivity=8)
    words: dict[int, list[Ink]] = {}
    for piece in pieces:
        words.setdefault(int(labels[piece.top, piece.x0]), []).append(piece)
    heights = [bottom - top for x0, top, x1, bottom in map(union, words.values()) if x1 - x0 > 4 * em]
    em = float(np.median(heights)) if heights else em
    return [line for band in _bands(list(words.values()), em) for line in _words_of(band, em)]


def _runs(pieces: Sequence[Ink]) -> list[list[Ink]]:
    """Pieces in runs that share rows of dots, from top to bottom."""
    runs: list[list[Ink]] = []
    bottom = -1
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if piece.top >= bottom:
            runs.append([])
        runs[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    return runs


def _character_size(runs: Sequence[Sequence[Ink]]) -> float:
    """The size of a character in a table: the usual height of lines of several characters, else of higher pieces."""
    boxes = [(union(run), len(run)) for run in runs]
    heights = [bottom - top for (x0, top, x1, bottom), count in boxes if count > 2 and x1 - x0 > 2.5 * (bottom - top)]
    if heights:
        return float(np.median(heights))
    return float(np.percentile([bottom - top for (_, top, _, bottom), _ in boxes] or [1.0], 75))


def _lines_of_cell(runs: list[list[Ink]], cell: int, em: float) -> list[Line]:
    merged = [list(runs[0])]
    for run in runs[1:]:
        _, top, _, bottom = union([*merged[-1], *run])
        if bottom - top <= _ONE_LINE * em:
            merged[-1] += run
        else:
            merged.append(list(run))
    boxes = [union(run) for run in merged]
    whole = union(boxes)
    if len(merged) >= _STACK and whole[2] - whole[0] <= _STACK_WIDTH * em:
        return [Line(whole, (whole[1], whole[3]), tuple(p for run in merged for p in run), cell, vertical=True)]
    return [Line(box, _band(box, em), tuple(run), cell) for box, run in zip(boxes, merged, strict=True)]


def _band(box: Box, em: float) -> tuple[float, float]:
    """The band of a line of a cell: a dash has the height of a character too."""
    _, top, _, bottom = box
    missing = max(0.0, _FLAT * em - (bottom - top)) / 2
    return top - missing, bottom + missing


def _bands(words: list[list[Ink]], em: float) -> list[list[list[Ink]]]:
    """Words that stand side by side in bands, from top to bottom."""
    bands: list[tuple[float, float, list[list[Ink]]]] = []
    for word in sorted(words, key=lambda word: _tallest(word, em)):
        _, top, _, bottom = union(word)
        for i, (first, last, members) in enumerate(bands):
            shared = min(bottom, last) - max(top, first)
            if shared > 0.5 * min(bottom - top, last - first):
                bands[i] = (min(top, first), max(bottom, last), [*members, word])
                break
        else:
            bands.append((top, bottom, [word]))
    return [members for _, _, members in sorted(bands, key=lambda band: band[0])]


def _tallest(word: Sequence[Ink], em: float) -> float:
    """Sorts words of a character's height first, dots and dashes last."""
    _, top, _, bottom = union(word)
    return abs(bottom - top - em)


def _words_of(band: list[list[Ink]], em: float) -> list[Line]:
    words = sorted(band, key=lambda word: union(word)[0])
    _, top, _, bottom = union([union(word) for word in words])
    joined = [words[0]]
    for word in words[1:]:
        if union(word)[0] - union(joined[-1])[2] < _WORD_GAP * em:
            joined[-1] = joined[-1] + word
        else:
            joined.append(word)
    return [Line(union(word), (top, bottom), tuple(word)) for word in joined]


def crop(grey: Picture, line: Line) -> Picture:
    """The line's dots with a margin; vertical lines lie on their left side, as recognisers want them."""
    x0, _, x1, _ = line.box
    top, bottom = line.band
    margin = _EDGE * min(bottom - top, x1 - x0) if line.vertical else _EDGE * (bottom - top)
    margin = max(2.0, margin)
    height, width = grey.shape
    rows = slice(max(0, round(top - margin)), min(height, round(bottom + margin)))
    found = grey[rows, max(0, round(x0 - margin)) : min(width, round(x1 + margin))]
    return np.rot90(found) if line.vertical else found
