"""The recogniser's network takes lines of any height, and long lines are read at a low one."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

pytest.importorskip("rapidocr")

import onnx
import onnxruntime
from scan_pages import FONT

from gongkai.readers.scan import network, recogniser
from gongkai.readers.scan.network import HEIGHT, free_height, join_last_addition
from gongkai.readers.scan.recogniser import FULL, look_at, recognise

PROSE = "2023年，本机关收到申请17件，其中上年结转3件。"


def in_the_wheel() -> bytes:
    return files("rapidocr").joinpath(network._MODEL).read_bytes()


def drawn(text: str) -> np.ndarray:
    """A line of text as a crop."""
    font = ImageFont.truetype(str(FONT), 30)
    line = Image.new("L", (round(font.getlength(text)) + 20, 48), 255)
    ImageDraw.Draw(line).text((10, 24), text, 0, font, anchor="lm")
    return np.asarray(line)


@pytest.fixture
def heights(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of the lines that the network is given from now on."""
    given: list[int] = []

    class Watched:
        def run(self, outputs: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
            given.extend([inputs["x"].shape[2]] * len(inputs["x"]))
            return network.session().run(outputs, inputs)

    recogniser._alphabet()  # of the network itself
    monkeypatch.setattr(recogniser, "session", Watched)
    return given


def test_lines_of_the_usual_height_are_read_as_by_the_network_in_the_wheel() -> None:
    line = np.random.default_rng(1).uniform(-1, 1, (2, 3, HEIGHT, 96)).astype(np.float32)
    [printed] = onnxruntime.InferenceSession(in_the_wheel(), providers=["CPUExecutionProvider"]).run(None, {"x": line})
    [freed] = network.session().run(None, {"x": line})
    assert np.abs(printed - freed).max() < 1e-4


def test_prose_is_read_low_and_figures_as_high_as_the_network_was_trained_on(heights: list[int]) -> None:
    crops = [drawn(PROSE), drawn("17")]
    assert [look_at(crop).low for crop in crops] == [True, False]
    assert [found.text for found in recognise(crops)] == [PROSE, "17"]
    assert heights == [recogniser._LOW, HEIGHT]


def test_what_is_read_again_at_full_width_is_not_low(heights: list[int]) -> None:
    assert recognise([drawn(PROSE)], [FULL])[0].text == PROSE
    assert heights == [HEIGHT]


def test_a_network_that_takes_one_height_gets_that(monkeypatch: pytest.MonkeyPatch, heights: list[int]) -> None:
    monkeypatch.setattr(recogniser, "takes_any_height", lambda: False)
    assert recognise([drawn(PROSE)])[0].text == PROSE
    assert heights == [HEIGHT]


@pytest.mark.parametrize("other", ["height", "pool", "opset"])
def test_a_network_that_is_built_otherwise_stays_as_it_is(other: str) -> None:
    model = onnx.load_from_string(in_the_wheel())
    if other == "height":
        model.graph.input[0].type.tensor_type.shape.dim[2].dim_value = 64
    elif other == "opset":
        model.opset_import[0].version = 18
    else:
        [pool] = [node for node in model.graph.node if node.op_type == "AveragePool"]
        model.graph.node.remove(pool)
    before = model.SerializeToString()
    assert not free_height(model)
    assert model.SerializeToString() == before


def test_the_last_addition_is_a_part_of_the_product() -> None:
    model = onnx.load_from_string(in_the_wheel())
    before = len(model.graph.node)
    assert join_last_addition(model)
    assert [node.op_type for node in model.graph.node][-2:] == ["Identity", "Softmax"]
    assert len(model.graph.node) == before  # one less, and one that adds the feature that is always 1
    joined = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    printed = onnxruntime.InferenceSession(in_the_wheel(), providers=["CPUExecutionProvider"])
    line = (np.asarray(drawn(PROSE).astype(np.float32)) / 127.5 - 1)[None, None].repeat(3, axis=1)
    [one], [other] = (session.run(None, {"x": line}) for session in (joined, printed))
    assert np.abs(one - other).max() < 1e-4
    assert np.array_equal(one.argmax(axis=2), other.argmax(axis=2))


@pytest.mark.parametrize("other", ["addition", "weights", "opset"])
def test_an_end_that_is_built_otherwise_stays_as_it_is(other: str) -> None:
    model = onnx.load_from_string(in_the_wheel())
    [*_, addition] = [node for node in model.graph.node if node.op_type == "Add"]
    if other == "addition":
        addition.op_type = "Sub"
    elif other == "opset":
        model.opset_import[0].version = 10
    else:
        addition.input[1] = addition.input[0]
    before = model.SerializeToString()
    assert not join_last_addition(model)
    assert model.SerializeToString() == before
