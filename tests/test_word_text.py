"""Paragraphs of Word files: runs joined, tracked changes settled, headings and Chinese list numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import p, raw_docx, save_report, tbl, tr

from gongkai.document import Document, Grid
from gongkai.errors import UnreadableFile
from gongkai.readers.word import read
from gongkai.readers.word_styles import chinese_number


@pytest.fixture
def document(tmp_path: Path):
    """The Document of a .docx with this body and these parts."""

    def of(body: str, **parts: str) -> Document:
        path = tmp_path / "report.docx"
        path.write_bytes(raw_docx(body, **parts))
        return read(path)

    return of


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(run("政府信") + run("息公", "<w:b/>") + run("开20") + run("23"), "政府信息公开2023", id="runs"),
        pytest.param(f"<w:ins>{run('2')}</w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del>", "2", id="tracked"),
        pytest.param(f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新", id="moved"),
        pytest.param(f"<w:hyperlink>{run('a')}</w:hyperlink><w:smartTag>{run('b')}</w:smartTag>", "ab", id="wrapped"),
        pytest.param(f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件", id="content control"),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DATE </w:instrText></w:r>' + run("2024年"),
            "2024年",
            id="field",
        ),
        pytest.param(f'<w:fldSimple w:instr="SEQ">{run("3")}</w:fldSimple>', "3", id="simple field"),
        pytest.param(run("5") + run("1", RAISED), "5[1]", id="note on a figure"),
        pytest.param(run("5") + run("[", RAISED) + run("1", RAISED) + run("]", RAISED), "5[1]", id="note in pieces"),
        pytest.param(run("m") + run("2", RAISED), "m2", id="square metre"),
        pytest.param(run("5", "<w:strike/>") + run("6"), "6", id="struck out"),
        pytest.param(run("5", '<w:strike w:val="0"/>') + run("6"), "56", id="not struck out"),
        pytest.param(run("9", "<w:vanish/>") + run("6"), "6", id="hidden"),
        pytest.param(run("a") + "<w:r><w:tab/></w:r>" + run("b"), "a b", id="tab"),
        pytest.param(run("a") + "<w:r><w:noBreakHyphen/></w:r>" + run("b"), "a-b", id="hyphen"),
        pytest.param("<m:oMath><m:r><m:t>25</m:t></m:r></m:oMath>", "25", id="formula"),
        pytest.param('<w:r><w:sym w:font="Wingdings" w:char="F030"/></w:r>' + run("1"), "\uf0301", id="symbol"),
        pytest.param(run("\u3000\u3000 缩进 \xa0"), "缩进", id="blanks"),
        pytest.param(
            f"<w:r><w:ruby><w:rt>{run('zhèng')}</w:rt><w:rubyBase>{run('政')}</w:rubyBase></w:ruby></w:r>",
            "政",
            id="ruby",
        ),
    ],
)
def test_the_text_of_a_paragraph(document, content, expected):
    assert texts(document(f"<w:p>{content}</w:p>")) == [expected]


def test_line_breaks_part_a_paragraph(document):
    found = document(f"<w:p>{run('甲')}<w:r><w:br/></w:r>{run('乙')}</w:p><w:p/>{p('丙')}")
    assert [(block.text, str(block.place)) for block in found.blocks] == [
        ("甲", "paragraph 1"),
        ("乙", "paragraph 1"),
        ("丙", "paragraph 3"),
    ]


def test_text_boxes_are_read_once_after_their_paragraph(document):
    box = f"<w:txbxContent>{p('框中')}{tbl(tr('a', 'b'), tr('1', '2'))}</w:txbxContent>"
    found = document(
        f"<w:p>{run('前')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('后')}</w:p>"
    )
    assert [block.text if not isinstance(block, Grid) else "grid" for block in found.blocks] == ["前后", "框中", "grid"]


def test_paragraphs_in_content_controls_and_alternatives(document):
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt><w:customXml>{p('乙')}</w:customXml>"
        f"<w:ins>{p('丙')}</w:ins><w:del>{p('删')}</w:del>"
        f"<mc:AlternateContent><mc:Choice Requires='x'>{p('丁')}</mc:Choice><mc:Fallback>{p('丁')}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert texts(document(body)) == ["甲", "乙", "丙", "丁"]


def test_headings_by_style_by_outline_and_by_the_style_below(document):
    styles = (
        '<w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="b2"><w:name w:val="自定义"/><w:basedOn w:val="a1"/></w:style>'
        '<w:style w:styleId="c3"><w:name w:val="正文"/><w:basedOn w:val="c3"/></w:style>'
        '<w:style w:styleId="d4"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    styled = "".join(p(id, f'<w:pStyle w:val="{id}"/>') for id in ("a1", "b2", "c3", "d4", "missing"))
    levels = p("own", '<w:outlineLvl w:val="1"/>') + p("body", '<w:outlineLvl w:val="9"/>')
    found = document(styled + levels, styles=styles)
    assert {block.text for block in found.blocks if block.heading} == {"a1", "b2", "d4", "own"}


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(depth: int, format: str, text: str, start: int = 1) -> str:
    content = f'<w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{content}</w:lvl>'


def test_chinese_numbers_of_lists_are_part_of_the_text(document):
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{level(0, "chineseCountingThousand", "%1、")}'
        f"{level(1, 'chineseCounting', '（%2）')}{level(2, 'decimal', '%3.')}</w:abstractNum>"
        f'<w:abstractNum w:abstractNumId="8">{level(0, "japaneseCounting", "%1、", start=4)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    body = (
        numbered("总体情况", 1)
        + numbered("主动公开", 1, 1)
        + numbered("依申请公开", 1, 1)
        + numbered("其他", 1, 2)
        + numbered("主动公开政府信息情况", 1)
        + numbered("甲", 1, 1)
        + numbered("行政复议", 2)
        + numbered("无此表", 5)
    )
    assert texts(document(body, numbering=numbering)) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "其他",
        "二、主动公开政府信息情况",
        "（一）甲",
        "四、行政复议",
        "无此表",
    ]


def test_a_list_number_of_a_style(document):
    used = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:styleId="h"><w:name w:val="heading 1"/>{used}</w:style>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCounting", "%1、")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = p("总体情况", '<w:pStyle w:val="h"/>') + p("问题", '<w:pStyle w:val="h"/>')
    assert texts(document(body, styles=styles, numbering=numbering)) == ["一、总体情况", "二、问题"]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "100")],
)
def test_chinese_numerals(number, text):
    assert chinese_number(number) == text


def test_footnotes_are_marked_and_follow_the_text(document):
    footnotes = f'<w:footnote w:id="2">{p("其中修订16件")}</w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = f"<w:p>{run('22')}{reference.format(2)}</w:p><w:p>{run('甲')}{reference.format(9)}</w:p>"
    assert texts(document(body, footnotes=footnotes)) == ["22[1]", "甲", "[1] 其中修订16件"]


def test_what_is_struck_out_is_said(document):
    found = document(f"<w:p>{run('5', '<w:dstrike/>')}{run('6')}</w:p>")
    assert found.notes == ["struck out, and left out: 1"]


def test_what_is_not_read_is_said(document, tmp_path):
    picture = (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'
    )
    assert document(f"<w:p>{run('甲')}{picture}</w:p>").notes == ["pictures, not read: 1"]
    with pytest.raises(
        UnreadableFile, match="no text; pictures, not read: 1; documents in another format, not read: 1"
    ):
        document(f"<w:p>{picture}</w:p><w:altChunk/>")


def test_the_strict_form_of_the_format(tmp_path):
    path = tmp_path / "strict.docx"
    path.write_bytes(raw_docx(p("甲"), strict=True))
    assert texts(read(path)) == ["甲"]


def test_a_main_part_with_another_name(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(raw_docx(p("甲"), main="word/document2.xml"))
    assert texts(read(path)) == ["甲"]


def test_metadata_and_kind(tmp_path):
    save_report(tmp_path / "report.docx")
    found = read(tmp_path / "report.docx")
    assert found.metadata["title"] == "某局2023年政府信息公开工作年度报告"
    assert (found.source, found.format, found.wrapped, found.notes) == ("report.docx", "word", False, [])
    assert found.blocks[0].heading
