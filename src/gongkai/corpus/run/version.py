"""What decides the results of a run: the package's version and the content of the parts of it that make them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import gongkai

# What only shows or publishes results is left out.
_NOT_DECISIVE = ("cli", "comparison", "corpus", "evidence", "explore", "formview", "narrative", "publish", "warm")
# In the corpus the rows and their columns decide.
_DECISIVE_OF_CORPUS = ("columns.py", "run/work.py")


@cache
def version() -> str:
    """`0.1.0+3f2a…`: gongkai's version, and a hash of its code and data files."""
    package = Path(gongkai.__file__).parent
    files = [path for ending in ("py", "toml") for path in package.rglob(f"*.{ending}") if _decides(path, package)]
    digest = sha256()
    for path in sorted([*files, *(package / "corpus" / name for name in _DECISIVE_OF_CORPUS)]):
        digest.update(f"{path.relative_to(package)}\0".encode())
        digest.update(path.read_bytes())
    return f"{gongkai.__version__}+{digest.hexdigest()[:8]}"


def _decides(path: Path, package: Path) -> bool:
    return path.relative_to(package).parts[0].removesuffix(".py") not in _NOT_DECISIVE
