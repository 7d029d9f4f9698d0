"""Small safetensors files by the reference library, and what is in them.

Run from the repository's root:  python tools/golden/safetensors_files.py
Writes engine/src/test/resources/golden/format/: *.safetensors, and expected.json with type, shape
and bytes (hexadecimal) of every tensor, taken from PyTorch's memory rather than from the files.
Also options.json, a configuration as Python writes one, and scheduler_config.json, saved by
diffusers, and sharded/, tensors spread over files with an index. Read by SafetensorsGoldenTest,
ShardedWeightsTest, JsonConfigTest and JsonConfigWriterTest.
"""

import json
import pathlib
import shutil
import tempfile

import torch
from diffusers import DPMSolverMultistepScheduler
from huggingface_hub import save_torch_state_dict
from safetensors.torch import save_file

FOLDER = pathlib.Path("engine/src/test/resources/golden/format")


def floats(dtype):
    """Values with different bits in every byte, and the ends of the range."""
    info = torch.finfo(dtype)
    return torch.tensor(
        [0.0, -0.0, 1.0, -2.5, 1 / 3, info.max, info.min, info.tiny, float("inf"), float("nan")],
        dtype=torch.float64,
    ).to(dtype)


def integers(dtype):
    info = torch.iinfo(dtype)
    return torch.tensor([[0, 1, 2], [info.min, info.max, 77]], dtype=dtype)


FILES = {
    "types": (
        {
            "float64": floats(torch.float64),
            "float32": floats(torch.float32).reshape(2, 5),
            "float16": floats(torch.float16).reshape(5, 2),
            "bfloat16": floats(torch.bfloat16).reshape(1, 10, 1),
            "int64": integers(torch.int64),
            "int32": integers(torch.int32),
            "int16": integers(torch.int16),
            "int8": integers(torch.int8),
            "uint8": integers(torch.uint8),
            "bool": torch.tensor([True, False, True]),
        },
        {"format": "pt"},
    ),
    "edges": (
        {
            "scalar": torch.tensor(3.5),
            "empty": torch.zeros(0, 4),
            "empty.too": torch.zeros(2, 0, 3, dtype=torch.int16),
            "one.flag": torch.tensor([True]),
            "rêve": torch.tensor([1.0, 2.0]),
            "\U0001f319": torch.tensor([3.0]),
            "\uff5e": torch.tensor([4.0]),
            "a/b \"c\" \\ \x01\x1f\t\x7f": torch.tensor([5, 6, 7], dtype=torch.uint8),
        },
        {"a \"title\"/ \x1f": "une nuit \u00e9toil\u00e9e \U0001f319\n</b>"},
    ),
    "nothing": ({}, None),
}

NAMES = {torch.float64: "FLOAT64", torch.float32: "FLOAT32", torch.float16: "FLOAT16",
         torch.bfloat16: "BFLOAT16", torch.int64: "INT64", torch.int32: "INT32",
         torch.int16: "INT16", torch.int8: "INT8", torch.uint8: "UINT8", torch.bool: "BOOL"}

OPTIONS = {
    "_class_name": "UNet2DConditionModel",
    "act_fn": "silu",
    "block_out_channels": [320, 640],
    "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
    "empty": [],
    "mid_block_type": None,
    "nested": {"zeta": 1, "alpha": [[1, 2], []], "none": {}},
    "sample_size": 64,
    "scaling_factor": 0.18215,
    "title": "a \"b\" </c> \\ \n",
    "use_linear_projection": False,
}


def contents(tensor):
    data = tensor.contiguous().flatten().view(torch.uint8) if tensor.numel() else torch.zeros(0)
    return {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape),
            "hex": bytes(data.to(torch.uint8).tolist()).hex()}


def main():
    (FOLDER / "sharded").mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, (tensors, metadata) in FILES.items():
        save_file(tensors, FOLDER / f"{name}.safetensors", metadata=metadata)
        expected[name] = {
            "tensors": {key: contents(value) for key, value in tensors.items()},
            "metadata": metadata or {},
        }
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    (FOLDER / "options.json").write_text(json.dumps(OPTIONS, indent=2, sort_keys=True) + "\n")
    save_torch_state_dict(
        {f"layer.{i}.weight": torch.full((4,), float(i)) for i in range(5)},
        FOLDER / "sharded",
        max_shard_size=32,
    )
    with tempfile.TemporaryDirectory() as folder:
        DPMSolverMultistepScheduler(use_karras_sigmas=True).save_pretrained(folder)
        shutil.copy(pathlib.Path(folder, "scheduler_config.json"), FOLDER)
    for written in FOLDER.rglob("*.*"):
        written.chmod(0o644)


if __name__ == "__main__":
    main()
