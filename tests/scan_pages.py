"""Pictures of pages made for tests: tables and lines drawn with the font that ships with the package, then damaged."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

DPI = 150
WIDTH, HEIGHT = 1240, 1754  # A4
LEFT, ROW = 100, 44
WIDTHS = (420, 120, 120, 120)
FONT = files("gongkai.narrative").joinpath("fonts/GongkaiSansSC-Regular.otf")
ROWS = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "", "12"],
    ["行政规范性文件", "6", "—", "307"],
    ["行政许可", "1", "48", "5"],
]


def draw_page(
    rows: Sequence[Sequence[str]] = ROWS,
    lines: Sequence[str] = (),
    *,
    top: int = 300,
    sides: bool = True,
    ruled: bool = True,
) -> Image.Image:
    """A page with lines of text above a table, which is `ruled`; without `sides` its outer verticals are missing."""
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(page)
    for i, line in enumerate(lines):
        draw.text((LEFT, 100 + 50 * i), line, "black", font(30))
    edges = [LEFT + sum(WIDTHS[:i]) for i in range(len(WIDTHS) + 1)]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            middle = (edges[c] + edges[c + 1]) / 2, top + ROW * (r + 0.5)
            draw.text(middle, text, "black", font(20), anchor="mm")
    if rows and ruled:
        bottom = top + ROW * len(rows)
        for x in edges if sides else edges[1:-1]:
            draw.line((x, top, x, bottom), "black", 2)
        for r in range(len(rows) + 1):
            draw.line((edges[0], top + ROW * r, edges[-1], top + ROW * r), "black", 2)
    return page


def array(page: Image.Image) -> np.ndarray:
    """The page's dots as readers get them: blue, green, red."""
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])


def sent_to_recogniser(monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """The crops that the recogniser is asked for from now on."""
    from gongkai.readers.scan import reading

    sent: list[np.ndarray] = []
    recognise = reading.recognise
    monkeypatch.setattr(reading, "recognise", lambda crops, shares: (sent.extend(crops), recognise(crops, shares))[1])
    return sent


def stamped(page: Image.Image, x: int, y: int, radius: int = 110) -> Image.Image:
    """The page under a red ring with a star of strokes, through which the text is seen."""
    stamp = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(stamp)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(200, 40, 60), width=7)
    for dx, dy in ((30, 0), (0, 30), (21, 21), (21, -21)):
        draw.line((x - dx, y - dy, x + dx, y + dy), (200, 40, 60), 8)
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(stamp)))


def on_a_desk(page: Image.Image) -> Image.Image:
    """The page photographed from a side, on something dark."""
    width, height = page.size
    corners = (90, 60, 40, height + 70, width + 80, height + 30, width + 20, 100)
    back = _perspective(corners, width, height)
    desk = Image.new("RGB", (width + 140, height + 140), (70, 60, 50))
    seen = page.transform(desk.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    paper = Image.new("L", page.size, 255).transform(desk.size, Image.Transform.PERSPECTIVE, back)
    desk.paste(seen, mask=paper)
    return desk


def _perspective(corners: Sequence[int], width: int, height: int) -> list[float]:
    """What leads from the photograph back to the page: a page's corners, anticlockwise from the top left, lie there."""
    terms, wanted = [], []
    for (u, v), (x, y) in zip(
        zip(corners[::2], corners[1::2], strict=True), ((0, 0), (0, height), (width, height), (width, 0)), strict=True
    ):
        terms += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        wanted += [x, y]
    return np.linalg.solve(np.array(terms, float), np.array(wanted, float)).tolist()


def font(size: int) -> ImageFont.FreeTypeFont:
    """The drawn pages' font."""
    return ImageFont.truetype(str(FONT), size)
