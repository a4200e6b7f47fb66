"""Printed pages become scans and photographs: resolution, skew, blur, noise, uneven light, stamps, bleed-through, JPEG.

A `Scanner` says how much of each there may be; what a page gets is drawn by the seed, which the file's content gives.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any

import cv2
import numpy as np

_RED = (60, 40, 200)  # of a stamp, as blue, green, red
_DESK = (70, 90, 110)

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scanner:
    """A kind of scan: ranges of what a file gets, and how often it gets a stamp, a page showing through, a turned page.

    `lean` is how far the corners of the paper may move, as a share of the page (0: a flatbed); `levels` the grey of ink
    and of paper; `suffix` the format written.
    """

    dpi: tuple[int, ...]
    skew: float
    blur: Range
    noise: Range
    quality: tuple[int, int]
    shade: Range
    stamp: float
    bleed: float
    lean: float = 0.0
    turned: float = 0.0
    levels: Range = (20, 245)
    suffix: str = ".pdf"


@dataclass(slots=True)
class Sheet:
    """A page on its way: its picture (blue, green, red) and the dice that decide what happens to it."""

    picture: Any
    dpi: int
    rng: Random
    dice: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self.dice = np.random.default_rng(self.rng.getrandbits(32))


def scan(pdf: bytes, scanner: Scanner) -> bytes:
    """The pages of a PDF as a scan of this kind; the same content always gives the same scan."""
    rng = Random(_digest(pdf))
    dpi = rng.choice(scanner.dpi)
    quality = rng.randint(*scanner.quality)
    pictures = [damage(picture, scanner, dpi, rng) for picture in render(pdf, dpi)]
    return write(pictures, dpi, quality, scanner.suffix)


def _digest(pdf: bytes) -> str:
    """What the pages look like, whatever else the file holds (such as the time at which it was made)."""
    digest = hashlib.sha256()
    for picture in render(pdf, 36):
        digest.update(picture.tobytes())
    return digest.hexdigest()


def render(pdf: bytes, dpi: int) -> Iterable[Any]:
    """The pages of a PDF as pictures."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=dpi / 72, rev_byteorder=False).to_numpy()[:, :, :3].copy()


def write(pictures: Iterable[Any], dpi: int, quality: int, suffix: str) -> bytes:
    """The pictures as the pages of a PDF or TIFF; a JPEG or PNG holds the first."""
    from PIL import Image

    first, *rest = [Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)) for picture in pictures]
    buffer = BytesIO()
    options: dict[str, Any] = {"resolution": dpi} if suffix == ".pdf" else {"dpi": (dpi, dpi)}
    if suffix in (".pdf", ".tiff"):
        options |= {"save_all": True, "append_images": rest}
    if suffix == ".tiff":
        options["compression"] = "jpeg"
    first.save(
        buffer, {".pdf": "PDF", ".tiff": "TIFF", ".jpg": "JPEG", ".png": "PNG"}[suffix], quality=quality, **options
    )
    return buffer.getvalue()


def damage(picture: Any, scanner: Scanner, dpi: int, rng: Random) -> Any:
    """The picture as this scanner, or the camera, gives it."""
    sheet = Sheet(picture, dpi, rng)
    _fade(sheet, scanner)
    if rng.random() < scanner.bleed:
        _bleed(sheet)
    if rng.random() < scanner.stamp:
        _stamp(sheet)
    _move(sheet, scanner)
    _shade(sheet, scanner)
    sigma = rng.uniform(*scanner.blur) * dpi / 150
    if sigma > 0.15:
        sheet.picture = cv2.GaussianBlur(sheet.picture, (0, 0), sigma)
    noise = sheet.dice.normal(0, rng.uniform(*scanner.noise), sheet.picture.shape[:2])
    sheet.picture = np.clip(sheet.picture + noise[:, :, None], 0, 255).astype(np.uint8)
    if rng.random() < scanner.turned:
        sheet.picture = np.ascontiguousarray(np.rot90(sheet.picture, rng.randint(1, 3)))
    return sheet.picture


def _fade(sheet: Sheet, scanner: Scanner) -> None:
    """Ink is not black and paper not white."""
    ink, paper = scanner.levels
    ink += sheet.rng.uniform(0, 40)
    sheet.picture = ink + sheet.picture.astype(np.float32) * ((paper - ink) / 255)


def _bleed(sheet: Sheet) -> None:
    """The back of the page, mirrored and blurred, shows through."""
    back = cv2.GaussianBlur(np.roll(sheet.picture[:, ::-1], sheet.rng.randint(5, 60), axis=0), (0, 0), 1.5)
    strength = sheet.rng.uniform(0.05, 0.18)
    sheet.picture = sheet.picture - strength * (back.max() - back)


def _stamp(sheet: Sheet) -> None:
    """A round red seal somewhere on the lower two thirds, with a star and characters, that lets the text through."""
    height, width = sheet.picture.shape[:2]
    radius = int(20 / 25.4 * sheet.dpi)
    x = sheet.rng.randint(radius, width - radius)
    y = sheet.rng.randint(height // 3, height - radius)
    mask = np.zeros((height, width), np.uint8)
    cv2.circle(mask, (x, y), radius, 255, max(2, sheet.dpi // 30))
    points = [
        (x + r * np.sin(k * np.pi / 5), y - r * np.cos(k * np.pi / 5)) for k in range(10) for r in [_star(k, radius)]
    ]
    cv2.fillPoly(mask, [np.array(points, np.int32)], 255)
    for k in range(12):
        angle = np.pi * (0.85 + 1.3 * k / 11)
        side = radius // 9
        cx, cy = int(x + 0.75 * radius * np.cos(angle)), int(y + 0.75 * radius * np.sin(angle))
        for dx, dy in ((-1, 0), (0, -1), (1, 1)):
            cv2.line(mask, (cx - side * dx, cy - side), (cx + side * dy, cy + side), 255, max(1, sheet.dpi // 75))
    worn = cv2.GaussianBlur(sheet.dice.random((height // 4 + 1, width // 4 + 1)).astype(np.float32), (0, 0), 2)
    worn = cv2.resize(worn, (width, height))
    alpha = (mask / 255 * np.clip(0.4 + 3 * (worn - 0.4), 0.35, 0.95))[:, :, None]
    inked = np.minimum(sheet.picture, np.array(_RED, np.float32))
    sheet.picture = sheet.picture * (1 - alpha) + inked * alpha


def _star(k: int, radius: int) -> float:
    return radius * (0.17 if k % 2 else 0.4)


def _move(sheet: Sheet, scanner: Scanner) -> None:
    """The page lies askew on the glass, or is seen from a side on a desk."""
    height, width = sheet.picture.shape[:2]
    rng = sheet.rng
    if scanner.lean:
        corners = [
            (x + _shift(rng, scanner.lean) * width, y + _shift(rng, scanner.lean) * height)
            for x, y in _corners(width, height)
        ]
        margin = int(0.06 * width)
        target = np.float32(corners) + margin
        matrix = cv2.getPerspectiveTransform(np.float32(_corners(width, height)), target)
        size, border = (width + 2 * margin, height + 2 * margin), _DESK
    else:
        matrix = np.vstack(
            [cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-scanner.skew, scanner.skew), 1), (0, 0, 1)]
        )
        size, border = (width, height), (float(scanner.levels[1]),) * 3
    sheet.picture = cv2.warpPerspective(
        sheet.picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border
    )


def _corners(width: int, height: int) -> list[tuple[float, float]]:
    return [(0, 0), (width, 0), (width, height), (0, height)]


def _shift(rng: Random, lean: float) -> float:
    return rng.uniform(-lean, lean)


def _shade(sheet: Sheet, scanner: Scanner) -> None:
    """Light falls off in one direction, and towards one spot."""
    height, width = sheet.picture.shape[:2]
    y, x = np.mgrid[0 : 1 : complex(0, 32), 0 : 1 : complex(0, 32)].astype(np.float32)
    angle, depth = sheet.rng.uniform(0, 2 * np.pi), sheet.rng.uniform(*scanner.shade)
    slope = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) + 0.5
    cx, cy = sheet.rng.random(), sheet.rng.random()
    spot = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 0.08)
    light = 1 - depth * (0.6 * slope + 0.4 * spot)
    sheet.picture = sheet.picture * cv2.resize(light.astype(np.float32), (width, height))[:, :, None]


SCANNERS = {
    "scan_mild": Scanner(
        dpi=(150, 170, 200),
        skew=1.0,
        blur=(0.0, 0.5),
        noise=(0, 5),
        quality=(70, 90),
        shade=(0, 0.1),
        stamp=0.2,
        bleed=0.2,
    ),
    "scan_heavy": Scanner(
        dpi=(100, 110, 120, 150),
        skew=3.0,
        blur=(0.2, 0.8),
        noise=(3, 12),
        quality=(30, 60),
        shade=(0, 0.35),
        stamp=0.4,
        bleed=0.4,
        turned=0.1,
    ),
    "scan_fine": Scanner(
        dpi=(300,),
        skew=2.0,
        blur=(0.2, 0.8),
        noise=(0, 10),
        quality=(40, 80),
        shade=(0, 0.3),
        stamp=0.4,
        bleed=0.4,
        turned=0.1,
        suffix=".tiff",
    ),
    "photo": Scanner(
        dpi=(150, 180, 200),
        skew=0,
        blur=(0.2, 0.7),
        noise=(2, 8),
        quality=(50, 85),
        shade=(0.1, 0.5),
        stamp=0.2,
        bleed=0.1,
        lean=0.03,
    ),
}
