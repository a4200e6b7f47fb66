"""Pages of government sites as browsers save them: made in the tests, with the markup that such pages have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongkai.document import Document
from gongkai.readers.html import read

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
# The rows of table 三 (form of 2021): the group that a row opens and its height, and the row's own label.
ROWS = (
    ("", 0, "（一）予以公开"),
    ("", 0, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("（三）不予公开", 8, "1.属于国家秘密"),
    ("", 0, "2.其他法律行政法规禁止公开"),
    ("", 0, "3.危及“三安全一稳定”"),
    ("", 0, "4.保护第三方合法权益"),
    ("", 0, "5.属于三类内部事务信息"),
    ("", 0, "6.属于四类过程性信息"),
    ("", 0, "7.属于行政执法案卷"),
    ("", 0, "8.属于行政查询事项"),
    ("（四）无法提供", 3, "1.本机关不掌握相关政府信息"),
    ("", 0, "2.没有现成信息需要另行制作"),
    ("", 0, "3.补正后申请内容仍不明确"),
    ("（五）不予处理", 5, "1.信访举报投诉类申请"),
    ("", 0, "2.重复申请"),
    ("", 0, "3.要求提供公开出版物"),
    ("", 0, "4.无正当理由大量反复申请"),
    ("", 0, "5.要求行政机关确认或重新出具已获取信息"),
    (
        "（六）其他处理",
        3,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    ("", 0, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("", 0, "3.其他"),
    ("", 0, "（七）总计"),
)
SINGLE = frozenset({0, 1, 21})  # rows whose label fills both columns of labels
PROSE = (
    "<p>2023年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，"
    "全年通过门户网站主动公开政府信息316条，办理依申请公开21件，均按期答复。</p>"
) * 4


def pasted(text: str) -> str:
    """Text as Word pastes it into an editor: spans and fonts around parts of it, empty o:p, blanks and line ends."""
    half = len(text) // 2
    return (
        f'\n  <p class="MsoNormal" align="center" style="text-align:center;mso-pagination:widow-orphan">'
        f'<span style="font-size:10.5pt;font-family:宋体">{text[:half]}</span>'
        f'<font face="仿宋"><span lang="EN-US">{text[half:]}<o:p></o:p></span></font></p>\n '
    )


def figures(row: int) -> list[str]:
    """Figures that no other cell of the table has, so that a wrong place shows."""
    return [str(100 * row + column) for column in range(len(COLUMNS))]


def requests_table(close: bool = True, dress=pasted) -> str:
    """Table 三 with its header of three rows and its labels over several rows; `close` false: no </td>, no </tr>."""
    end_cell, end_row = ("</td>", "</tr>") if close else ("", "")

    def cell(text: str, **spans: int) -> str:
        attributes = "".join(f' {name}="{value}"' for name, value in spans.items() if value > 1)
        return f'<td width="60"{attributes} valign="top">{dress(text)}{end_cell}'

    def row(*cells: str) -> str:
        return f"<tr>{''.join(cells)}{end_row}\n"

    head = [
        row(
            cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", colspan=3, rowspan=3),
            cell("申请人情况", colspan=7),
        ),
        row(cell("自然人", rowspan=2), cell("法人或其他组织", colspan=5), cell("总计", rowspan=2)),
        row(*(cell(label) for label in COLUMNS[1:6])),
        row(cell("一、本年新收政府信息公开申请数量", colspan=3), *map(cell, figures(1))),
        row(cell("二、上年结转政府信息公开申请数量", colspan=3), *map(cell, figures(2))),
    ]
    body = []
    for i, (group, height, label) in enumerate(ROWS):
        labels = [cell("三、本年度办理结果", rowspan=len(ROWS))] if i == 0 else []
        labels += [cell(group, rowspan=height)] if group else []
        labels += [cell(label, colspan=2 if i in SINGLE else 1)]
        body.append(row(*labels, *map(cell, figures(i + 3))))
    foot = row(cell("四、结转下年度继续办理", colspan=3), *map(cell, figures(25)))
    return f'<table border="1" cellspacing="0" class="MsoTableGrid"><tbody>{"".join(head + body)}{foot}</tbody></table>'


def article(*tables: str) -> str:
    return (
        f"<p><strong>一、总体情况</strong></p>{PROSE}<p>三、收到和处理政府信息公开申请情况</p>"
        f"{''.join(tables)}<p>五、存在的主要问题及改进情况</p>{PROSE}<p>六、其他需要报告的事项</p><p>无。</p>"
    )


def site_page(body: str, charset: str = "utf-8", holder: str = '<div class="TRS_Editor" id="zoom">{}</div>') -> str:
    """A page of a site: menus, crumbs, a table of metadata, the article, share buttons, a footer."""
    menu = "".join(f'<li><a href="/col{n}/">政府信息公开目录栏目{n}</a></li>' for n in range(60))
    return f"""<!DOCTYPE html>
<!-- saved from url=(0042)http://www.example.gov.cn/xxgk/t1.html -->
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>某市某区教育局2023年政府信息公开工作年度报告_某市某区人民政府</title>
<meta name="ArticleTitle" content="某市某区教育局2023年政府信息公开工作年度报告">
<meta name="PubDate" content="2024-01-22 15:32">
<meta name="ContentSource" content="区教育局">
<style>.hide{{display:none}}</style><script>var a = "<table><tr><td>99</td></tr></table>";</script>
</head><body>
<div class="header"><div class="nav"><ul>{menu}</ul></div></div>
<div class="wrap"><div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">信息公开年报</a></div>
<div class="main">
<table class="xxgk">
<tr><td>索&nbsp;引&nbsp;号：</td><td>01234/2024-00012</td><td>发布机构：</td><td>某市某区教育局</td></tr>
<tr><td>成文日期：</td><td>2024年1月20日</td><td>主题分类：</td><td>政府信息公开年报</td></tr></table>
<h1>某市某区教育局2023年政府信息公开工作年度报告</h1>
<div class="info">发布时间：2024-01-22 15:32 &nbsp; 来源：区教育局 &nbsp; 浏览次数：<span id="hits">123</span></div>
{holder.format(body)}
<div class="share"><a href="javascript:window.print()">打印</a><a href="javascript:window.close()">关闭</a></div>
</div></div>
<div class="footer"><p>主办：某市某区人民政府办公室　网站标识码：1234560001　备案号：某ICP备00000001号</p></div>
</body></html>"""


def grid_rows(grid) -> Sequence[Sequence[str]]:
    """The texts of a grid, row by row."""
    return [[cell.text for cell in row] for row in grid.rows()]


def requests_document(folder: Path) -> Document:
    """A report with nothing but its title and table 三, read."""
    path = folder / "report.html"
    title = "<h1>某局2023年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p>"
    path.write_text(title + requests_table(dress=str), encoding="utf-8")
    return read(path)
