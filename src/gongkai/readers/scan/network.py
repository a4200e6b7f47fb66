"""The recogniser's network (PP-OCR's, in the wheel of rapidocr), made to take lines of any height.

Convolutions do not care how high a line is. Two things in the network do: the height that it says its input has, and
the pool that makes one row of features out of the last three. Here the one is left open, and the other is made of as
many rows as there are.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnx
    import onnxruntime

HEIGHT = 48  # dots: of the lines that the network was trained on
_MODEL = "models/PP-OCRv6_rec_small.onnx"
_ROWS = 3  # of features, in a line of that height
_MEAN = "mean of rows"
_LAST_OPSET = 17  # of ONNX, in which a mean is told its axes so


@lru_cache(maxsize=1)
def session() -> onnxruntime.InferenceSession:
    """The network, ready to run on one thread; of any height where `takes_any_height`."""
    import onnx
    import onnxruntime

    content = files("rapidocr").joinpath(_MODEL).read_bytes()
    model = onnx.load_from_string(content)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    made = model.SerializeToString() if free_height(model) else content
    return onnxruntime.InferenceSession(made, options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=1)
def takes_any_height() -> bool:
    """Whether lines need not be HEIGHT dots high: not where another release of the wheel holds another network."""
    [put_in] = session().get_inputs()
    return bool(put_in.shape[2] != HEIGHT)


def free_height(model: onnx.ModelProto) -> bool:
    """Let the network take lines of any height; False, and nothing done, where it is not built as expected."""
    from onnx import helper

    rows = model.graph.input[0].type.tensor_type.shape.dim[2]
    nodes = model.graph.node
    pools = [i for i, node in enumerate(nodes) if _is_last_pool(node)]
    if rows.dim_value != HEIGHT or len(pools) != 1 or model.opset_import[0].version > _LAST_OPSET:
        return False
    pool = nodes[pools[0]]
    mean = helper.make_node("ReduceMean", list(pool.input), [_MEAN], axes=[2], keepdims=1)
    pool.input[0] = _MEAN
    for attribute in pool.attribute:
        if attribute.name in ("kernel_shape", "strides"):
            attribute.ints[0] = 1
    nodes.insert(pools[0], mean)
    rows.dim_param = "rows"
    del model.graph.value_info[:]  # the shapes of all that is between, at the old height
    return True


def _is_last_pool(node: onnx.NodeProto) -> bool:
    """Whether a node makes one row of features of the last ones."""
    options = {attribute.name: list(attribute.ints) for attribute in node.attribute}
    return node.op_type == "AveragePool" and options["kernel_shape"][0] == options["strides"][0] == _ROWS
