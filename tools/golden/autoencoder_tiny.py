"""Tiny AutoencoderTiny models with random weights, what diffusers computes with them, and the names
of the parameters of the real ones.

Writes engine/src/test/resources/golden/vae/<model>/{config.json, model.safetensors.gz,
golden.safetensors.gz} and golden/vae/names/<model>.txt.gz; AutoencoderTinyTest reads them, and
AutoencoderConfigJsonTest the configurations.
Run from the repository's root: python tools/golden/autoencoder_tiny.py
"""

import json

import torch
from diffusers import AutoencoderTiny
from tiny_models import normal, randomize, write, write_names

# Coverage is a fourth image channel, and latents are scaled.
MINI = dict(in_channels=4, out_channels=4, scaling_factor=1.1266770412473188)

# Name: options, batch, height and width of the pictures.
MODELS = {
    "taesd": (
        dict(encoder_block_out_channels=[12] * 4, decoder_block_out_channels=[12] * 4),
        (1, 40, 24),
    ),
    "mini": (
        dict(**MINI, encoder_block_out_channels=[8] * 4, decoder_block_out_channels=[12] * 4),
        (2, 32, 32),
    ),
}


@torch.no_grad()
def golden(model, size, seed):
    generator = torch.Generator().manual_seed(seed)
    batch, height, width = size
    scale = model.config.scaling_factor
    pictures = normal(generator, batch, model.config.in_channels, height, width).clamp(-1, 1)
    encoded = model.encode(pictures).latents * scale
    # Three times as wide as trained latents, so that the squeeze of the decoder shows.
    latents = 3 * normal(generator, *encoded.shape)
    numbers = {
        "pictures": pictures,
        "encoded": encoded,
        "latents": latents,
        "decoded": model.decode(latents / scale).sample,
    }
    print(seed, {name: f"deviation {value.std():.3f}" for name, value in numbers.items()})
    return numbers


def main():
    for seed, (name, (options, size)) in enumerate(MODELS.items()):
        model = randomize(AutoencoderTiny(**options), seed)
        write(
            f"vae/{name}",
            json.loads(model.to_json_string()),
            model.state_dict(),
            golden(model, size, 200 + seed),
        )
    with torch.device("meta"):
        write_names("vae/names/taesd.txt.gz", AutoencoderTiny().state_dict())
        write_names("vae/names/mini.txt.gz", AutoencoderTiny(**MINI).state_dict())


main()
