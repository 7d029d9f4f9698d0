"""Has diffusers open an autoencoder that songe train autoencoder has made, and copy a picture with it.

Prints how near the copy is, and checks that latents have about the deviation of 1 that diffusion wants.
Writes nothing; run by hand from the repository's root after a training:

    python tools/golden/open_trained_autoencoder.py RUN PICTURE.png
"""

import sys
from pathlib import Path

import diffusers
import numpy as np
import torch
from diffusers import AutoencoderTiny
from PIL import Image


def planes(file: str) -> torch.Tensor:
    """The colour on white and the coverage, [1, 4, height, width] in [-1, 1]."""
    pixels = torch.from_numpy(np.array(Image.open(file).convert("RGBA"))).permute(2, 0, 1)[None] / 255
    colour, coverage = pixels[:, :3], pixels[:, 3:]
    return torch.cat([colour * coverage + 1 - coverage, coverage], 1) * 2 - 1


@torch.no_grad()
def main(run: Path, picture: str) -> None:
    model, report = AutoencoderTiny.from_pretrained(run / "vae", torch_dtype=torch.float32, output_loading_info=True)
    assert not any(report[kind] for kind in ("missing_keys", "unexpected_keys", "mismatched_keys")), report
    x = planes(picture)
    latent = model.eval().encode(x).latents * model.config.scaling_factor
    copy = model.decode(latent / model.config.scaling_factor).sample.clamp(-1, 1)
    ratio = -10 * torch.log10(((copy - x) / 2).square().mean()).item()
    deviation = latent.std().item()
    print(f"diffusers {diffusers.__version__}: PSNR {ratio:.2f} dB, deviation of the latent {deviation:.2f}")
    assert 0.2 < deviation < 5, deviation


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
