"""One invented report in every format that gongkai reads: `python -m benchmarks.examples` writes data/raw/examples."""

from __future__ import annotations

from pathlib import Path

from benchmarks.synthetic import layouts  # noqa: F401  (fills the registry)
from benchmarks.synthetic.converters import convert
from benchmarks.synthetic.corpus import draw
from benchmarks.synthetic.layouts import scanned  # noqa: F401  (scans become layouts)
from benchmarks.synthetic.registry import LAYOUTS

FOLDER = Path(__file__).parents[1] / "data" / "raw" / "examples"
SEED = 236
EXAMPLES = {
    "ruled.pdf": "pdf_ruled",
    "web_page.html": "html_cms",
    "word.docx": "docx_merged",
    "table.md": "pipes_blank",
    "text.txt": "spaces_aligned",
    "scan.pdf": "scan_mild",
}


def main() -> None:
    """Write every example."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, layout_name in EXAMPLES.items():
        layout = LAYOUTS[layout_name]
        contents = [draw(layout, SEED, damages=())[0]]
        for converter in layout.chain:
            contents = convert(converter, contents)
        (FOLDER / name).write_bytes(contents[0])


if __name__ == "__main__":
    main()
