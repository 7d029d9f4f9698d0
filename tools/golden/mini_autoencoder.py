"""What the reference's autoencoder makes with the bundled model's weights, in fp32.

Writes mini/src/test/resources/golden/vae/golden.safetensors: a picture (uint8; divide by 127.5 and
subtract 1) and its latent, a latent and its picture before any clamp. Latents are as the diffusion
network sees them. The metadata holds the SHA-256 of the weights. Read by the tests of module mini.
Run from the root of the repository:

    python tools/golden/mini_autoencoder.py mini/src/main/resources/io/songe/mini/model
"""

import hashlib
import sys
from pathlib import Path

import diffusers
import torch
from diffusers import AutoencoderTiny
from safetensors.torch import save_file

TARGET = Path("mini/src/test/resources/golden/vae")
HEIGHT, WIDTH = 96, 128


def picture(channels: int) -> torch.Tensor:
    """A slope, stripes and a disc, with some grain; the last channel covers the disc."""
    y, x = torch.meshgrid(torch.linspace(-1, 1, HEIGHT), torch.linspace(-1, 1, WIDTH), indexing="ij")
    disc = (x**2 + y**2 < 0.6).float()
    planes = [x, torch.sin(12 * y), 2 * disc - 1, 2 * disc - 1][:channels]
    grain = 0.05 * torch.randn(channels, HEIGHT, WIDTH, generator=torch.Generator().manual_seed(7))
    return ((torch.stack(planes) + grain).clamp(-1, 1) + 1).mul(127.5).round().to(torch.uint8)[None]


@torch.no_grad()
def main(folder: Path) -> None:
    model = AutoencoderTiny.from_pretrained(folder / "vae", torch_dtype=torch.float32).eval()
    scale = model.config.scaling_factor
    bytes_ = picture(model.config.in_channels)
    encoded = model.encode(bytes_.float() / 127.5 - 1).latents * scale
    latent = torch.randn(encoded.shape, generator=torch.Generator().manual_seed(8))
    tensors = {
        "picture": bytes_,
        "encoded": encoded,
        "latent": latent,
        "decoded": model.decode(latent / scale).sample,
    }
    weights = (folder / "vae/diffusion_pytorch_model.safetensors").read_bytes()
    metadata = {
        "vae_sha256": hashlib.sha256(weights).hexdigest(),
        "reference": f"diffusers {diffusers.__version__}, torch {torch.__version__}",
    }
    TARGET.mkdir(parents=True, exist_ok=True)
    file = TARGET / "golden.safetensors"
    save_file({key: value.contiguous() for key, value in tensors.items()}, file, metadata)
    print(file, file.stat().st_size, {key: f"{value.float().std():.3f}" for key, value in tensors.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
