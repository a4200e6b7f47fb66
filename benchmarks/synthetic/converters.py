"""Real programs that change a file's format, many files a start; results are kept by the content they came from."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CACHE = Path(__file__).parent.parent / ".cache"
_CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_FOOTER = '<div style="font-size:10px;width:100%;text-align:center">- <span class="pageNumber"></span> -</div>'
_BATCH = 50


class ConversionFailed(RuntimeError):
    """A converter is not installed or did not write what it was asked for."""


@dataclass(frozen=True, slots=True)
class Converter:
    """`run` gets files ending in `source` and writes, beside each, the file of the same name ending in `suffix`."""

    source: str
    suffix: str
    run: Callable[[Sequence[Path]], None]


def convert(name: str, contents: Sequence[bytes]) -> list[bytes]:
    """The contents in the converter's format, in the same order; done before only for what the cache does not hold."""
    converter = CONVERTERS[name]
    folder = CACHE / name
    folder.mkdir(parents=True, exist_ok=True)
    kept = [folder / (hashlib.sha256(content).hexdigest()[:32] + converter.suffix) for content in contents]
    missing = {path: content for path, content in zip(kept, contents, strict=True) if not path.exists()}
    todo = list(missing.items())
    for start in range(0, len(todo), _BATCH):
        _convert_batch(converter, dict(todo[start : start + _BATCH]))
    return [path.read_bytes() for path in kept]


def _convert_batch(converter: Converter, batch: dict[Path, bytes]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        sources = [Path(temporary) / f"{path.stem}{converter.source}" for path in batch]
        for source, content in zip(sources, batch.values(), strict=True):
            source.write_bytes(content)
        converter.run(sources)
        for source, path in zip(sources, batch, strict=True):
            made = source.with_suffix(converter.suffix)
            if not made.exists():
                raise ConversionFailed(f"no {converter.suffix} was made of {source.name}")
            shutil.move(made, path)


def _chromium(sources: Sequence[Path]) -> None:
    """Print pages to PDF with page numbers at the foot."""
    with _browser() as browser:
        page = browser.new_page()
        for source in sources:
            page.set_content(source.read_text(encoding="utf-8"))
            page.pdf(
                path=source.with_suffix(".pdf"),
                prefer_css_page_size=True,
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=_FOOTER,
            )


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # one of the benchmark's own dependencies

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _soffice(target: str) -> Callable[[Sequence[Path]], None]:
    def run(sources: Sequence[Path]) -> None:
        with tempfile.TemporaryDirectory() as profile:
            command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target]
            _run([*command, "--outdir", str(sources[0].parent), *map(str, sources)])

    return run


def _pdftotext(*options: str) -> Callable[[Sequence[Path]], None]:
    def run(sources: Sequence[Path]) -> None:
        for source in sources:
            _run(["pdftotext", *options, str(source), str(source.with_suffix(".txt"))])

    return run


def _scan(name: str) -> Callable[[Sequence[Path]], None]:
    def run(sources: Sequence[Path]) -> None:
        from benchmarks.synthetic.scanning import SCANNERS, scan  # needs the package's extra for scans

        for source in sources:
            scanner = SCANNERS[name]
            source.with_suffix(scanner.suffix).write_bytes(scan(source.read_bytes(), scanner))

    return run


def _pictured(sources: Sequence[Path]) -> None:
    """Tables of the class `pictured` become pictures in the page, as screenshots and scans are pasted."""
    from benchmarks.synthetic.pasting import paste

    with _browser() as browser:
        for source in sources:
            paste(browser, source)


def _docx(sources: Sequence[Path]) -> None:
    from benchmarks.synthetic.pasting import to_docx

    for source in sources:
        source.with_suffix(".docx").write_bytes(to_docx(source.read_text(encoding="utf-8")))


def _run(command: list[str]) -> None:
    if not shutil.which(command[0]):
        raise ConversionFailed(f"{command[0]} is not installed")
    subprocess.run(command, check=True, capture_output=True, timeout=600)


CONVERTERS = {
    "chromium": Converter(".html", ".pdf", _chromium),
    "writer_pdf": Converter(".docx", ".pdf", _soffice("pdf")),
    "writer_html": Converter(".docx", ".html", _soffice("html")),
    "writer_text": Converter(".docx", ".txt", _soffice("txt:Text (encoded):UTF8")),
    "writer_doc": Converter(".docx", ".doc", _soffice("doc")),
    "pdftotext_layout": Converter(".pdf", ".txt", _pdftotext("-layout")),
    "scan_mild": Converter(".pdf", ".pdf", _scan("scan_mild")),
    "scan_heavy": Converter(".pdf", ".pdf", _scan("scan_heavy")),
    "scan_fine": Converter(".pdf", ".tiff", _scan("scan_fine")),
    "photo": Converter(".pdf", ".pdf", _scan("photo")),
    "pictured": Converter(".html", ".html", _pictured),
    "pasted_docx": Converter(".html", ".docx", _docx),
    "pdftotext_table": Converter(".pdf", ".txt", _pdftotext("-table")),
}
