"""Generated parts of a Markdown file stand between two comments."""

from __future__ import annotations

from pathlib import Path


def replace_between(path: Path, name: str, content: str) -> None:
    """Put `content` between `<!-- name:begin -->` and `<!-- name:end -->`; ValueError when there is no such part."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{path}: no part named {name}")
    path.write_text(f"{before}{begin}\n{content}\n{end}{after}", encoding="utf-8")
