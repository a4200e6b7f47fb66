"""Word files that are damaged or meant to do harm: one clear error, quickly and in little memory."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from word_files import p, packed, raw_docx, save_report, tbl, tc, tr

from gongkai.errors import UnreadableFile
from gongkai.readers.word import read

DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def refusal(tmp_path: Path, data: bytes) -> str:
    """The reason for which a file is refused, in one line and in time."""
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    start = time.perf_counter()
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert time.perf_counter() - start < 10
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    return caught.value.reason


def lying(data: bytes, size: int) -> bytes:
    """The archive with another size declared for all of its members."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.find(mark)
        while start >= 0:
            changed[start + offset : start + offset + 4] = struct.pack("<I", size)
            start = data.find(mark, start + 4)
    return bytes(changed)


@pytest.mark.parametrize("cut", [10, 1000, -10, -2000])
def test_a_file_that_is_cut_off(tmp_path, cut):
    save_report(tmp_path / "whole.docx")
    assert "damaged" in refusal(tmp_path, (tmp_path / "whole.docx").read_bytes()[:cut])


def test_a_file_with_a_damaged_part(tmp_path):
    data = bytearray(raw_docx(p("甲") * 500))
    start = data.find(b"word/document.xml") + 40
    data[start : start + 30] = b"\x00" * 30
    assert "damaged" in refusal(tmp_path, bytes(data))


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"a.txt": "x"}, "without a Word document"),
        ({"xl/workbook.xml": "<workbook/>"}, "an Excel workbook"),
        ({"OFD.xml": "<OFD/>"}, "an OFD file; save it as PDF"),
        ({"word/document.xml": "<html/>"}, "without a Word document"),
        ({"word/document.xml": "<w:document>"}, "damaged"),
        ({"word/document.xml": DOCUMENT.format("")}, "no text"),
        ({"word/document.xml": DOCUMENT.format("<w:p/>")}, "no text"),
        ({f"{n}.xml": "" for n in range(10_001)}, "packed files"),
    ],
    ids=["a zip", "a workbook", "OFD", "other markup", "broken markup", "no content", "no text", "too many parts"],
)
def test_archives_that_are_no_word_file(tmp_path, members, reason):
    assert reason in refusal(tmp_path, packed(members))


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    bomb = packed({"word/document.xml": b" " * 200_000_000})
    tracemalloc.start()
    assert "larger than 30 MB" in refusal(tmp_path, bomb)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_zip_bomb_that_declares_a_small_size(tmp_path):
    bomb = lying(packed({"word/document.xml": b" " * 200_000_000}), 1000)
    tracemalloc.start()
    assert "damaged" in refusal(tmp_path, bomb)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_half_a_million_tags(tmp_path):
    assert "tags" in refusal(tmp_path, raw_docx("<w:p/>" * 500_001))


def test_a_locked_part(tmp_path):
    data = raw_docx(p("甲"))
    locked = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            locked[start + offset] |= 1
            start = data.find(mark, start + 4)
    assert "cannot be unpacked" in refusal(tmp_path, bytes(locked))


def test_entities_are_not_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    entities = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    body = entities + DOCUMENT.format(p("甲&l9;&file;"))
    reason = refusal(tmp_path, packed({"word/document.xml": body}))
    assert "document type" in reason or "damaged" in reason
    in_attribute = entities + DOCUMENT.format('<w:p w:x="&l9;"/>')
    assert "d" in refusal(tmp_path, packed({"word/document.xml": in_attribute}))


def test_tables_in_tables_without_end(tmp_path):
    body = p("x")
    for _ in range(60):
        body = tbl(tr(tc(body)))
    assert "nested too deep" in refusal(tmp_path, raw_docx(body))


def test_markup_in_markup_without_end(tmp_path):
    reason = refusal(tmp_path, raw_docx("<w:sdt>" * 5000 + p("x") + "</w:sdt>" * 5000))
    assert "damaged" in reason


def test_a_relationship_to_nowhere_does_no_harm(tmp_path):
    members = zipfile.ZipFile(BytesIO(raw_docx(p("甲"), styles="")))
    content = {name: members.read(name).decode() for name in members.namelist() if "styles" not in name}
    content["word/_rels/document.xml.rels"] = content["word/_rels/document.xml.rels"].replace("styles7.xml", "../NULL")
    path = tmp_path / "report.docx"
    path.write_bytes(packed(content))
    assert [block.text for block in read(path).blocks] == ["甲"]


def test_a_heavy_report_is_read_in_time(tmp_path):
    rows = tr(*("1" for _ in range(10))) * 1500
    path = tmp_path / "report.docx"
    path.write_bytes(raw_docx(tbl(rows)))
    start = time.perf_counter()
    (grid,) = read(path).blocks
    assert len(grid.cells) == 15_000
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 3000])
def test_what_is_no_word_file(tmp_path, data):
    assert "no Word file" in refusal(tmp_path, data) or not data


def test_a_missing_file(tmp_path):
    with pytest.raises(UnreadableFile, match="No such file"):
        read(tmp_path / "none.docx")
