"""A small invented corpus for the panel's notebook: `python -m benchmarks.example_corpus` writes data/example_corpus.

Organs of every level over five years, across the change of forms in 2021. It has what a real folder has: slips in the
arithmetic, habits of printing, text taken over from others, the same report twice, and files that are no report.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

from benchmarks.synthetic import layouts  # noqa: F401  (fills the registry)
from benchmarks.synthetic.defects import inject
from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.figures import make_figures
from benchmarks.synthetic.flow import make_flow
from benchmarks.synthetic.names import Organ
from benchmarks.synthetic.pairs import figures_before
from benchmarks.synthetic.printing import print_cells
from benchmarks.synthetic.registry import LAYOUTS
from benchmarks.synthetic.truth import Item, Truth
from gongkai.forms import form_for_year, load_form

FOLDER = Path(__file__).parents[1] / "data" / "example_corpus"
YEARS = range(2019, 2024)
# The places are invented; the provinces are there so that the notebook has some to tell apart.
ORGANS = (
    Organ((), "江苏省公共数据厅", "江苏省公共数据厅", "province", "department", "我厅"),
    Organ(("江苏省",), "云梦泽市人民政府", "云梦泽市人民政府", "prefecture", "government", "我市"),
    Organ(("江苏省", "云梦泽市"), "青石区人民政府", "云梦泽市青石区人民政府", "county", "government", "我区"),
    Organ(("江苏省", "云梦泽市"), "青石区民政局", "云梦泽市青石区民政局", "county", "department", "我局"),
    Organ(("江苏省", "云梦泽市"), "白鹭县教育局", "云梦泽市白鹭县教育局", "county", "department", "我局"),
    Organ(("江苏省", "云梦泽市", "白鹭县"), "长堤镇人民政府", "白鹭县长堤镇人民政府", "township", "government", "我镇"),
    Organ(("四川省",), "锦屏山市自然资源局", "锦屏山市自然资源局", "prefecture", "department", "我局"),
    Organ(("四川省", "锦屏山市"), "竹海县人民政府", "锦屏山市竹海县人民政府", "county", "government", "我县"),
    Organ(("四川省", "锦屏山市"), "竹海县财政局", "锦屏山市竹海县财政局", "county", "department", "我局"),
    Organ(("四川省", "锦屏山市"), "竹海县水利局", "锦屏山市竹海县水利局", "county", "department", "我局"),
    Organ(("重庆市",), "石桥铺区司法局", "重庆市石桥铺区司法局", "county", "department", "我局"),
    Organ(("重庆市",), "石桥铺区人民政府", "重庆市石桥铺区人民政府", "county", "government", "我区"),
)
# Text that some organs took over from each other, and from which year on.
COPIED = (
    "同时，个别业务科室对公开工作与日常业务的关系认识不到位，存在重办理轻公开、重数量轻质量的现象，公开时效难以保证。"
    "为此建立月提醒、季通报、年考核的闭环机制，把公开责任落实到岗到人，并邀请企业和群众代表开展体验式评议。"
)
COPIERS = {
    "云梦泽市青石区民政局": 2020,
    "云梦泽市白鹭县教育局": 2021,
    "锦屏山市竹海县财政局": 2021,
    "锦屏山市竹海县水利局": 2022,
}
LAYOUT = "pipes_blank"


def truths(organ: Organ) -> list[Truth]:
    """The organ's reports of every year, the newest first; carried over and in force agree across the years."""
    rng = Random(f"example {organ.full}")
    forms = dict.fromkeys(("disclosure", "requests", "litigation"), "2021")
    figures, found = make_figures(rng, organ, forms), []
    for year in reversed(YEARS):
        form = form_for_year(year)
        assert form is not None
        used = dict.fromkeys(forms, form.id)
        consistent = figures if form.id == "2021" else _on_trial_form(rng, organ, figures, used)
        found.append(_truth(rng, organ, year, used, consistent))
        figures = figures_before(rng, figures, forms)
    return found


def _on_trial_form(rng: Random, organ: Organ, figures: dict[str, float], forms: dict[str, str]) -> dict[str, float]:
    """The figures on the form of 2019: its three kinds of other outcome are one, its table 二 is drawn anew."""
    trial, others = make_figures(rng, organ, forms), "requests/other_"
    for id, value in figures.items():
        if id.startswith(("requests/", "litigation/")) and not id.startswith(others):
            trial[id] = value
    for column in load_form("2019").tables["requests"].rows[0].columns:
        parts = (id for id in figures if id.startswith(others) and id.endswith(f"/{column.id}"))
        trial[f"requests/other/{column.id}"] = sum(figures[id] for id in parts)
    return trial


def _truth(rng: Random, organ: Organ, year: int, forms: dict[str, str], figures: dict[str, float]) -> Truth:
    published = dt.date(year + 1, 1, 8) + dt.timedelta(days=rng.randint(0, 60))
    printed, defects = inject(Random(f"defects {organ.full} {year}"), figures, forms)
    flow = make_flow(rng, organ, year, published, load_form(forms["disclosure"]), figures)
    if COPIERS.get(organ.name, 9999) <= year:
        flow = _with_copied(flow)
    cells = print_cells(Random(f"printing {organ.full}"), printed, forms)
    title = Item("title", f"{organ.full}{year}年政府信息公开工作年度报告")
    flow = (title, *(item for item in flow if item.kind != "title"))
    return Truth(year, organ, year, published, forms, figures, cells, flow, defects)


def _with_copied(flow: tuple[Item, ...]) -> tuple[Item, ...]:
    """The text with the passage at the end of the section on problems."""
    last = max((at for at, item in enumerate(flow) if item.section == "problems"), default=None)
    if last is None:
        return flow
    return (*flow[: last + 1], Item("paragraph", COPIED, "problems"), *flow[last + 1 :])


def main() -> None:
    """Write the corpus: one folder a year."""
    for organ in ORGANS:
        for truth in truths(organ):
            folder = FOLDER / str(truth.year)
            folder.mkdir(parents=True, exist_ok=True)
            draft = Draft.of(truth, LAYOUT)
            (folder / f"{organ.name}.md").write_bytes(LAYOUTS[LAYOUT].render(draft))
    last = FOLDER / str(YEARS[-1])
    twin = last / f"{ORGANS[3].name}.md"
    (last / f"{ORGANS[3].name}（网页）.md").write_bytes(b"\n\n" + twin.read_bytes())
    (last / "会议通知.md").write_text("关于召开政务公开工作会议的通知\n\n请各科室负责人准时参加。\n", encoding="utf-8")
    (last / "扫描件.pdf").write_bytes(b"%PDF-1.4\n% an upload that broke off\n")


if __name__ == "__main__":
    main()
