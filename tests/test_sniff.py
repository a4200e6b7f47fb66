"""What kind of file something is, by its content."""

from pathlib import Path

import pytest

from gongkai.readers.sniff import sniff


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"title": "洪泽区财政局2023年政府信息公开工作年度报告"}', "JSON file"),
        ('\ufeff[\n  {"id": 1}\n]', "JSON file"),
        ("[大 中 小] 洪泽区财政局2023年政府信息公开工作年度报告", "text"),
        ("{规章}洪泽区财政局", "text"),
        ("<p>洪泽区财政局</p>", "html"),
        ("<div align='center'>\n\n# 洪泽区财政局2023年政府信息公开工作年度报告\n</div>", "text"),
        ("<p>洪泽区财政局</p>\n\n| 规章 | 0 |\n|---|:-:|\n", "text"),
        ("<body><p># 洪泽区财政局</p>\n# 2\n", "html"),
    ],
)
def test_kind(tmp_path: Path, content: str, kind: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(content, encoding="utf-8")
    assert sniff(path) == kind


@pytest.mark.parametrize(
    ("start", "kind"), [(b"RIFF\x10\0\0\0WEBPVP8 ", "image"), (b"\0\0\0\x0cjP  \r\n\x87\n", "image")]
)
def test_kind_of_a_picture(tmp_path: Path, start: bytes, kind: str) -> None:
    path = tmp_path / "report"
    path.write_bytes(start + bytes(100))
    assert sniff(path) == kind
