"""Pages that are damaged or meant to do harm: one clear error or success, quickly, with nothing executed or fetched."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gongkai.document import Grid
from gongkai.errors import UnreadableFile
from gongkai.readers.html import read

HEAD = "<html><head><meta charset=utf-8></head><body>"
SUP = "1<sup>2</sup>"


@pytest.fixture
def attempt(tmp_path: Path):
    """Read the page; gives the Document, or the error's reason, and fails when that takes long."""

    def of(content: str | bytes):
        path = tmp_path / "page.html"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        start = time.perf_counter()
        try:
            return read(path)
        except UnreadableFile as error:
            message = str(error)
        finally:
            assert time.perf_counter() - start < 10
        assert message.startswith(f"{path}: ")
        assert "\n" not in message
        return message

    return of


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(HEAD + "<p>政府信息公开</p>" * 1_000_000, "MB of markup", id="a million paragraphs"),
        pytest.param(HEAD + "x" * 25_000_000, "MB of markup", id="25 MB of text"),
        pytest.param(HEAD + "<div>" * 10_000 + "x", "nested too deep", id="deep div"),
        pytest.param(HEAD + "<table><tr><td>" * 10_000 + "x", "nested too deep", id="deep tables"),
        pytest.param(HEAD + "<p " + " ".join(f"a{n}" for n in range(5000)) + ">x", "attributes", id="attributes"),
        pytest.param(HEAD + "<script>document.write('x')</script>", "no text", id="only a script"),
        pytest.param(HEAD + "<p>&nbsp;\u3000</p>", "no text", id="only blanks"),
        pytest.param("", "empty", id="empty"),
        pytest.param(b"<html>" + bytes(range(256)) * 30, "binary", id="binary"),
        pytest.param("MIME-Version: 1.0\nContent-Type: text/plain\n\nx", "without a page", id="mail without a page"),
    ],
)
def test_a_clear_error(attempt, content, reason):
    assert reason in attempt(content)


@pytest.mark.parametrize(
    ("content", "blocks"),
    [
        pytest.param(HEAD + "<div>" * 1500 + "x" + "</div>" * 1500 + "<p>end", 2, id="1,500 deep"),
        pytest.param(HEAD + "<table><tr><td>a<td>" * 600 + "x", None, id="600 tables in each other"),
        pytest.param(
            HEAD + "<p>正文</p><img src='data:image/png;base64," + "A" * 30_000_000 + "'>", 1, id="big picture"
        ),
        pytest.param(HEAD + "<p>" + SUP * 50_000, 1, id="notes"),
        pytest.param(HEAD + "<p>政" + "\n" * 5_000_000 + "府</p>", 1, id="line ends"),
        pytest.param(HEAD + "<table>" + "<tr><td colspan=60>2<td colspan=60>3" * 15_000, 1, id="wide rows"),
        pytest.param(HEAD + "<table><tr>" + "<td>1" * 20_000, 20_000, id="a row without end"),
        pytest.param(HEAD + "<style>" + "i," * 140_000 + "u{display:none}</style><p>a", 1, id="selectors"),
        pytest.param(
            HEAD + "<style>" + "i b{display:none}" * 25_000 + "</style><p>a" + "<b>b</b>" * 50_000, 1, id="rules"
        ),
        pytest.param(
            HEAD + f"<style>{'b ' * 100}i{{display:none}}</style>" + "<b>" * 200 + "<i>a</i>" * 20_000,
            1,
            id="deep rules",
        ),
    ],
)
def test_a_heavy_page_is_read_in_time(attempt, content, blocks):
    document = attempt(content)
    assert blocks is None or len(document.blocks) == blocks


def test_nothing_is_lost_in_deep_nesting(attempt):
    document = attempt(HEAD + "<font>" * 1000 + "<p>甲</p>" + "<table><tr><td>1<td>2<tr><td>3<td>4</table>乙")
    assert [block.text if not isinstance(block, Grid) else len(block.cells) for block in document.blocks] == [
        "甲",
        4,
        "乙",
    ]


def test_entities_of_a_document_type_are_not_expanded(attempt, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = attempt(
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{lol}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
        "<html><body><p>甲&l9;&file;</p></body></html>"
    )
    text = "".join(block.text for block in document.blocks)
    assert "secret" not in text
    assert "lol" not in text.replace('"lol"', "")
    assert len(text) < 5000


def test_damaged_characters_are_said(attempt):
    document = attempt((HEAD + "<p>收到申请").encode() + b"\xe6\x94" + ("12件" + "公开" * 200).encode())
    assert document.blocks[0].text.startswith("收到申请\ufffd12件")
    assert document.notes == ["damaged characters: 1"]


def test_a_missing_file(tmp_path):
    with pytest.raises(UnreadableFile, match="No such file"):
        read(tmp_path / "none.html")
