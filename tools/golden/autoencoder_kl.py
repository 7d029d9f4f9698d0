"""Tiny AutoencoderKL models with random weights, what diffusers computes with them, and the names
of the parameters of the real one.

Writes engine/src/test/resources/golden/vae/<model>/{config.json, model.safetensors.gz,
golden.safetensors.gz} and golden/vae/names/sd1.txt.gz; AutoencoderKlTest reads them, and
AutoencoderConfigJsonTest the configurations.
Run from the repository's root: python tools/golden/autoencoder_kl.py
"""

import json

import torch
from diffusers import AutoencoderKL
from tiny_models import normal, randomize, write, write_names

# What Stable Diffusion's autoencoders have beside their sizes.
FOUR_LEVELS = dict(
    down_block_types=["DownEncoderBlock2D"] * 4,
    up_block_types=["UpDecoderBlock2D"] * 4,
    layers_per_block=2,
)
TINY = dict(**FOUR_LEVELS, block_out_channels=[8, 16, 16, 16], norm_num_groups=4)

# Name: options, batch, height and width of the pictures.
MODELS = {
    "sd1": (dict(**TINY), (1, 32, 32)),
    "sd2": (dict(**TINY, sample_size=768), (2, 24, 40)),
    "sdxl": (dict(**TINY, sample_size=1024, scaling_factor=0.13025), (1, 40, 16)),
    # What later models changed: more latent channels, a shift, no convolutions around the latent.
    "sd3": (
        dict(
            down_block_types=["DownEncoderBlock2D"] * 3,
            up_block_types=["UpDecoderBlock2D"] * 3,
            block_out_channels=[8, 8, 16],
            norm_num_groups=8,
            latent_channels=16,
            scaling_factor=1.5305,
            shift_factor=0.0609,
            use_quant_conv=False,
            use_post_quant_conv=False,
            mid_block_add_attention=False,
        ),
        (1, 20, 28),
    ),
}


@torch.no_grad()
def golden(model, size, seed):
    generator = torch.Generator().manual_seed(seed)
    batch, height, width = size
    scale, shift = model.config.scaling_factor, model.config.shift_factor or 0.0
    pictures = normal(generator, batch, model.config.in_channels, height, width).clamp(-1, 1)
    distribution = model.encode(pictures).latent_dist
    noise = normal(generator, *distribution.mean.shape)
    sampled = distribution.mean + distribution.std * noise
    latents = normal(generator, *distribution.mean.shape)
    numbers = {
        "pictures": pictures,
        "noise": noise,
        "mean": distribution.mean,
        "log_variance": distribution.logvar,
        "encoded": (distribution.mean - shift) * scale,
        "sampled": (sampled - shift) * scale,
        "latents": latents,
        "decoded": model.decode(latents / scale + shift).sample,
    }
    print(seed, {name: f"deviation {value.std():.3f}" for name, value in numbers.items()})
    return numbers


def main():
    for seed, (name, (options, size)) in enumerate(MODELS.items()):
        model = randomize(AutoencoderKL(**options), seed)
        write(
            f"vae/{name}",
            json.loads(model.to_json_string()),
            model.state_dict(),
            golden(model, size, 100 + seed),
        )
    with torch.device("meta"):
        real = AutoencoderKL(**FOUR_LEVELS, block_out_channels=[128, 256, 512, 512])
        write_names("vae/names/sd1.txt.gz", real.state_dict())


main()
