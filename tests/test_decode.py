"""Bytes become text without mojibake."""

from __future__ import annotations

import contextlib
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.errors import UnreadableFile
from gongkai.readers.decode import decode, detect

PROSE = "根据《中华人民共和国政府信息公开条例》第五十条，现公布２０２１年度报告。本年新收申请2件，其中予以公开1件。"
TRADITIONAL = (
    "根據《政府信息公開條例》的規定，現公布本機關年度報告。收到和處理政府信息公開申請情況：予以公開、無法提供。"
)
TABLE = "<td>总计</td><td>0</td><td>无</td><td>—</td>" * 3


@pytest.mark.parametrize("text", [PROSE, TABLE, "政府", "联通", "2021年", "申请0件"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_simplified_text_in_every_usual_encoding(text, encoding):
    assert decode(text.encode(encoding), "x.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_traditional_text_in_every_usual_encoding(encoding):
    assert decode(TRADITIONAL.encode(encoding), "x.txt") == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [PROSE, "一、一般情况需要公开\n0\t0\t0", "plain words only"])
def test_utf16_without_a_byte_order_mark(text, encoding):
    assert decode(text.encode(encoding), "x.txt") == text


@pytest.mark.parametrize(
    "declared", ["gb2312", "GBK", "utf-8", "big5", "iso-8859-1", "hex", "no such", "undefined", ""]
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_declaration_does_no_harm(encoding, declared):
    assert decode(PROSE.encode(encoding), "x.html", declared) == PROSE


def test_a_page_declared_gb2312_may_use_characters_of_gbk():
    text = "镕、喆、堃、㑇：" + PROSE
    assert decode(text.encode("gb18030"), "x.html", "gb2312") == text


def test_a_declaration_decides_where_the_text_is_not_chinese():
    text = "Rapport annuel de la préfecture: demandes reçues, où, à qui, par qui; çà et là, dès lors, tôt, même"
    assert decode(text.encode("cp1252"), "x.html", "windows-1252") == text


def test_a_cut_character_is_shown_and_the_rest_kept():
    cut = PROSE.encode("utf-8")[:-2] + b"<td>12</td>" + PROSE.encode("utf-8")
    assert decode(cut, "x.html") == PROSE[:-1] + "\ufffd<td>12</td>" + PROSE


@pytest.mark.parametrize(
    "data",
    [b"\x00" * 100, bytes(range(256)) * 10, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"ab\x01\x02\x03\x04" * 50],
    ids=["zeros", "all bytes", "png", "controls"],
)
def test_binary_data_is_refused(data):
    with pytest.raises(UnreadableFile, match="binary") as caught:
        decode(data, "x.txt")
    assert "\n" not in str(caught.value)


def test_empty_data_is_refused():
    with pytest.raises(UnreadableFile, match="empty"):
        decode(b"", "x.txt")


def test_two_encodings_in_one_file_are_refused():
    mixed = PROSE.encode("utf-8") * 3000 + PROSE.encode("gb18030") * 3000
    with pytest.raises(UnreadableFile, match="damaged"):
        decode(mixed, "x.txt")


def test_detect_names_the_encoding():
    assert detect(PROSE.encode("gbk"), "x") == "gb18030"
    assert detect(b"plain", "x") == "ascii"


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from([None, "gbk", "utf-16", "unicode_escape"]))
def test_any_bytes_give_text_or_one_clear_error(data, declared):
    with contextlib.suppress(UnreadableFile):
        assert isinstance(decode(data, "x", declared), str)


def test_random_bytes_are_no_text():
    with pytest.raises(UnreadableFile):
        decode(os.urandom(4000), "x")
