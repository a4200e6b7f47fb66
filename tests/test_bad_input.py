"""Whatever the file, `gk.parse` says what is wrong with it in one line, within ten seconds and a gigabyte.

Each file is read in a process of its own, whose processor time and peak memory the system reports: its helpers' too,
and at least the memory of the process that started it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_makers import Sheet, make_pdf, raw_pdf
from reportlab.lib.pdfencrypt import StandardEncryption
from word_files import packed

SECONDS, MEGABYTES = 10, 1000
CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
READ = """
import sys, gongkai as gk
try:
    gk.parse(sys.argv[1])
except (gk.UnreadableFile, gk.NotAReport) as error:
    print(error)
"""


def text(sheet: Sheet) -> None:
    sheet.text(60, 100, "二、主动公开政府信息情况")


def encrypted(folder: Path) -> Path:
    return make_pdf(folder / "a.pdf", [text], encrypt=StandardEncryption("user", "owner", strength=128))


def truncated(folder: Path) -> Path:
    path = make_pdf(folder / "a.pdf", [text])
    path.write_bytes(path.read_bytes()[:-400])
    return path


def without_pages(folder: Path) -> Path:
    return raw_pdf(folder / "a.pdf", [CATALOG, b"<</Type /Pages /Kids [] /Count 0>>"])


def of_5000_pages(folder: Path) -> Path:
    return make_pdf(folder / "a.pdf", [text] * 5000)


def unfolding(folder: Path) -> Path:
    deflate = zlib.compressobj(9)
    data = b"".join(deflate.compress(b"0 0 m 9 9 l S\n" * 100_000) for _ in range(700)) + deflate.flush()
    pages = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R>>"
    return raw_pdf(folder / "a.pdf", [CATALOG, pages, page, (b"/Filter /FlateDecode", data)])


def zip_bomb(folder: Path) -> Path:
    return written(folder / "a.docx", packed({"word/document.xml": b" " * 200_000_000}))


def entities(folder: Path) -> Path:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><w:document xmlns:w="{word}"><w:body>&l9;</w:body></w:document>'
    return written(folder / "a.docx", packed({"word/document.xml": body}))


def page_of_50_megabytes(folder: Path) -> Path:
    return written(folder / "a.html", "<html><body>" + "<p>政府信息公开年度报告</p>" * 1_350_000)


def page_10000_deep(folder: Path) -> Path:
    return written(folder / "a.html", "<html><body>" + "<div>" * 10_000 + "政府信息公开")


def picture_called_pdf(folder: Path) -> Path:
    return written(folder / "a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(1000))


def another_report(folder: Path) -> Path:
    return written(folder / "a.txt", "某市2022年财政预算执行情况报告\n一、收入\t120\t130\n二、支出\t110\t140\n" * 20)


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (encrypted, "encrypted"),
        (truncated, "cut off"),
        (without_pages, "PDF"),
        (of_5000_pages, "5000 pages"),
        (unfolding, "unfolds"),
        (zip_bomb, "larger than"),
        (entities, "Word file"),
        (page_of_50_megabytes, "MB of markup"),
        (page_10000_deep, "too deep"),
        (picture_called_pdf, "picture"),
        (another_report, "not an annual"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_one_line_in_bounded_time_and_memory(tmp_path: Path, make: Callable[[Path], Path], reason: str) -> None:
    path = make(tmp_path)
    process = subprocess.Popen([sys.executable, "-c", READ, path], stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read().decode()
    process.stdout.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert said.startswith(f"{path}: ")
    assert reason in said
    assert said.count("\n") == 1
    print(f"{make.__name__}: {used.ru_utime + used.ru_stime:.1f} s, {used.ru_maxrss / 1000:.0f} MB")
    assert used.ru_utime + used.ru_stime < SECONDS
    assert used.ru_maxrss / 1000 < MEGABYTES
