"""Word files made in the tests: by python-docx, and from raw markup for what python-docx cannot write."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
from html_pages import COLUMNS, ROWS, SINGLE, figures

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W = f'xmlns:w="{_TRANSITIONAL}"'
_NAMESPACES = (
    f"{_W} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def raw_docx(body: str, main: str = "word/document.xml", strict: bool = False, **parts: str) -> bytes:
    """A .docx with this body; `parts` are the contents of styles, numbering, footnotes."""
    names = _NAMESPACES.replace(_TRANSITIONAL, _STRICT) if strict else _NAMESPACES
    folder, name = main.rsplit("/", 1)
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _relationships({"officeDocument": main}),
            main: f"<w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>",
            f"{folder}/_rels/{name}.rels": _relationships({part: f"{part}7.xml" for part in parts}),
            **{f"{folder}/{part}7.xml": f"<w:{part} {_W}>{content}</w:{part}>" for part, content in parts.items()},
        }
    )


def packed(members: dict[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relationships(targets: dict[str, str]) -> str:
    items = "".join(f'<Relationship Id="r{k}" Type="{_OFFICE}/{k}" Target="{v}"/>' for k, v in targets.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
    )


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    """A cell; bare text becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def save_report(path: Path) -> None:
    """A report with a heading, prose and table 三, as python-docx writes it."""
    path.write_bytes(_report())


@cache
def _report() -> bytes:
    document = docx.Document()
    document.core_properties.title = "某局2023年政府信息公开工作年度报告"
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("2023年，我局主动公开政府信息316条。")
    table = document.add_table(len(ROWS) + 6, len(COLUMNS) + 3)
    table.style = "Table Grid"
    last = len(ROWS) + 5

    def put(text: str, top: int, left: int, bottom: int | None = None, right: int | None = None) -> None:
        corner = table.cell(top if bottom is None else bottom, left if right is None else right)
        table.cell(top, left).merge(corner).text = text

    put("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 0, 0, 2, 2)
    put("申请人情况", 0, 3, 0, 9)
    put("自然人", 1, 3, 2, 3)
    put("法人或其他组织", 1, 4, 1, 8)
    put("总计", 1, 9, 2, 9)
    for i, label in enumerate(COLUMNS[1:6]):
        put(label, 2, 4 + i)
    put("一、本年新收政府信息公开申请数量", 3, 0, 3, 2)
    put("二、上年结转政府信息公开申请数量", 4, 0, 4, 2)
    put("三、本年度办理结果", 5, 0, last - 1, 0)
    put("四、结转下年度继续办理", last, 0, last, 2)
    for i, (group, height, label) in enumerate(ROWS):
        if group:
            put(group, 5 + i, 1, 4 + i + height, 1)
        put(label, 5 + i, 1 if i in SINGLE else 2, 5 + i, 2)
    for row in range(3, last + 1):
        for column, figure in enumerate(figures(row - 2)):
            put(figure, row, 3 + column)
    document.add_paragraph("六、其他需要报告的事项")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
