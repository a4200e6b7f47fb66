"""Files that may unfold to far more than their size are read in a process of their own, which memory and time bound.

PDFium takes a page in whole, and nothing can stop it midway: a few kilobytes that unfold to gigabytes of drawing would
take the machine's memory with them.
"""

from __future__ import annotations

import mmap
import pickle
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from gongkai.document import Document
from gongkai.errors import GongkaiError, UnreadableFile

_UNFOLDED = 60_000_000  # bytes; a page of a report has less than a million
_RATIO = 1032  # the most that deflate can shrink
_NESTED_FORMS = 20  # forms drawn by other forms; so few cannot multiply to much
_SECONDS = 9
_MEMORY = 1_000_000_000
_LENGTH = re.compile(rb"/Length\s+\d")
_LONG = re.compile(rb"/Length\s+(?:\d{4,}|\d+\s+\d+\s+R)")
_NOT_DRAWN = (b"/Image", b"/Length1", b"/Type1C", b"/CIDFontType0C", b"/OpenType")
_CHILD = "import sys; from gongkai.readers.pdf import apart; apart.main(sys.argv[1])"


def unfolds(data: mmap.mmap | bytes) -> bool:
    """Whether the drawing in a PDF file may be far larger than the file: much deflated, or forms within forms."""
    forms = data.find(b"/Form") >= 0
    streams = list(_drawn_streams(data, _LENGTH if forms else _LONG))
    if any(dictionary.count(b"/FlateDecode") + dictionary.count(b"/Fl ") > 1 for dictionary, _, _ in streams):
        return True
    if not forms and sum(end - start for _, start, end in streams) * _RATIO < _UNFOLDED:
        return False
    total = nested = 0
    for dictionary, start, end in streams:
        content = _inflated(data[start:end], _UNFOLDED - total) if b"/FlateDecode" in dictionary else data[start:end]
        total += len(content)
        if b"/Form" in dictionary:
            nested += len(re.findall(rb"\bDo\b", content))
        if total >= _UNFOLDED or nested > _NESTED_FORMS:
            return True
    return False


def _drawn_streams(data: mmap.mmap | bytes, length: re.Pattern[bytes]) -> Iterator[tuple[bytes, int, int]]:
    """The dictionary, start and end of every stream with such a length that is neither a picture nor a font."""
    for match in length.finditer(data):
        start = data.find(b"stream", match.end(), match.end() + 2000)
        end = data.find(b"endstream", start)
        if start < 0 or end < 0:
            continue
        dictionary = bytes(data[max(data.rfind(b"obj", 0, match.start()), match.start() - 4000, 0) : start])
        if not any(mark in dictionary for mark in _NOT_DRAWN):
            yield dictionary, start + len(b"stream"), end


def _inflated(body: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(body.lstrip(b"\r\n"), most)
    except zlib.error:
        return b""


def read_apart(path: Path) -> Document:
    """Read a PDF file in a process of its own. Raises UnreadableFile also where that takes too much memory or time."""
    try:
        done = subprocess.run([sys.executable, "-c", _CHILD, str(path)], capture_output=True, timeout=_SECONDS + 1)
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode != 0:
        raise UnreadableFile(path, "the PDF unfolds to more than can be read in bounded memory and time")
    result: Document | GongkaiError = pickle.loads(done.stdout)
    if isinstance(result, GongkaiError):
        raise result
    return result


def main(path: str) -> None:
    """What the process does: bound itself, read the file, and write the Document or the error to standard output."""
    from gongkai.readers.pdf.reader import read_here

    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    result: Document | GongkaiError
    try:
        result = read_here(Path(path), pictures=False)
    except GongkaiError as error:
        result = error
    sys.stdout.buffer.write(pickle.dumps(result))
