"""Fixes the scales of a parser's activations, so that what else is in a batch changes nothing: see `fix_scales`.

    python -m training.scales FOLDER

Matrices are multiplied in whole numbers of eight bits. Quantised dynamically, a batch's own extremes set the scale, and
a text's arcs depend on its neighbours; scales fixed once do not, and need no pass over the values. They are set by
windows of the training text: the extremes that nineteen in twenty windows stay within. What lies beyond is cut.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

from analysis.parser.network import Network
from training.data import training_sentences

_WINDOWS, _SENTENCES = 500, 4
_WITHIN = 0.95
_SEED = 5
_STEPS = 255


class _Probe:
    """A session that runs the graph and notes the extremes of every value that is to be quantised."""

    def __init__(self, model: Any, values: Sequence[str]) -> None:
        probed = onnx.ModelProto()
        probed.CopyFrom(model)
        probed.graph.output.extend(helper.make_tensor_value_info(one, TensorProto.FLOAT, None) for one in values)
        self._session = ort.InferenceSession(probed.SerializeToString(), providers=["CPUExecutionProvider"])
        self._values = list(values)
        self.extremes: dict[str, list[tuple[float, float]]] = {one: [] for one in values}

    def run(self, names: Sequence[str], feeds: dict[str, Any]) -> list[Any]:
        """The graph's own outputs."""
        out = self._session.run([*names, *self._values], feeds)
        for name, value in zip(self._values, out[len(names) :], strict=True):
            self.extremes[name].append((float(value.min()), float(value.max())))
        return out[: len(names)]


def fix_scales(folder: Path, windows: Sequence[Sequence[str]]) -> int:
    """Writes `parser.onnx` of a folder anew with scales fixed by those windows; returns how many values have one."""
    path = folder / "parser.onnx"
    model = onnx.load(path)
    dynamic = [one for one in model.graph.node if one.op_type == "DynamicQuantizeLinear"]
    probe = _Probe(model, [one.input[0] for one in dynamic])
    network = Network(folder)
    network._session = probe  # noqa: SLF001 - the same feeds that the parser makes
    for words in windows:
        network.parse([words])
    nodes = []
    for node in model.graph.node:
        if node.op_type != "DynamicQuantizeLinear":
            nodes.append(node)
            continue
        scale, zero = _scale(probe.extremes[node.input[0]])
        model.graph.initializer.append(numpy_helper.from_array(scale, node.output[1]))
        model.graph.initializer.append(numpy_helper.from_array(zero, node.output[2]))
        inputs = [node.input[0], node.output[1], node.output[2]]
        nodes.append(helper.make_node("QuantizeLinear", inputs, [node.output[0]], name=node.name))
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return len(dynamic)


def _scale(extremes: Sequence[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Scale and zero point of a value by its extremes in each window; zero itself stays exact."""
    least, most = np.array(extremes).T
    low, high = min(float(np.quantile(least, 1 - _WITHIN)), 0.0), max(float(np.quantile(most, _WITHIN)), 0.0)
    scale = np.array((high - low) / _STEPS, np.float32)
    return scale, np.array(np.clip(round(-low / float(scale)), 0, _STEPS), np.uint8)


def training_windows() -> list[list[str]]:
    """Windows of a few sentences drawn from the training text, always the same ones."""
    every = training_sentences()
    groups = [every[at : at + _SENTENCES] for at in range(0, len(every), _SENTENCES)]
    random.Random(_SEED).shuffle(groups)
    return [[word for one in group for word in one.words] for group in groups[:_WINDOWS]]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    print(fix_scales(parser.parse_args().folder, training_windows()), "scales fixed")
