"""A panel to look at without one of one's own: the invented corpus of the source tree, put through a run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.errors import UnreadableFile

FOLDER = Path(__file__).parents[4] / "data" / "example_corpus"


@cache
def _kept() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="gongkai-")


@cache
def example_store() -> str:
    """The folder of the example's panel, made when first asked for and removed at the end of the program.

    Raises UnreadableFile where the example corpus is not there, as in an installed package.
    """
    from gongkai.corpus.run import run

    if not FOLDER.is_dir():
        raise UnreadableFile("data/example_corpus", "is part of the source tree only; give the folder of a panel")
    run(str(FOLDER), _kept().name)
    return _kept().name
