"""The README's commands exist and its Python runs."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from gongkai.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.S)).splitlines()


def commands(program: str) -> list[list[str]]:
    """The words after `program` of every command line of the README."""
    lines = (shlex.split(line, comments=True) for line in SHELL)
    return [words[1:] for words in lines if words and words[0].split("/")[-1] == program]


def test_make_targets_and_variables_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert commands("make")
    for target, *variables in commands("make"):
        assert re.search(rf"^{target}:", makefile, re.M)
        assert all(re.search(rf"^{variable.split('=')[0]} =", makefile, re.M) for variable in variables)


def test_gongkai_commands_and_options_exist() -> None:
    known = get_command(app).commands
    assert {words[0] for words in commands("gongkai")} == set(known)
    for name, *words in commands("gongkai"):
        options = {option for parameter in known[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_picture_is_there() -> None:
    assert all((ROOT / path).is_file() for path in re.findall(r"!\[.*?\]\((.*?)\)", README))


def test_python_runs_on_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    shutil.copyfile(ROOT / "data" / "raw" / "district_hrss_2021.txt", tmp_path / "report.txt")
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    exec(code, names)
    assert names["report"].year == 2021
    assert "区人社局" in capsys.readouterr().out
