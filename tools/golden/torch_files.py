"""Small checkpoints written by torch.save, and what is in them.

Run from the repository's root:  python tools/golden/torch_files.py
Writes engine/src/test/resources/golden/format/torch/: *.pt, *.ckpt and *.bin, and expected.json
with type, shape and bytes (hexadecimal) of every tensor, row by row. Read by TorchFileGoldenTest,
TorchFuzzTest and WeightsFileTest. Nothing in the files depends on the time or the machine, but for
the keys of storages in the old form, which are addresses.
"""

import collections
import json
import pathlib
import sys
import types
import zipfile

import numpy
import torch

FOLDER = pathlib.Path("engine/src/test/resources/golden/format/torch")

NAMES = {torch.float64: "FLOAT64", torch.float32: "FLOAT32", torch.float16: "FLOAT16",
         torch.bfloat16: "BFLOAT16", torch.int64: "INT64", torch.int32: "INT32",
         torch.int16: "INT16", torch.int8: "INT8", torch.uint8: "UINT8", torch.bool: "BOOL"}


def values(*shape, dtype=torch.float32):
    """Values with different bits in every byte."""
    count = torch.Size(shape).numel()
    if dtype.is_floating_point:
        return (torch.arange(count, dtype=torch.float64) / 3 - 1.7).to(dtype).reshape(shape)
    if dtype == torch.bool:
        return (torch.arange(count) % 3 == 0).reshape(shape)
    return (torch.arange(count) * 37 - 5).to(dtype).reshape(shape)


def every_type():
    return {NAMES[dtype].lower(): values(2, 3, dtype=dtype) for dtype in NAMES}


def layouts():
    shared = values(4, 6)
    return collections.OrderedDict(
        whole=shared,
        transposed=shared.t(),
        permuted=values(2, 3, 4).permute(2, 0, 1),
        column=shared[:, 2],
        rows=shared[1:3],
        every_other=shared[::2, 1::2],
        halves=values(3, 5, dtype=torch.float16).t(),
        bytes=values(3, 5, dtype=torch.uint8).t(),
        longs=values(3, 5, dtype=torch.int64).t(),
        channels_last=values(1, 3, 2, 2).contiguous(memory_format=torch.channels_last),
        scalar=torch.tensor(3.5),
        empty=torch.zeros(0, 4),
        parameter=torch.nn.Parameter(values(3)),
        buffer=torch.nn.Parameter(values(3), requires_grad=False),
    )


def lightning():
    """What a training run of Stable Diffusion 1 left: weights, and much else beside them."""
    name = "pytorch_lightning.callbacks.model_checkpoint"
    module = types.ModuleType(name)
    callback = type("ModelCheckpoint", (), {"__module__": name})
    module.ModelCheckpoint = callback
    for part in ("pytorch_lightning", "pytorch_lightning.callbacks"):
        sys.modules[part] = types.ModuleType(part)
    sys.modules[name] = module
    network = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
    with torch.no_grad():
        for i, tensor in enumerate(network.state_dict().values()):
            if tensor.dim() > 0:
                tensor.copy_(values(*tensor.shape) + i)
    return {
        "epoch": 3,
        "global_step": 470000,
        "pytorch-lightning_version": "1.4.2",
        "state_dict": network.state_dict(),
        "callbacks": {
            callback: {
                "monitor": "val/loss_simple_ema",
                "best_model_score": torch.tensor(0.125),
                "best_model_path": "epoch=0.ckpt",
                "current_score": numpy.float64(0.25),
            }
        },
        "optimizer_states": [
            {
                "state": collections.defaultdict(dict, {0: {"step": 7, "exp_avg": values(3, 2)}}),
                "param_groups": [{"lr": 1e-4, "betas": (0.9, 0.999), "params": [0, 1]}],
            }
        ],
        "lr_schedulers": [{"base_lrs": [1e-4], "last_lr": numpy.array([0.5, 0.25]), "none": None}],
        "seen": {1, 2},
        "shape": torch.Size([2, 3]),
        "dtype": torch.float16,
        "device": torch.device("cpu"),
        "big": 1 << 70,
    }


def inversion():
    """A concept taught to Stable Diffusion, as the original program wrote it."""
    return {
        "string_to_token": {"*": torch.tensor(265)},
        "string_to_param": torch.nn.ParameterDict({"*": torch.nn.Parameter(values(2, 4))}),
        "name": "my-concept",
        "step": 500,
    }




def contents(tensor):
    tensor = tensor.detach().contiguous()
    raw = tensor.flatten().view(torch.uint8).tolist() if tensor.numel() else []
    return {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "hex": bytes(raw).hex()}


def packed_again(source, target):
    """By a program that is not PyTorch: compressed, under another folder's name."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(
        target, "w", zipfile.ZIP_DEFLATED
    ) as new:
        for entry in old.infolist():
            name = "modèle v1 (1)/" + entry.filename.split("/", 1)[1]
            info = zipfile.ZipInfo(name, (2022, 8, 22, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    wrapped = lightning()
    taught = inversion()
    concept = {
        "string_to_token.*": taught["string_to_token"]["*"],
        "string_to_param.*": taught["string_to_param"]["*"],
    }
    files = {
        "types.pt": (every_type(), every_type(), {}),
        "layouts.pt": (layouts(), layouts(), {}),
        "protocol4.pt": (every_type(), every_type(), {"pickle_protocol": 4}),
        "legacy.bin": (layouts(), layouts(), {"_use_new_zipfile_serialization": False}),
        "training.ckpt": (wrapped, wrapped["state_dict"], {}),
        "training-legacy.ckpt": (
            wrapped, wrapped["state_dict"], {"_use_new_zipfile_serialization": False}),
        "inversion.pt": (taught, concept, {}),
    }
    expected = {}
    for name, (saved, tensors, options) in files.items():
        torch.save(saved, FOLDER / name, **options)
        expected[name] = {key: contents(value) for key, value in tensors.items()}
    packed_again(FOLDER / "layouts.pt", FOLDER / "deflated.pt")
    expected["deflated.pt"] = expected["layouts.pt"]
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    for written in FOLDER.iterdir():
        written.chmod(0o644)


if __name__ == "__main__":
    main()
