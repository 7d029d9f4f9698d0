"""Writes a model of Stable Diffusion 1.5's exact shapes with random weights, for measurements.

usage: python tools/golden/random_sd15.py FOLDER [--dtype bf16|fp16|fp32] [--seed N]

FOLDER is outside of the repository: it takes 2.1 GB (4.3 GB in fp32). The layout is the published one, so
Songe and diffusers open it; stable-diffusion.cpp wants a single file. The weights are PyTorch's initial ones, under which
activations stay within a few units in every type; the last layer of the U-Net is made larger, so that its
output deviates by about 1 as a trained one's does. The tokenizer is the bundled model's, whose tokens are the first
of the vocabulary.
bench/large reads it; no test does.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

TOKENIZER = Path("mini/src/main/resources/io/songe/mini/model/tokenizer")
TYPES = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}
END = 8383


def unet():
    made = UNet2DConditionModel(sample_size=64, cross_attention_dim=768)
    with torch.no_grad():
        made.conv_out.weight.mul_(3)
    return made


def autoencoder():
    return AutoencoderKL(
        block_out_channels=(128, 256, 512, 512),
        down_block_types=["DownEncoderBlock2D"] * 4,
        up_block_types=["UpDecoderBlock2D"] * 4,
        layers_per_block=2,
        latent_channels=4,
        sample_size=512,
        scaling_factor=0.18215,
    )


def text_encoder():
    config = CLIPTextConfig(
        hidden_size=768,
        intermediate_size=3072,
        num_hidden_layers=12,
        num_attention_heads=12,
        vocab_size=49408,
        projection_dim=768,
        bos_token_id=END - 1,
        eos_token_id=END,
        pad_token_id=END,
    )
    return CLIPTextModel(config)


def save(make, dtype, folder):
    torch.set_default_dtype(dtype)
    model = make()
    model.to(dtype).save_pretrained(folder, max_shard_size="20GB")
    print(folder, sum(p.numel() for p in model.parameters()) // 1_000_000, "million weights")


def tokenizer(folder):
    shutil.copytree(TOKENIZER, folder, dirs_exist_ok=True)
    file = folder / "tokenizer_config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"model_max_length": 77}, indent=2) + "\n")


def index(folder):
    classes = {
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "scheduler": ["diffusers", "DDIMScheduler"],
        "safety_checker": [None, None],
        "feature_extractor": [None, None],
    }
    content = {"_class_name": "StableDiffusionPipeline", **classes, "requires_safety_checker": False}
    (folder / "model_index.json").write_text(json.dumps(content, indent=2) + "\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--dtype", choices=TYPES, default="bf16")
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    torch.manual_seed(given.seed)
    dtype = TYPES[given.dtype]
    given.folder.mkdir(parents=True, exist_ok=True)
    save(unet, dtype, given.folder / "unet")
    save(autoencoder, dtype, given.folder / "vae")
    save(text_encoder, dtype, given.folder / "text_encoder")
    tokenizer(given.folder / "tokenizer")
    DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        clip_sample=False,
        set_alpha_to_one=False,
        steps_offset=1,
    ).save_pretrained(given.folder / "scheduler")
    index(given.folder)


if __name__ == "__main__":
    main()
