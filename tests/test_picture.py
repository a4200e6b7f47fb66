"""Pictures of pages with boxes outlined."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_makers import make_pdf
from PIL import ImageChops

from gongkai.readers.picture import page_picture


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_pdf(tmp_path / "t.pdf", [lambda sheet: sheet.text(100, 100, "规章"), lambda sheet: None])


def test_the_outline_is_around_the_box_and_nowhere_else(path: Path) -> None:
    plain = page_picture(path, 1, resolution=72)
    marked = page_picture(path, 1, [(100, 90, 120, 102)], resolution=72)
    x0, top, x1, bottom = ImageChops.difference(plain, marked).getbbox()
    assert 94 < x0 < 100 < 120 < x1 < 126
    assert 84 < top < 90 < 102 < bottom < 108


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there(path: Path, page: int) -> None:
    with pytest.raises(IndexError):
        page_picture(path, page)
