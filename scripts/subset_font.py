"""Make the fonts that gongkai's figures ship with: Noto Sans CJK SC cut down to the characters of GB 2312.

    pip install fonttools
    python scripts/subset_font.py /usr/share/fonts/opentype/noto src/gongkai/narrative/fonts

The first folder holds NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc (Debian: fonts-noto-cjk). The family is renamed,
so that a program never takes the subset for the complete font.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

SOURCE_FAMILY = "Noto Sans CJK SC"
FAMILY = "Gongkai Sans SC"
SYMBOLS = "←↑→↓↔↳─│┌┐└┘├┤■□▲▼▶◀●○◆◇✓✗×−–—…‘’“”‰′″㎡℃①②③④⑤⑥⑦⑧⑨⑩"


def characters() -> set[int]:
    """ASCII, Latin-1, punctuation, full-width forms and every character of GB 2312."""
    lead, trail = range(0xA1, 0xFF), range(0xA1, 0xFF)
    pairs = (bytes((high, low)).decode("gb2312", "ignore") for high in lead for low in trail)
    blocks = (range(0x20, 0x7F), range(0xA0, 0x100), range(0x3000, 0x3020), range(0xFF01, 0xFF5F))
    return (
        {ord(char) for pair in pairs for char in pair}
        | {code for block in blocks for code in block}
        | set(map(ord, SYMBOLS))
    )


def subset(source: Path, target: Path, style: str) -> None:
    """Write the subset of `source`'s simplified-Chinese face to `target`."""
    collection = TTCollection(source)
    font = next(font for font in collection.fonts if font["name"].getDebugName(1).startswith(SOURCE_FAMILY))
    options = Options()
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.layout_features = []
    options.hinting = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    rename(font, style)
    font.save(target)


def rename(font: TTFont, style: str) -> None:
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"GongkaiSansSC-{style}"}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 13, 14)]
    for id, text in names.items():
        table.setName(text, id, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [names[6]]
    top = font["CFF "].cff.topDictIndex[0]
    top.FullName, top.FamilyName = names[4], FAMILY
    # The date of making would give other bytes at every run.
    font.recalcTimestamp = False


if __name__ == "__main__":
    folder, output = map(Path, sys.argv[1:3])
    for style in ("Regular", "Bold"):
        subset(folder / f"NotoSansCJK-{style}.ttc", output / f"GongkaiSansSC-{style}.otf", style)
