"""Writes a trained parser as ONNX with whole numbers of eight bits: `python -m training.export FROM TO`.

Matrices of the encoder and the heads are kept per column in seven bits' range, so that every processor's arithmetic
gives the same sums; the table of pieces per row in eight.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

HEADS, WIDTH = 12, 384


class Graph:
    """An ONNX graph in the making; every step gives the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._count = 0

    def constant(self, value: np.ndarray) -> str:
        """A constant of the graph."""
        self._count += 1
        name = f"c{self._count}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(self, op: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """One step."""
        self._count += 1
        out = name or f"v{self._count}"
        self.nodes.append(helper.make_node(op, list(inputs), [out], name=f"n{self._count}", **attributes))
        return out

    def dense(self, x: str, p: dict[str, np.ndarray]) -> str:
        """A dense layer."""
        return self.add("Add", self.add("MatMul", x, self.constant(p["w"])), self.constant(p["b"]))

    def norm(self, x: str, p: dict[str, np.ndarray]) -> str:
        """A layer norm."""
        return self.add("LayerNormalization", x, self.constant(p["g"]), self.constant(p["b"]), axis=-1, epsilon=1e-12)

    def gelu(self, x: str) -> str:
        """The exact GELU."""
        return self.add("Gelu", x)

    def reshape(self, x: str, *shape: int) -> str:
        """The value in another shape."""
        return self.add("Reshape", x, self.constant(np.array(shape, np.int64)))


def _nested(flat: dict[str, np.ndarray]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for path, value in flat.items():
        at = root
        *parents, last = path.split("/")
        for parent in parents:
            at = at.setdefault(parent, {})
        at[last] = value
    return root


def _embed(g: Graph, p: dict[str, Any]) -> str:
    scale = np.abs(p["table"]).max(1, keepdims=True) / 127 + 1e-12
    rows = g.add(
        "Cast",
        g.add("Gather", g.constant(np.round(p["table"] / scale).astype(np.int8)), "pieces"),
        to=TensorProto.FLOAT,
    )
    rows = g.add("Mul", rows, g.add("Gather", g.constant(scale.astype(np.float32)), "pieces"))
    x = g.dense(rows, p["spread"])
    length = g.add(
        "Slice", g.constant(p["places"]), g.constant(np.array([0], np.int64)), g.add("Shape", "pieces", start=1, end=2)
    )
    x = g.add("Add", x, length)
    x = g.add("Add", x, g.add("Gather", g.constant(p["letters"]), "letters"))
    return g.norm(x, p["norm"])


def _layer(g: Graph, x: str, mask: str, p: dict[str, Any]) -> str:
    size = WIDTH // HEADS
    parts = g.add("Transpose", g.reshape(g.dense(x, p["qkv"]), 0, 0, 3, HEADS, size), perm=[2, 0, 3, 1, 4])
    q, k, v = (g.add("Gather", parts, g.constant(np.array(n, np.int64))) for n in range(3))
    scores = g.add("MatMul", q, g.add("Transpose", k, perm=[0, 1, 3, 2]))
    scores = g.add("Add", g.add("Mul", scores, g.constant(np.array(size**-0.5, np.float32))), mask)
    mixed = g.add("MatMul", g.add("Softmax", scores, axis=-1), v)
    mixed = g.reshape(g.add("Transpose", mixed, perm=[0, 2, 1, 3]), 0, 0, WIDTH)
    x = g.norm(g.add("Add", x, g.dense(mixed, p["out"])), p["norm1"])
    return g.norm(g.add("Add", x, g.dense(g.gelu(g.dense(x, p["up"])), p["down"])), p["norm2"])


def build(p: dict[str, Any]) -> onnx.ModelProto:
    """The graph: pieces, letters, first and last of windows → scores of words."""
    g = Graph()
    x = _embed(g, p)
    padding = g.add("Cast", g.add("Equal", "pieces", g.constant(np.array(0, np.int64))), to=TensorProto.FLOAT)
    mask = g.add(
        "Mul",
        g.add("Unsqueeze", padding, g.constant(np.array([1, 2], np.int64))),
        g.constant(np.array(-1e9, np.float32)),
    )
    for number in range(len(p["layers"])):
        x = _layer(g, x, mask, p["layers"][str(number)])
    deep = g.constant(np.array([2], np.int64))
    picked = []
    for side in ("first", "last"):
        index = g.add("Expand", g.add("Unsqueeze", side, deep), g.constant(np.array([1, 1, WIDTH], np.int64)))
        picked.append(g.add("GatherElements", x, index, axis=1))
    words = g.add("Add", *picked)
    sides = {name: g.gelu(g.dense(words, p[name])) for name in ("arc_word", "arc_head")}
    arcs = g.add(
        "MatMul",
        g.add("MatMul", sides["arc_word"], g.constant(p["arc"])),
        g.add("Transpose", sides["arc_head"], perm=[0, 2, 1]),
    )
    bias = g.add("MatMul", sides["arc_head"], g.constant(p["arc_bias"][:, None]))
    g.add("Add", arcs, g.add("Transpose", bias, perm=[0, 2, 1]), name="arcs")
    for name in ("label_word", "label_head"):
        g.add("Gelu", g.dense(words, p[name]), name=name)
    names = sorted(p["tags"])
    joined = {key: np.concatenate([p["tags"][name][key] for name in names], -1) for key in ("w", "b")}
    sizes = np.array([p["tags"][name]["b"].size for name in names], np.int64)
    outs = [f"{name}_scores" for name in names]
    g.nodes.append(helper.make_node("Split", [g.dense(words, joined), g.constant(sizes)], outs, axis=-1))
    for name in ("xpos", "morph", "lemma"):
        g.add("ArgMax", f"{name}_scores", axis=-1, keepdims=0, name=name)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", size])
        for name, size in (("pieces", "piece"), ("letters", "piece"), ("first", "word"), ("last", "word"))
    ]
    floats = {
        "arcs": ["batch", "word", "word"],
        "label_word": ["batch", "word", 96],
        "label_head": ["batch", "word", 96],
        "name_scores": ["batch", "word", 13],
        "start_scores": ["batch", "word", 2],
    }
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in floats.items()]
    outputs += [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "word"]) for name in ("xpos", "morph", "lemma")
    ]
    graph = helper.make_graph(g.nodes, "parser", inputs, outputs, g.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)


def export(source: Path, target: Path, *, bits: bool = True) -> None:
    """Writes `parser.onnx`, `label.npy`, `pieces.txt` and `labels.json` into the target folder."""
    flat = dict(np.load(source / "params.npz").items())
    params = _nested(flat)
    model = build(params)
    onnx.checker.check_model(model)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        onnx.save(model, plain)
        if bits:
            quantize_dynamic(
                plain,
                target / "parser.onnx",
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT, "MatMulConstBOnly": True},
            )
        else:
            shutil.copy(plain, target / "parser.onnx")
    np.save(target / "label.npy", params["label"].astype(np.float16))
    shutil.copy(source / "pieces.txt", target / "pieces.txt")
    labels = json.loads((source / "labels.json").read_text("utf-8"))
    (target / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--whole", action="store_true")
    args = parser.parse_args()
    export(args.source, args.target, bits=not args.whole)
