"""A small GGUF file of every type that is read, and its numbers by the reference.

Needs the package gguf. Run from the repository's root:  python tools/golden/gguf_files.py
Writes engine/src/test/resources/golden/format/gguf/: types.gguf, with a tensor of each type
(quantised by gguf.quants where it can, of random blocks where it cannot) and metadata of every
type; numbers.safetensors, what gguf.quants.dequantize makes of them; and expected.json, the types,
shapes and metadata. Read by GgufFileGoldenTest and GgufFuzzTest.
"""

import json
import pathlib

import numpy
from gguf import GGUFReader, GGUFValueType, GGUFWriter, GGMLQuantizationType as Type, quants
from safetensors.numpy import save_file

FOLDER = pathlib.Path("engine/src/test/resources/golden/format/gguf")
RANDOM = numpy.random.default_rng(7)

PLAIN = {
    Type.F32: numpy.float32,
    Type.F16: numpy.float16,
    Type.F64: numpy.float64,
    Type.I8: numpy.int8,
    Type.I16: numpy.int16,
    Type.I32: numpy.int32,
    Type.I64: numpy.int64,
}
SMALL = [Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.Q8_0]
# Bytes of a block of 256, and where its half-precision scales stand.
LARGE = {
    Type.Q2_K: (84, [80, 82]),
    Type.Q3_K: (110, [108]),
    Type.Q4_K: (144, [0, 2]),
    Type.Q5_K: (176, [0, 2]),
    Type.Q6_K: (210, [208]),
}

METADATA = [
    ("songe.uint8", 200, GGUFValueType.UINT8),
    ("songe.int8", -100, GGUFValueType.INT8),
    ("songe.uint16", 60000, GGUFValueType.UINT16),
    ("songe.int16", -30000, GGUFValueType.INT16),
    ("songe.uint32", 4000000000, GGUFValueType.UINT32),
    ("songe.int32", -2000000000, GGUFValueType.INT32),
    ("songe.uint64", 18000000000000000000, GGUFValueType.UINT64),
    ("songe.int64", -9000000000000000000, GGUFValueType.INT64),
    ("songe.bool", True, GGUFValueType.BOOL),
    ("songe.string", "une nuit \u00e9toil\u00e9e", GGUFValueType.STRING),
]


def random_blocks(rows, blocks, size, scales):
    raw = RANDOM.integers(0, 256, (rows, blocks, size), dtype=numpy.uint8)
    for at in scales:
        halves = (RANDOM.standard_normal((rows, blocks)) / 64).astype(numpy.float16)
        raw[:, :, at : at + 2] = halves[:, :, None].view(numpy.uint8)
    return raw.reshape(rows, blocks * size)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    writer = GGUFWriter(FOLDER / "types.gguf", "songe-test")
    for key, value, kind in METADATA:
        writer.add_key_value(key, value, kind)
    writer.add_float32("songe.float32", 0.5)
    writer.add_float64("songe.float64", 1e-300)
    writer.add_array("songe.words", ["a", "list", "of texts"])
    writer.add_array("songe.numbers", [1, 2, 3])
    writer.add_array("comfy.gguf.orig_shape.flattened", [4, 3, 8])
    numbers = {}

    def quantised(name, raw, kind, shape):
        writer.add_tensor(name, raw, raw_dtype=kind)
        numbers[name] = quants.dequantize(raw, kind).reshape(shape)

    for kind, dtype in PLAIN.items():
        values = (RANDOM.standard_normal((2, 3, 5)) * 50).astype(dtype)
        writer.add_tensor(f"plain.{kind.name}", values)
        numbers[f"plain.{kind.name}"] = values
    for kind in SMALL:
        values = RANDOM.standard_normal((3, 64)).astype(numpy.float32)
        quantised(f"small.{kind.name}", quants.quantize(values, kind), kind, (3, 64))
    for kind, (size, scales) in LARGE.items():
        quantised(f"large.{kind.name}", random_blocks(2, 2, size, scales), kind, (2, 512))
    values = RANDOM.standard_normal((4, 6)).astype(numpy.float32)
    quantised("plain.BF16", quants.quantize(values, Type.BF16), Type.BF16, (4, 6))
    flat = RANDOM.standard_normal((1, 96)).astype(numpy.float32)
    quantised("flattened", quants.quantize(flat, Type.Q8_0), Type.Q8_0, (4, 3, 8))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()

    # What the reference library reads back is what was meant.
    for tensor in GGUFReader(FOLDER / "types.gguf").tensors:
        known = tensor.tensor_type not in PLAIN
        read = quants.dequantize(tensor.data, tensor.tensor_type) if known else tensor.data
        assert (read.flatten() == numbers[tensor.name].flatten()).all(), tensor.name
    save_file(numbers, FOLDER / "numbers.safetensors")
    metadata = {key: str(value) for key, value, _ in METADATA}
    metadata |= {"songe.bool": "true", "songe.float32": "0.5", "songe.float64": "1.0E-300",
                 "general.architecture": "songe-test"}
    (FOLDER / "expected.json").write_text(json.dumps(metadata, indent=1) + "\n")
    for written in FOLDER.iterdir():
        written.chmod(0o644)


if __name__ == "__main__":
    main()
