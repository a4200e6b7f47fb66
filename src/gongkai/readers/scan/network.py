"""The recogniser's network (PP-OCR's, in the wheel of rapidocr), made to take lines of any height, and faster.

Convolutions do not care how high a line is. Two things in the network do: the height that it says its input has, and
the pool that makes one row of features out of the last three. Here the one is left open, and the other is made of as
many rows as there are.

What it does last is a product with 18,710 columns, one for each character, and an addition to each. Here the addition
is a part of the product: that takes a twentieth off its time, and gives the same.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx
    import onnxruntime

HEIGHT = 48  # dots: of the lines that the network was trained on
_MODEL = "models/PP-OCRv6_rec_small.onnx"
_ROWS = 3  # of features, in a line of that height
_MEAN = "mean of rows"
_ONE_MORE, _ONE, _WITH_ONE = "one more feature", "one", "features and one"
_FIRST_OPSET, _LAST_OPSET = 11, 17  # of ONNX, in which padding and a mean are told so what they are to do


@lru_cache(maxsize=1)
def session() -> onnxruntime.InferenceSession:
    """The network, ready to run on one thread; of any height where `takes_any_height`."""
    import onnx
    import onnxruntime

    content = files("rapidocr").joinpath(_MODEL).read_bytes()
    model = onnx.load_from_string(content)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    changed = [free_height(model), join_last_addition(model)]
    made = model.SerializeToString() if any(changed) else content
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


def join_last_addition(model: onnx.ModelProto) -> bool:
    """Make the last addition a part of the product before it; False, and nothing done, where they are not as expected.

    The features get one that is always 1, the product's weights a row of what is added.
    """
    from onnx import helper, numpy_helper

    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    last = [node for node in graph.node if node.op_type in ("MatMul", "Add")][-2:]
    as_expected = [node.op_type for node in last] == ["MatMul", "Add"] and last[1].input[0] == last[0].output[0]
    if not as_expected or model.opset_import[0].version < _FIRST_OPSET:
        return False
    product, addition = last
    columns, added = (weights.get(node.input[1]) for node in last)
    if columns is None or added is None or len(columns.dims) != 2 or list(added.dims) != list(columns.dims[1:]):
        return False
    joined = np.vstack([numpy_helper.to_array(columns), numpy_helper.to_array(added)])
    columns.CopyFrom(numpy_helper.from_array(joined, columns.name))
    graph.initializer.remove(added)
    graph.initializer.append(numpy_helper.from_array(np.array([0, 0, 0, 0, 0, 1], np.int64), _ONE_MORE))
    graph.initializer.append(numpy_helper.from_array(np.array(1, np.float32), _ONE))
    graph.node.insert(
        list(graph.node).index(product), helper.make_node("Pad", [product.input[0], _ONE_MORE, _ONE], [_WITH_ONE])
    )
    product.input[0], product.output[0] = _WITH_ONE, addition.output[0]
    graph.node.remove(addition)
    del graph.value_info[:]
    return True


def _is_last_pool(node: onnx.NodeProto) -> bool:
    """Whether a node makes one row of features of the last ones."""
    options = {attribute.name: list(attribute.ints) for attribute in node.attribute}
    return node.op_type == "AveragePool" and options["kernel_shape"][0] == options["strides"][0] == _ROWS
