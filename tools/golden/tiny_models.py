"""What the scripts of this folder share that write tiny networks with random weights."""

import gzip
import io
import json
from pathlib import Path

import torch
from safetensors.torch import save

RESOURCES = Path("engine/src/test/resources/golden")
GRID = 32


def on_grid(tensor):
    """Rounds to multiples of 1/32, which are exact in every type and compress well."""
    return torch.round(tensor * GRID) / GRID


def randomize(model, seed):
    """Gives every parameter values that show when it is forgotten, misplaced or transposed."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                values = 0.2 * noise + (1 if name.endswith("weight") else 0)
            elif "embedding.weight" in name or "positional_embedding" in name:
                values = 0.7 * noise
            else:
                values = noise / parameter[0].numel() ** 0.5
            parameter.copy_(on_grid(values))
    return model.eval()


def normal(generator, *shape):
    return on_grid(torch.randn(shape, generator=generator))


def write(folder, config, weights, golden):
    """Writes config.json, model.safetensors.gz and golden.safetensors.gz."""
    write_config(f"{folder}/config.json", config)
    folder = RESOURCES / folder
    compress(folder / "model.safetensors.gz", weights)
    compress(folder / "golden.safetensors.gz", golden)


def write_config(file, config):
    file = RESOURCES / file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def compress(file, tensors):
    tensors = {name: value.detach().contiguous().clone() for name, value in tensors.items()}
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as out:
        out.write(save(tensors))
    file.write_bytes(packed.getvalue())
    print(file, len(packed.getvalue()), "bytes")


def write_names(file, weights):
    """Writes the name and shape of every parameter, a line each."""
    lines = [f"{name} {list(value.shape)}\n" for name, value in sorted(weights.items())]
    file = RESOURCES / file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    print(file, len(lines), "names")
