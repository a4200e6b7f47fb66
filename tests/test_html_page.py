"""Pages of government sites: the article out of the site, what the page says of itself, encodings, prose."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from html_pages import PROSE, article, requests_table, site_page

from gongkai import readers
from gongkai.document import Document, Grid, Paragraph
from gongkai.errors import UnreadableFile
from gongkai.readers.html import read


@pytest.fixture
def page(tmp_path: Path):
    """The Document of a page given as text or bytes."""

    def of(content: str | bytes, name: str = "page.html") -> Document:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return read(path)

    return of


def prose(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


HOLDERS = [
    '<div class="TRS_Editor" id="zoom">{}</div>',
    "<article>{}</article>",
    '<div class="x1"><div class="x2"><!--StartFragment-->{}</div></div>',
    '<table width="100%"><tr><td><div id="UCAP-CONTENT">{}</div></td></tr></table>',
    "<form><ucapcontent>{}</ucapcontent></form>",
]


@pytest.mark.parametrize("holder", HOLDERS)
def test_the_article_is_read_and_the_site_is_not(page, holder):
    document = page(site_page(article(requests_table()), holder=holder))
    texts = prose(document)
    assert not any("栏目" in text or "备案号" in text for text in texts)
    assert texts.count("一、总体情况") == texts.count("六、其他需要报告的事项") == 1
    assert [len(grid.cells) for grid in grids(document)][-1] == 215
    assert any("read only the article" in note for note in document.notes)


def test_a_site_of_few_links_is_left_out_too(page):
    related = '<div class="related">某局2021年政府信息公开工作年度报告 2022-01-25</div>'
    document = page(f'<body><a href="/">首页</a><div id="zoom">{article(requests_table())}</div>{related}</body>')
    assert not any("2022-01-25" in text for text in prose(document))
    assert len(grids(document)) > 0


def test_the_whole_page_is_kept_when_a_table_stands_outside_the_article(page):
    menu = "".join(f'<a href="{n}">栏目{n}</a>' for n in range(100))
    body = f'<div>{menu}</div><div id="zoom">{PROSE}</div><div>{requests_table()}</div>'
    document = page(f"<body>{body}</body>")
    assert len(grids(document)) == 1
    assert not document.notes


def test_an_article_in_two_parts_is_read_whole(page):
    menu = "".join(f'<li><a href="{n}">栏目{n}</a></li>' for n in range(100))
    parts = f'<div class="TRS_Editor">{article(requests_table())}</div><p>附：补充说明</p>'
    body = f'<ul>{menu}</ul><div class="main">{parts}</div>'
    assert "附：补充说明" in prose(page(f"<body>{body}</body>"))


def test_a_bare_page_pasted_from_word_is_read_whole(page):
    document = page(f"<html><body>{article(requests_table())}</body></html>")
    assert not document.notes
    assert len(grids(document)) == 1


def test_metadata_from_the_head_and_the_table_beside_the_article(page):
    document = page(site_page(article(requests_table())))
    assert document.format == "html"
    assert document.wrapped is False
    assert document.metadata == {
        "title": "某市某区教育局2023年政府信息公开工作年度报告",
        "published": "2024-01-22",
        "organ": "某市某区教育局",
        "charset": "utf-8",
    }


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("<p>发布时间：2022年1月8日　来源：区司法局　字体：[大 中 小]</p>", "published", "2022-01-08"),
        ("<p>来 源：区司法局 &nbsp; 发布时间：2022-01-08 10:22</p>", "organ", "区司法局"),
        ("<p>来源：本站 发布日期：2022-1-8</p>", "organ", None),
        ("<p>来源： 发布日期：2022-1-8</p>", "organ", None),
        ("<dl><dt>发布机构</dt><dd>区司法局</dd></dl>", "organ", "区司法局"),
        ("<ul><li><b>发文机关：</b><span>区司法局</span></li></ul>", "organ", "区司法局"),
        ("<table><tr><td>成文日期<td>2022/01/08<tr><td>发布机构<td>区司法局</table>", "published", "2022-01-08"),
        ("<table><tr><td>生成日期：2022-01-08<td>发布机构：区司法局</table>", "organ", "区司法局"),
        ("<p>发布日期：暂无</p>", "published", None),
        ("<p>无</p>", "title", "标题"),
    ],
)
def test_metadata_from_lines_of_the_page(page, line, key, value):
    document = page(f"<html><head><title>标题</title></head><body>{line}{PROSE}</body></html>")
    assert document.metadata.get(key) == value


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "big5", ""])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding_whatever_is_declared(page, encoding, declared):
    text = site_page(article(requests_table()), charset=declared)
    document = page(text.encode(encoding))
    assert document.metadata["title"] == "某市某区教育局2023年政府信息公开工作年度报告"
    assert document.metadata["charset"] == encoding


def test_xhtml_with_an_encoding_in_its_declaration(page):
    text = (
        f'<?xml version="1.0" encoding="gb2312"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{PROSE}</body></html>'
    )
    assert prose(page(text.encode("gb2312")))[0].startswith("2023年，我局")


def test_traditional_script_in_big5(page):
    text = "<html><head><meta charset=big5></head><body><p>收到和處理政府信息公開申請情況</p></body></html>"
    assert prose(page(text.encode("big5"))) == ["收到和處理政府信息公開申請情況"]


def test_blocks_headings_and_lines_in_order(page):
    document = page(
        "<h2>一、总体<span>情况</span></h2>导语<div>甲<p>乙<br>丙<br/></p>丁</div><ul><li>戊<li>己</ul><pre>庚\n辛</pre>"
        "<noscript>x</noscript><script>y</script><style>z</style><template>w</template><select><option>v</select>"
    )
    assert [(block.text, block.heading) for block in document.blocks] == [
        ("一、总体情况", True),
        *((text, False) for text in ("导语", *"甲乙丙丁戊己庚辛")),
    ]


def test_a_paragraph_names_its_element(page):
    document = page("<div>甲<p>乙</p><p>丙</p>丁</div>")
    assert [str(block.place) for block in document.blocks] == ["div[1]", "p[1]", "p[2]", "div[1]"]


def test_words_that_the_markup_cuts_stay_words(page):
    document = page(
        "<p class=MsoNormal><span>政府</span><font>信<b>息</b></font>公开20<span lang=EN-US>23</span>年<o:p></o:p>，"
        "<![if !supportEmptyParas]>&nbsp;<![endif]>共<u>3</u>件</p>"
    )
    assert prose(document) == ["政府信息公开2023年， 共3件"]


def test_what_is_struck_out_is_left_out_and_said(page):
    document = page("<p>收到<s>5</s>6件</p>")
    assert prose(document) == ["收到6件"]
    assert document.notes == ["struck out, and left out: 1"]


def test_links_to_documents_are_recorded(page):
    body = """<p>详见附件：<a href="./P0202201.pdf">2021年报告.pdf</a>
    <a href="/down.jsp?f=%E6%8A%A5%E5%91%8A.docx&amp;t=1">报告</a>
    <a href="/files/1">年度报告.wps</a> <a href="javascript:x('.pdf')">看</a> <a href="/index.html">首页</a>
    <a href="./P0202201.pdf">下载</a></p><iframe src="/viewer.html?file=/a.PDF"></iframe>"""
    assert page(f"<body>{body}</body>").metadata["attachments"].splitlines() == [
        "./P0202201.pdf",
        "/down.jsp?f=%E6%8A%A5%E5%91%8A.docx&t=1",
        "/files/1",
        "/viewer.html?file=/a.PDF",
    ]


def test_links_of_the_site_are_no_attachments(page):
    body = site_page(article(requests_table())).replace(
        "</body>", '<div class="links"><a href="guide.pdf">办事指南</a></div></body>'
    )
    assert "attachments" not in page(body).metadata


def test_pictures_are_not_read_and_that_is_said(page):
    assert page("<p>如下图：<img src=1.png><img src=2.png></p>").notes == ["pictures, not read: 2"]
    with pytest.raises(UnreadableFile, match="no text, only pictures"):
        page("<p><img src=1.png></p>")


@pytest.mark.parametrize(
    "start",
    [
        "<!-- saved from url=(0042)http://x.gov.cn/ -->\n<!DOCTYPE html>",
        "<!-- a\n-->\n<!-- b --><title>x</title>",
        "\ufeff<html>",
    ],
)
def test_a_page_is_known_by_its_content(tmp_path, start):
    path = tmp_path / "report.doc"
    path.write_text(f"{start}<p>甲</p>", encoding="utf-8")
    assert readers.read(path).format == "html"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_archive_of_a_page_as_browsers_save_it(page, encoding):
    message = EmailMessage()
    message["Subject"] = "年度报告"
    message["Snapshot-Content-Location"] = "http://www.example.gov.cn/t.html"
    message.set_content("", subtype="plain")
    message.make_related()
    html = site_page(article(requests_table()), charset="")
    message.add_related(html.encode(encoding), "text", "html", cte="quoted-printable", params={"charset": encoding})
    message.add_related(b"\x89PNG", "image", "png")
    document = page(message.as_bytes(), "page.mhtml")
    assert document.metadata["published"] == "2024-01-22"
    assert [len(grid.cells) for grid in grids(document)][-1] == 215


def test_an_archive_whose_first_page_only_frames_the_report(page):
    message = EmailMessage()
    message["Subject"] = "年度报告"
    message.set_content("", subtype="plain")
    message.make_related()
    report = site_page(article(requests_table()), charset="").encode("gb18030")
    message.add_related(b'<html><body><iframe src="cid:1"></iframe></body></html>', "text", "html")
    message.add_related(report, "text", "html", params={"charset": "gb18030"})
    assert [len(grid.cells) for grid in grids(page(message.as_bytes(), "page.mhtml"))][-1] == 215
