"""Noise of PyTorch's CPU generator, drawn as diffusers does with one generator for each image.

Writes engine/src/test/resources/golden/random/noise.json, which NoiseSourceTest reads.
Run from the repository's root: python tools/golden/noise.py
"""

import json
from pathlib import Path

import torch
from diffusers.utils.torch_utils import randn_tensor

OUT = Path("engine/src/test/resources/golden/random/noise.json")

# Fewer than 16 numbers an image, exactly 16, and no multiple of 16: PyTorch treats each differently.
CASES = [(0, (1, 1, 2, 4)), (42, (2, 1, 4, 4)), (2**40 + 3, (3, 1, 5, 7)), (-5, (1, 4, 2, 3))]
DRAWS = 3


def case(seed, shape):
    generators = [torch.Generator("cpu").manual_seed(seed + i) for i in range(shape[0])]
    draws = [randn_tensor(shape, generator=generators) for _ in range(DRAWS)]
    return {
        "seed": seed,
        "shape": list(shape),
        "draws": [[round(v, 7) for v in draw.flatten().tolist()] for draw in draws],
    }


OUT.parent.mkdir(parents=True, exist_ok=True)
cases = [case(seed, shape) for seed, shape in CASES]
OUT.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
