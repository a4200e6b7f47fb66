"""The overview of a corpus as one web page."""

from __future__ import annotations

import re
from pathlib import Path

import fsspec
import nbformat
import pytest
from lxml import html
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.corpus.overview.example import example_store
from gongkai.errors import OutputError
from gongkai.publish.panel import PAGE, publish_panel


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(publish_panel(example_store(), tmp_path_factory.mktemp("page"), "en"))


def test_the_page_fetches_nothing_and_tells_no_path(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tree = html.fromstring(text)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    assert not tree.xpath("//link | //iframe | //script[@src]")
    assert all(source.startswith("data:") for source in tree.xpath("//img/@src"))
    assert str(Path(example_store()).parent) + "/" not in re.sub(r'"[A-Za-z0-9+/=]{1000,}"', "", text)


def test_figures_and_tables_are_on_it(page: Path) -> None:
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    assert len(tree.xpath("//img")) == 13
    assert {"Reports by province", "Checks by rule", "Outcomes by level and kind of organ"} <= set(
        tree.xpath("//img/@alt")
    )
    tables = tree.xpath("//table/@id")
    assert tables == [f"gongkai-{name}" for name in ("organs", "failures", "unread", "copied")]


def test_the_page_is_there_whole_or_not_at_all(page: Path, tmp_path: Path) -> None:
    assert [file.name for file in page.parent.iterdir()] == [PAGE]
    file = tmp_path / "a file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        publish_panel(example_store(), file)


def test_a_panel_elsewhere_gets_its_page_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # The notebook runs in another process, which would not see this one's memory.
    executed = nbformat.read(Path(__file__).parents[1] / "notebooks" / "4_panel.ipynb", as_version=4)
    monkeypatch.setattr("gongkai.publish.panel.run_notebook", lambda *_: executed)
    elsewhere = fsspec.filesystem("memory")
    elsewhere.put(example_store(), "/overview", recursive=True)
    assert publish_panel("memory://overview/") == f"memory://overview/{PAGE}"
    assert len(html.fromstring(elsewhere.cat(f"/overview/{PAGE}").decode()).xpath("//img")) == 13


def test_the_command_tells_when_there_is_no_corpus(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["panel", str(tmp_path)])
    assert done.exit_code == 2
    assert "holds no corpus" in done.stderr
