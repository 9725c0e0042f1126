#!/usr/bin/env python3
"""Makes the tiny voices beside this file: networks with Piper's inputs and output that say a tone for each letter.

    pip install onnx && python3 make_models.py

`letters`: one speaker, int64, as Piper's exporter writes it. `choir`: two speakers, int32. `other`: no voice at all.
`singer` and `duet` (two speakers) end as Piper's networks do, with a small HiFi-GAN of random weights; what they say is noise.
`hostile/`: models with a voice's inputs that take all memory or never come to an end; with the configuration of `letters`.
Sound: every phoneme id is 400 samples (times the length scale) of a tone whose pitch is the id's, plus a little noise.
"""
import json
import os
from onnx import TensorProto as T, helper as h, numpy_helper, save
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
LETTERS = "_^$ !',-.:;?abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüÄÖÜß\u0308"


def network(kind, speakers):
    const = lambda name, value: numpy_helper.from_array(np.array(value), name)
    inputs = [
        h.make_tensor_value_info("input", kind, ["batch", "phonemes"]),
        h.make_tensor_value_info("input_lengths", kind, ["batch"]),
        h.make_tensor_value_info("scales", T.FLOAT, [3]),
    ]
    nodes = [
        h.make_node("Cast", ["input"], ["ids"], to=T.FLOAT),
        h.make_node("Gather", ["scales", "one"], ["length"]),
        h.make_node("Gather", ["scales", "zero"], ["noise_scale"]),
        h.make_node("Mul", ["length", "samples"], ["count_f"]),
        h.make_node("Cast", ["count_f"], ["count"], to=T.INT64),
        h.make_node("Range", ["zero", "count", "one"], ["time_i"]),
        h.make_node("Cast", ["time_i"], ["time"], to=T.FLOAT),
        h.make_node("Unsqueeze", ["ids", "last"], ["column"]),
    ]
    pitch = "column"
    if speakers:
        inputs.append(h.make_tensor_value_info("sid", kind, ["batch"]))
        nodes += [
            h.make_node("Cast", ["sid"], ["sid_f"], to=T.FLOAT),
            h.make_node("Mul", ["sid_f", "step"], ["sid_step"]),
            h.make_node("Add", ["column", "sid_step"], ["shifted"]),
        ]
        pitch = "shifted"
    nodes += [
        h.make_node("Add", [pitch, "ground"], ["pitch"]),
        h.make_node("Mul", ["pitch", "time"], ["turns"]),
        h.make_node("Mul", ["turns", "turn"], ["angle"]),
        h.make_node("Sin", ["angle"], ["tone"]),
        h.make_node("RandomNormalLike", ["tone"], ["random"]),
        h.make_node("Mul", ["random", "noise_scale"], ["noise"]),
        h.make_node("Add", ["tone", "noise"], ["loud"]),
        h.make_node("Mul", ["loud", "volume"], ["sound"]),
        h.make_node("Reshape", ["sound", "shape"], ["output"]),
    ]
    constants = [
        const("zero", np.int64(0)), const("one", np.int64(1)), const("last", np.array([2], np.int64)),
        const("samples", np.float32(400)), const("step", np.float32(30)), const("ground", np.float32(20)),
        const("turn", np.float32(2 * np.pi / 1600)), const("volume", np.float32(0.2)),
        const("shape", np.array([1, 1, 1, -1], np.int64)),
    ]
    output = h.make_tensor_value_info("output", T.FLOAT, [1, 1, 1, "samples"])
    return h.make_graph(nodes, "voice", inputs, [output], constants)


def vocoder(speakers):
    """Embedding, then HiFi-GAN: upsampled by 8, 4 and 3, each time with two residual blocks."""
    random = np.random.default_rng(7)
    nodes, constants = [], []

    def const(name, value):
        constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def weights(name, *shape):
        scale = 1 / np.sqrt(shape[1] * shape[2]) if len(shape) == 3 else 0.1
        return const(name, (random.standard_normal(shape) * scale).astype(np.float32))

    def node(kind, *inputs, **attributes):
        output = f"{kind}_{len(nodes)}"
        nodes.append(h.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def conv(x, a, b, taps, dilation=1, bias=True):
        name = f"conv{len(nodes)}"
        pad = (taps - 1) * dilation // 2
        more = [weights(name + ".bias", b)] if bias else []
        return node("Conv", x, weights(name + ".weight", b, a, taps), *more, kernel_shape=[taps], pads=[pad, pad],
                    dilations=[dilation], strides=[1], group=1)

    inputs = [
        h.make_tensor_value_info("input", T.INT64, ["batch", "phonemes"]),
        h.make_tensor_value_info("input_lengths", T.INT64, ["batch"]),
        h.make_tensor_value_info("scales", T.FLOAT, [3]),
    ]
    embedded = node("Transpose", node("Gather", weights("emb", 256, 8), "input"), perm=[0, 2, 1])
    noise = node("Mul", node("RandomNormalLike", embedded), node("Gather", "scales", const("zero", np.int64(0))))
    length = node("Gather", "scales", const("one", np.int64(1)))
    x = conv(node("Mul", node("Add", embedded, noise), length), 8, 16, 7)
    if speakers:
        inputs.append(h.make_tensor_value_info("sid", T.INT64, ["batch"]))
        speaker = node("Unsqueeze", node("Gather", weights("emb_g", speakers, 4), "sid"), const("last", np.array([2])))
        x = node("Add", x, conv(speaker, 4, 16, 1))
    for a, b, taps, stride in [(16, 12, 16, 8), (12, 9, 8, 4), (9, 8, 7, 3)]:
        pad = (taps - stride) // 2
        x = node("ConvTranspose", node("LeakyRelu", x, alpha=0.1), weights(f"up{a}.weight", a, b, taps),
                 weights(f"up{a}.bias", b), kernel_shape=[taps], pads=[pad, pad], strides=[stride], dilations=[1], group=1)
        blocks = []
        for taps, dilation in [(3, 2), (5, 6)]:
            y = node("Add", conv(node("LeakyRelu", x, alpha=0.1), b, b, taps), x)
            blocks.append(node("Add", conv(node("LeakyRelu", y, alpha=0.1), b, b, taps, dilation), y))
        x = node("Div", node("Add", *blocks), node("Constant", value=h.make_tensor("", T.FLOAT, [], [2.0])))
    x = node("Tanh", conv(node("LeakyRelu", x), 8, 1, 7, bias=False))
    nodes.append(h.make_node("Unsqueeze", [x, const("first", np.array([1]))], ["output"]))
    output = h.make_tensor_value_info("output", T.FLOAT, [1, 1, 1, "samples"])
    return h.make_graph(nodes, "voice", inputs, [output], constants)


def write(name, graph, config=None):
    os.makedirs(f"{HERE}/{name}", exist_ok=True)
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 15)], ir_version=8)
    save(model, f"{HERE}/{name}/{name}.onnx")
    with open(f"{HERE}/{name}/{name}.onnx.json", "w", encoding="utf8") as file:
        json.dump(config, file, ensure_ascii=False, indent=1)


def config(speakers):
    return {
        "audio": {"sample_rate": 16000},
        "espeak": {"voice": "de"},
        "phoneme_type": "text",
        "inference": {"noise_scale": 0.1, "length_scale": 1, "noise_w": 0.8},
        "num_symbols": 128,
        "num_speakers": max(1, len(speakers)),
        "speaker_id_map": {name: i for i, name in enumerate(speakers)},
        "phoneme_id_map": {letter: [i] for i, letter in enumerate(LETTERS)},
        "language": {"code": "de_DE"},
    }


write("letters", network(T.INT64, False), config([]))
write("choir", network(T.INT32, True), config(["alto", "soprano"]))
write("singer", vocoder(0), config([]))
write("duet", vocoder(2), config(["alto", "soprano"]))
other = h.make_graph([h.make_node("Relu", ["picture"], ["class"])], "other",
                     [h.make_tensor_value_info("picture", T.FLOAT, [1, 3])], [h.make_tensor_value_info("class", T.FLOAT, [1, 3])])
write("other", other, config([]))


def hostile(name, *nodes, constants):
    """`nodes` make a value `sound` from the inputs of a voice."""
    inputs = [
        h.make_tensor_value_info("input", T.INT64, ["batch", "phonemes"]),
        h.make_tensor_value_info("input_lengths", T.INT64, ["batch"]),
        h.make_tensor_value_info("scales", T.FLOAT, [3]),
    ]
    last = h.make_node("Reshape", ["sound", "flat"], ["output"])
    constants = {"flat": np.array([1, 1, 1, -1], np.int64), **constants}
    constants = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    output = h.make_tensor_value_info("output", T.FLOAT, [1, 1, 1, "samples"])
    graph = h.make_graph([*nodes, last], "voice", inputs, [output], constants)
    os.makedirs(f"{HERE}/hostile", exist_ok=True)
    save(h.make_model(graph, opset_imports=[h.make_opsetid("", 15)], ir_version=8), f"{HERE}/hostile/{name}.onnx")


node, many = h.make_node, np.int64(1 << 24)
# A constant that is there as soon as the model is loaded; more than the limit of a trial has, and than any machine has.
for name, size in [("large", 1 << 32), ("larger", 1 << 46)]:
    hostile(name, node("ConstantOfShape", ["size"], ["sound"]), constants={"size": np.array([size], np.int64)})
# Only when it is run.
hostile("later", node("Mul", ["input_lengths", "many"], ["size"]), node("ConstantOfShape", ["size"], ["sound"]),
        constants={"many": np.array([many])})
hostile("range", node("Mul", ["input_lengths", "many"], ["size"]), node("Squeeze", ["size"], ["end"]),
        node("Range", ["zero", "end", "one"], ["numbers"]), node("Cast", ["numbers"], ["sound"], to=T.FLOAT),
        constants={"many": np.array([many]), "zero": np.int64(0), "one": np.int64(1)})
hostile("expand", node("Expand", ["scales", "size"], ["sound"]), constants={"size": np.array([1 << 15, 1 << 14, 3], np.int64)})
# Fifty times the product of two matrices, each of which takes most of a minute.
products = [node("MatMul", [f"m{i}", "m0"], [f"m{i + 1}"]) for i in range(50)]
hostile("slow", node("Gather", ["scales", "one"], ["length"]), node("Expand", ["length", "size"], ["m0"]), *products,
        node("Identity", ["m50"], ["sound"]), constants={"one": np.int64(1), "size": np.array([8192, 8192], np.int64)})
# A sound that is none.
hostile("nan", node("Cast", ["input"], ["ids"], to=T.FLOAT), node("Sub", ["ids", "ids"], ["zero"]),
        node("Div", ["zero", "zero"], ["sound"]), constants={})
# A loop without a condition: as long as the largest number.
body = h.make_graph([node("Identity", ["go"], ["go_on"]), node("Add", ["x", "x"], ["more"])], "body",
                    [h.make_tensor_value_info("i", T.INT64, []), h.make_tensor_value_info("go", T.BOOL, []),
                     h.make_tensor_value_info("x", T.FLOAT, None)],
                    [h.make_tensor_value_info("go_on", T.BOOL, []), h.make_tensor_value_info("more", T.FLOAT, None)])
hostile("loop", node("Loop", ["turns", "yes", "scales"], ["sound"], body=body),
        constants={"turns": np.int64((1 << 63) - 1), "yes": np.bool_(True)})
