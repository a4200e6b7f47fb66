"""Old Word files by way of LibreOffice, where it is there; a clear error where it is not."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from html_pages import figures
from word_files import save_report

from gongkai import readers
from gongkai.document import Document, Grid
from gongkai.errors import UnreadableFile
from gongkai.readers import word_convert
from gongkai.readers.word import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
needs_libreoffice = pytest.mark.skipif(word_convert.program() is None, reason="LibreOffice is not installed")


def stream(name: str) -> bytes:
    return name.encode("utf-16-le")


@pytest.fixture(scope="module")
def old_files(tmp_path_factory) -> Path:
    """A folder with report.docx and what LibreOffice makes of it: report.doc, .rtf, .xml, and the first as .wps."""
    folder = tmp_path_factory.mktemp("old")
    save_report(folder / "report.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for kind in ("doc", "rtf", "xml:MS Word 2003 XML"):
        convert = [word_convert.program(), profile, "--headless", "--convert-to", kind, "report.docx"]
        subprocess.run(convert, cwd=folder, check=True, capture_output=True, timeout=120)
    (folder / "report.wps").write_bytes((folder / "report.doc").read_bytes())
    return folder


def content(document: Document) -> list[object]:
    return [
        [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in block.cells]
        if isinstance(block, Grid)
        else (block.text, block.heading)
        for block in document.blocks
    ]


@needs_libreoffice
@pytest.mark.parametrize("kind", ["wps", "rtf"])
def test_an_old_file_says_what_the_new_one_says(old_files, kind):
    old = read(old_files / f"report.{kind}")
    assert content(old) == content(read(old_files / "report.docx"))
    assert old.notes == ["converted to .docx by LibreOffice"]


@needs_libreoffice
def test_word_xml_as_web_systems_write_it(old_files, tmp_path):
    path = tmp_path / "report.doc"
    path.write_bytes((old_files / "report.xml").read_bytes())
    heading, *_, table, last = readers.read(path).blocks
    assert (heading.text, last.text) == ("一、总体情况", "六、其他需要报告的事项")
    assert [cell.text for cell in table.cells if cell.row == 3 and cell.text] == [
        "一、本年新收政府信息公开申请数量",
        *figures(1),
    ]


@needs_libreoffice
def test_a_damaged_old_file(old_files, tmp_path):
    path = tmp_path / "cut.doc"
    path.write_bytes((old_files / "report.doc").read_bytes()[:9000] + stream("WordDocument"))
    with pytest.raises(UnreadableFile, match="LibreOffice cannot read it") as caught:
        read(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [OLE + stream("WordDocument"), rb"{\rtf1 a}"], ids=["doc", "rtf"])
def test_without_libreoffice_the_error_says_how_to_get_it(monkeypatch, tmp_path, data):
    monkeypatch.setattr(word_convert, "program", lambda: None)
    path = tmp_path / "report.doc"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"install LibreOffice .* or save the file as \.docx"):
        read(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (OLE + stream("EncryptedPackage"), "protected by a password"),
        (OLE + stream("Workbook"), "no Word file"),
        (OLE, "no Word file"),
        (b"just text", "no Word file"),
        (b"", "empty"),
    ],
    ids=["locked", "workbook", "unknown", "text", "empty"],
)
def test_what_is_refused_before_any_conversion(monkeypatch, data, reason):
    monkeypatch.setattr(word_convert, "_run", lambda *_: pytest.fail("nothing is to be run"))
    with pytest.raises(UnreadableFile, match=reason):
        word_convert.to_docx(data, Path("report.doc"))


@pytest.mark.skipif(sys.platform == "win32", reason="the program that hangs is a shell script")
def test_a_program_that_hangs_is_stopped_with_its_children(monkeypatch, tmp_path):
    hangs = tmp_path / "soffice"
    hangs.write_text(f"#!/bin/sh\n(sleep 3; touch {tmp_path / 'still-alive'}) &\nwait\n", encoding="utf-8")
    hangs.chmod(0o755)
    monkeypatch.setattr(word_convert, "program", lambda: str(hangs))
    monkeypatch.setattr(word_convert, "_SECONDS", 0.5)
    start = time.perf_counter()
    with pytest.raises(UnreadableFile, match="could not read it in"):
        word_convert.to_docx(rb"{\rtf1 a}", Path("report.rtf"))
    assert time.perf_counter() - start < 3
    time.sleep(max(0.0, 3.5 - (time.perf_counter() - start)))
    assert not (tmp_path / "still-alive").exists()
