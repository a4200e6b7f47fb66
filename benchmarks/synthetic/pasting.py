"""Tables of a page become pictures in it, and pages with pictures become Word files, as organs paste them."""

from __future__ import annotations

import base64
import hashlib
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np

from benchmarks.synthetic.scanning import Scanner, damage

_WIDTH = 640  # of the page, in its own dots, which are 96 an inch
_INCHES = 6.0
_SCANNER = Scanner(
    dpi=(100, 120, 150, 200),
    skew=0.4,
    blur=(0.0, 0.4),
    noise=(0, 4),
    quality=(70, 92),
    shade=(0, 0.05),
    stamp=0,
    bleed=0,
)


def paste(browser: Any, path: Path) -> None:
    """In the page, every table of the class `pictured` becomes a picture; a page's content decides on its damage."""
    content = path.read_text(encoding="utf-8")
    rng = Random(hashlib.sha256(content.encode()).hexdigest())
    dpi = rng.choice(_SCANNER.dpi)
    page = browser.new_page(viewport={"width": _WIDTH, "height": 900}, device_scale_factor=dpi / 96)
    page.set_content(content)
    for table in page.query_selector_all("table.pictured"):
        margin = rng.randint(3, 12)
        table.evaluate(f"e => {{ e.outerHTML = '<div style=\"padding:{margin}px\">' + e.outerHTML + '</div>' }}")
    for frame in page.query_selector_all("div:has(> table.pictured)"):
        shot = cv2.imdecode(np.frombuffer(frame.screenshot(), np.uint8), cv2.IMREAD_COLOR)
        if rng.random() < 0.7:  # else a clean screenshot
            shot = damage(shot, _SCANNER, dpi, rng)
        suffix, options = rng.choice(
            ((".png", []), (".jpg", [cv2.IMWRITE_JPEG_QUALITY, rng.randint(*_SCANNER.quality)]))
        )
        data = base64.b64encode(cv2.imencode(suffix, shot, options)[1].tobytes()).decode()
        kind = "png" if suffix == ".png" else "jpeg"
        image = f'<img src="data:image/{kind};base64,{data}" style="width:100%;max-height:240mm">'
        frame.evaluate("(e, image) => { e.outerHTML = image }", f'<p style="text-indent:0">{image}</p>')
    path.write_text(page.content(), encoding="utf-8")
    page.close()


def to_docx(content: str) -> bytes:
    """A Word file of the paragraphs, tables and pictures of a page."""
    import docx
    from docx.shared import Inches
    from lxml import html

    document = docx.Document()
    for element in html.fromstring(content).find("body"):
        image = element.find(".//img")
        if image is not None:
            data = base64.b64decode(image.get("src").partition(",")[2])
            document.add_picture(BytesIO(data), Inches(_INCHES))
        elif element.tag == "table":
            _add_table(document, element)
        else:
            document.add_paragraph(element.text_content())
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_table(document: Any, element: Any) -> None:
    """A table with its spans merged."""
    taken: dict[tuple[int, int], Any] = {}
    boxes = []
    for r, row in enumerate(element.iter("tr")):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            down, along = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= dict.fromkeys(((r + i, c + k) for i in range(down) for k in range(along)), cell)
            boxes.append((r, c, down, along, cell.text_content()))
    table = document.add_table(1 + max(r for r, _ in taken), 1 + max(c for _, c in taken))
    for r, c, down, along, text in boxes:
        cell = table.cell(r, c)
        if down > 1 or along > 1:
            cell = cell.merge(table.cell(r + down - 1, c + along - 1))
        cell.text = text
