"""Forked kernels: the same outputs as Papermill's own, and nothing that passes from one notebook to the next."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from warm_notebooks import forked, said, stock

from gongkai.warm import ENGINE
from gongkai.warm.engine import ForkedEngine
from gongkai.warm.parents import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="kernels are forked on Linux alone")

POLLUTE = """
import builtins, json, locale, logging, os, random, signal, sys, warnings
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
pd.set_option("display.max_rows", 3)
pd.DataFrame.leaked = json.leaked = builtins.leaked = np.leaked = True
os.environ["LEAKED"] = "yes"
os.chdir("/")
sys.path.append("/leaked")
sys.modules["leaked_module"] = json
warnings.filterwarnings("error", "leaked")
matplotlib.rcParams["figure.dpi"] = 17
plt.figure()
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
logging.getLogger().setLevel("CRITICAL")
sys.setrecursionlimit(4321)
os.umask(0o777)
random.seed(1), np.random.seed(1)
leaked_variable = 1
%alias leaked_alias ls
"""
LOOK = """
import builtins, gc, json, logging, os, random, signal, sys, warnings
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
umask = os.umask(0)
print(json.dumps({
    "an option of pandas": pd.get_option("display.max_rows"),
    "attributes of modules": [hasattr(place, "leaked") for place in (pd.DataFrame, json, builtins, np)],
    "the environment": sorted(set(os.environ) - {"JPY_PARENT_PID"}),
    "the folder": os.getcwd(),
    "the path of imports": sys.path,
    "imported modules": "leaked_module" in sys.modules,
    "filters of warnings": len([rule for rule in warnings.filters if rule[0] == "error"]),
    "settings of figures": matplotlib.rcParams["figure.dpi"],
    "open figures": plt.get_fignums(),
    "signals": str(signal.getsignal(signal.SIGUSR1)),
    "interrupts": str(signal.getsignal(signal.SIGINT)).split(" at ")[0],
    "log levels": logging.getLogger().level,
    "the depth of calls": sys.getrecursionlimit(),
    "rights of new files": umask,
    "variables": "leaked_variable" in globals(),
    "magics": "leaked_alias" in get_ipython().magics_manager.magics["line"],
    "arguments": [sys.argv[0], [part for part in sys.argv[1:] if ".json" not in part]],
    "the main module": sys.modules["__main__"].__name__,
    "standard input": sys.__stdin__.read(),
    "the session": os.getsid(0) == os.getpid(),
    "flags": str(sys.flags),
    "the count of executed cells": get_ipython().execution_count,
    "backend": matplotlib.get_backend(),
    "garbage collection": gc.isenabled(),
}))
"""
LOOKED_AT = re.findall(r'^    "(.*?)":', LOOK, re.MULTILINE)
SHOW = """
import matplotlib.pyplot as plt, numpy as np, pandas as pd
from IPython.display import HTML, display
frame = pd.DataFrame({"organ": ["区政府", "县政府"], "value": [1.5, None]})
display(frame, HTML("<b>1</b>"))
plt.plot([1, 3, 2], label="x"); plt.legend(); plt.title("$x^2$");
"""
FURTHER = """
print("out")
values = np.random.default_rng(7).normal(size=(300, 300))
print(repr(np.linalg.svd(values @ values)[1][:5]), frame.sum(numeric_only=True))
display(plt.figure(figsize=(1, 1)))
frame
"""


@pytest.fixture(scope="module")
def looks() -> tuple[dict, dict]:
    """What a notebook finds in Papermill's own kernel, and in a forked one after another that leaves all it can."""
    expected = json.loads(said(stock(LOOK)))
    forked(POLLUTE)
    return expected, json.loads(said(forked(LOOK)))


def test_papermill_knows_the_engine() -> None:
    assert papermill_engines.get_engine(ENGINE) is ForkedEngine


@pytest.mark.parametrize("what", LOOKED_AT)
def test_a_notebook_finds_what_it_finds_in_a_kernel_of_its_own(what: str, looks: tuple[dict, dict]) -> None:
    expected, found = looks
    assert found[what] == expected[what]


def test_outputs_are_those_of_papermill_down_to_the_bytes_of_pictures() -> None:
    cells = (SHOW, FURTHER, "import sys; print('err', file=sys.stderr)")
    expected, found = stock(*cells), forked(*cells)
    assert [cell.outputs for cell in found.cells] == [cell.outputs for cell in expected.cells]
    pictures = [output.data["image/png"] for output in found.cells[0].outputs if "image/png" in output.get("data", {})]
    assert len(pictures) == 1
    assert found.metadata.language_info == expected.metadata.language_info


def test_errors_are_those_of_papermill() -> None:
    def error(run: Callable[..., NotebookNode]) -> list[str]:
        with pytest.raises(PapermillExecutionError) as raised:
            run("def halve(x):\n    return x / 0", "halve(1)", "print('never')")
        return raised.value.traceback

    assert error(forked) == error(stock)


def test_random_numbers_are_new_in_every_notebook() -> None:
    draw = "import random, uuid, numpy as np; print(random.random(), np.random.random(), uuid.uuid1(), uuid.uuid4())"
    first, second = said(forked(draw)).split(), said(forked(draw)).split()
    assert len(first) == 4
    assert not set(first) & set(second)


def test_what_a_notebook_leaves_to_the_end_is_done(tmp_path: Path) -> None:
    forked(
        f"import atexit, pathlib; place = pathlib.Path({str(tmp_path)!r})",
        "atexit.register(lambda: (place / 'farewell').write_text('done'))",
        "open(place / 'unflushed', 'w').write('all of it')",
        "file = open(place / 'open', 'w'); file.write('all of it');",
        "import json; json.held = open(place / 'held', 'w'); json.held.write('all of it');",
        "import threading; threading.Timer(0.5, lambda: (place / 'late').write_text('all of it')).start()",
    )
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "farewell": "done",
        "unflushed": "all of it",
        "open": "all of it",
        "held": "all of it",
        "late": "all of it",
    }


def test_an_environment_has_a_warm_parent_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = "import os, sys; print(os.environ['PYTHONHASHSEED'], hash('公开'))"
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert said(forked(seed, modules=())) == said(stock(seed))
