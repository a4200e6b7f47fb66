"""The house rules that a machine can check: dependencies, layers, module size, cheap import, what the wheel holds."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import gongkai

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "gongkai"
MODULES = sorted(PACKAGE.rglob("*.py"))
# A layer imports nothing of the layers after it; `publish`, `corpus` and `cli` see everything.
LAYERS = ("readers", "parsing", "checks", "narrative")


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def by_name(requirements: list[str]) -> dict[str, str]:
    pairs = (re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", text.replace(" ", "")).groups() for text in requirements)
    return {name.lower(): specifier for name, specifier in pairs}


def test_environment_yml_and_pyproject_ask_for_the_same_packages() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    pip = next(entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))
    named = by_name([*conda, *(entry for entry in pip if not entry.startswith("--"))])
    assert named.pop("python") == project()["requires-python"]
    del named["pip"]
    extras = project()["optional-dependencies"]
    asked = by_name(project()["dependencies"] + extras["ocr"] + extras["dev"])
    del asked["gongkai"]  # with its own extra
    assert named == asked


def test_environment_yml_installs_gongkai_itself() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert "--editable ." in environment["dependencies"][-1]["pip"]


def test_citation_names_the_version_and_the_licence() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == gongkai.__version__
    assert citation["license"] == project()["license"] == "MIT"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_is_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_imports_nothing_of_the_layers_after_it(layer: str) -> None:
    later = {*LAYERS[LAYERS.index(layer) + 1 :], "corpus", "publish", "cli"}
    used = {
        (str(module.relative_to(PACKAGE)), name)
        for module in (PACKAGE / layer).rglob("*.py")
        for name in imported(module)
        if name.startswith("gongkai.") and name.split(".")[1] in later
    }
    assert used == set()


def imported(module: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_importing_gongkai_loads_no_heavy_library() -> None:
    heavy = {"pandas", "scipy", "matplotlib", "lxml", "pdfplumber", "nbconvert", "papermill", "pandera", "cv2"}
    heavy |= {"distributed", "duckdb", "fsspec", "numpy", "psutil", "pyarrow", "rapidfuzz"}
    script = f"import sys, gongkai, gongkai.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_can_be_used() -> None:
    for name in gongkai.__all__:
        assert callable(getattr(gongkai, name))


def test_wheel_holds_everything_that_a_report_needs(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (("notebooks", "*.ipynb"), ("src/gongkai", "**/*.toml"), ("src/gongkai", "**/*.j2")):
        for file in (ROOT / folder).glob(pattern):
            inside = file.relative_to(ROOT / "src") if folder.startswith("src") else f"gongkai/notebooks/{file.name}"
            assert str(inside) in held


@pytest.mark.parametrize("target", ["report", "test", "notebooks", "setup", "clean", "help"])
def test_make_knows(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
