"""Tiny U-Nets with random weights, what diffusers computes with them, and the names of the
parameters of the real ones.

Writes engine/src/test/resources/golden/unet/<model>/{config.json, model.safetensors.gz,
golden.safetensors.gz} and golden/unet/names/<model>.txt.gz, which UNetTest reads, and
golden/unet/configs/<model>.json, which UNetConfigJsonTest reads beside the others.
Run from the repository's root: python tools/golden/unet.py
"""

import json

import torch
from diffusers import UNet2DConditionModel
from tiny_models import normal, randomize, write, write_config, write_names

CROSS_DOWN = "CrossAttnDownBlock2D"
CROSS_UP = "CrossAttnUpBlock2D"
TINY = dict(norm_num_groups=4, cross_attention_dim=12)

# What the real models have beside sizes that are the defaults.
SD1 = dict(
    down_block_types=[CROSS_DOWN, CROSS_DOWN, CROSS_DOWN, "DownBlock2D"],
    up_block_types=["UpBlock2D", CROSS_UP, CROSS_UP, CROSS_UP],
)
SD2 = dict(**SD1, use_linear_projection=True)
SDXL = dict(
    down_block_types=["DownBlock2D", CROSS_DOWN, CROSS_DOWN],
    up_block_types=[CROSS_UP, CROSS_UP, "UpBlock2D"],
    use_linear_projection=True,
    addition_embed_type="text_time",
)
MINI = dict(
    down_block_types=["DownBlock2D", "DownBlock2D", CROSS_DOWN],
    up_block_types=[CROSS_UP, "UpBlock2D", "UpBlock2D"],
    use_linear_projection=True,
    layers_per_block=1,
    resnet_time_scale_shift="scale_shift",
    addition_embed_type="text",
)
TWO_LEVELS = dict(
    block_out_channels=[8, 16],
    down_block_types=[CROSS_DOWN, CROSS_DOWN],
    up_block_types=[CROSS_UP, CROSS_UP],
    layers_per_block=1,
)

# Name: options, height and width of the picture. 12 becomes 6, 3 and 2: the way up cannot just
# double.
MODELS = {
    "sd1": (
        dict(**SD1, **TINY, block_out_channels=[8, 16, 16, 16], attention_head_dim=2),
        (16, 12),
    ),
    "sd2": (
        dict(
            **SD2,
            **TINY,
            block_out_channels=[8, 16, 16, 24],
            attention_head_dim=[1, 2, 4, 3],
            layers_per_block=1,
            upcast_attention=True,
        ),
        (8, 16),
    ),
    "sdxl": (
        dict(
            **SDXL,
            **TINY,
            block_out_channels=[8, 16, 16],
            attention_head_dim=[1, 2, 4],
            transformer_layers_per_block=[1, 2, 3],
            layers_per_block=1,
            addition_time_embed_dim=6,
            projection_class_embeddings_input_dim=10 + 6 * 6,
        ),
        (8, 8),
    ),
    "mini": (
        dict(
            **MINI,
            **TINY,
            block_out_channels=[8, 16, 24],
            attention_head_dim=[1, 2, 4],
            addition_embed_type_num_heads=3,
        ),
        (8, 12),
    ),
    "inpainting": (
        dict(
            TWO_LEVELS,
            **TINY,
            in_channels=9,
            layers_per_block=[2, 1],
            mid_block_type=None,
            transformer_layers_per_block=[2, 1],
            attention_head_dim=[2, 4],
            flip_sin_to_cos=False,
            freq_shift=1,
            norm_eps=1e-2,
        ),
        (6, 7),
    ),
    "upscaling": (
        dict(
            **TWO_LEVELS,
            **TINY,
            in_channels=8,
            out_channels=3,
            attention_head_dim=2,
            only_cross_attention=[True, False],
            class_embed_type="timestep",
        ),
        (6, 6),
    ),
    "variation": (
        dict(
            **TWO_LEVELS,
            **TINY,
            attention_head_dim=2,
            mid_block_type="UNetMidBlock2D",
            class_embed_type="projection",
            projection_class_embeddings_input_dim=10,
        ),
        (4, 6),
    ),
}


def golden(model, size, seed):
    generator = torch.Generator().manual_seed(seed)
    config = model.config
    numbers = {
        "x": normal(generator, 2, config.in_channels, *size),
        "timesteps": torch.tensor([981.0, 12.5]),
        "context": normal(generator, 2, 5, config.cross_attention_dim),
    }
    given = {}
    if config.addition_embed_type == "text_time":
        numbers["pooled"] = normal(generator, 2, 10)
        numbers["numbers"] = torch.tensor([[64.0, 48, 0, 8, 32, 32], [1024, 768, 16, 0, 40, 24]])
        given["added_cond_kwargs"] = dict(
            text_embeds=numbers["pooled"], time_ids=numbers["numbers"]
        )
    if config.class_embed_type == "timestep":
        numbers["label"] = torch.tensor([20.0, 350.0])
        given["class_labels"] = numbers["label"]
    if config.class_embed_type == "projection":
        numbers["label"] = normal(generator, 2, 10)
        given["class_labels"] = numbers["label"]
    with torch.no_grad():
        numbers["predicted"] = model(
            numbers["x"], numbers["timesteps"], numbers["context"], **given
        ).sample
    print(seed, "mean", numbers["predicted"].mean(), "deviation", numbers["predicted"].std())
    return numbers


def main():
    for seed, (name, (options, size)) in enumerate(MODELS.items()):
        model = randomize(UNet2DConditionModel(**options), seed)
        write(
            f"unet/{name}",
            json.loads(model.to_json_string()),
            model.state_dict(),
            golden(model, size, 100 + seed),
        )

    real = {
        "sd1": dict(**SD1, cross_attention_dim=768),
        "sd2": dict(**SD2, cross_attention_dim=1024, attention_head_dim=[5, 10, 20, 20]),
        "sdxl": dict(
            **SDXL,
            block_out_channels=[320, 640, 1280],
            cross_attention_dim=2048,
            attention_head_dim=[5, 10, 20],
            transformer_layers_per_block=[1, 2, 10],
            addition_time_embed_dim=256,
            projection_class_embeddings_input_dim=2816,
        ),
        "sdxl-refiner": dict(
            **{
                **SDXL,
                "down_block_types": ["DownBlock2D", CROSS_DOWN, CROSS_DOWN, "DownBlock2D"],
                "up_block_types": ["UpBlock2D", CROSS_UP, CROSS_UP, "UpBlock2D"],
            },
            block_out_channels=[384, 768, 1536, 1536],
            cross_attention_dim=1280,
            attention_head_dim=[6, 12, 24, 24],
            transformer_layers_per_block=4,
            addition_time_embed_dim=256,
            projection_class_embeddings_input_dim=2560,
        ),
        "mini": dict(
            **MINI,
            block_out_channels=[64, 128, 256],
            cross_attention_dim=320,
            attention_head_dim=[1, 2, 4],
            addition_embed_type_num_heads=5,
        ),
    }
    for name, options in real.items():
        with torch.device("meta"):
            model = UNet2DConditionModel(**options)
        write_names(f"unet/names/{name}.txt.gz", model.state_dict())
        write_config(f"unet/configs/{name}.json", json.loads(model.to_json_string()))


main()
