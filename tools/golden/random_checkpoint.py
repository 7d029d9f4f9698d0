"""A Stable Diffusion of full size with random weights, as a folder and as one original file.

For measurements, and for comparing whole networks with the reference where no published weights
are at hand. Writes TARGET/folder/ and TARGET/model.safetensors, in float16 (--dtype float32 or
bfloat16 for others), and TARGET/unet.safetensors with an input and what diffusers' U-Net makes of
it; the comparison with Songe is bench's CompareUNet. Stable Diffusion 1.5 unless --xl is given. The
tokenizer is CLIP's own, as the engine carries it. Needs 2 GB of disk (XL: 14 GB) and about 5 GB
(XL: 12 GB) of memory. Run from the repository's root:

    python tools/golden/random_checkpoint.py TARGET [--xl] [--dtype float16] [--no-reference]
"""

import argparse
import gzip
import json
from pathlib import Path

import torch
from diffusers import (
    EulerDiscreteScheduler,
    PNDMScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from original_names import clip, open_clip, original, published_autoencoder, published_text, published_unet
from safetensors.torch import save_file
from tiny_model import alphabet
from transformers import CLIPTokenizer

MERGES = Path("engine/src/main/resources/io/songe/text/clip-merges.txt.gz")
TYPES = {torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32"}
TRAINED = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1)


def tokenizer(folder, pad):
    pairs = gzip.open(MERGES, "rt", encoding="utf-8").read().splitlines()
    letters = alphabet()
    tokens = [*letters, *[letter + "</w>" for letter in letters], *[pair.replace(" ", "") for pair in pairs]]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps({token: index for index, token in enumerate(tokens)}))
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *pairs]) + "\n")
    options = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "pad_token": pad}
    (folder / "tokenizer_config.json").write_text(json.dumps(options))
    return CLIPTokenizer.from_pretrained(folder)


def filled(model, seed, dtype):
    """Weights that keep the size of what goes through, so that no layer is lost in rounding."""
    generator = torch.Generator().manual_seed(seed)
    model = model.to_empty(device="cpu").to(dtype)
    for name, parameter in model.named_parameters():
        if parameter.dim() == 1:
            centre = 1.0 if name.endswith("weight") else 0.0
            values = centre + 0.05 * torch.randn(parameter.shape, generator=generator)
        elif "embedding.weight" in name:
            values = 0.02 * torch.randn(parameter.shape, generator=generator)
        else:
            values = torch.randn(parameter.shape, generator=generator) / parameter[0].numel() ** 0.5
            if any(last in name for last in ("conv2.", "to_out.", "ff.net.2.", "proj_out.", "out_proj.", "fc2.")):
                values *= 0.3
        parameter.data.copy_(values)
    for name, buffer in model.named_buffers():
        if name.endswith("position_ids"):
            buffer.copy_(torch.arange(buffer.shape[-1]))
    return model.eval()


def build(xl, dtype):
    with torch.device("meta"):
        parts = {
            "unet": published_unet("sdxl" if xl else "sd1"),
            "vae": published_autoencoder(),
            "first": published_text("l"),
        }
        if xl:
            parts["vae"].register_to_config(scaling_factor=0.13025)
            parts["second"] = published_text("g")
    return {name: filled(part, seed, dtype) for seed, (name, part) in enumerate(parts.items())}


def save_folder(parts, target, xl):
    first = tokenizer(target / "tokenizers/first", "<|endoftext|>")
    if xl:
        second = tokenizer(target / "tokenizers/second", "!")
        scheduler = EulerDiscreteScheduler(timestep_spacing="leading", **TRAINED)
        pipe = StableDiffusionXLPipeline(
            parts["vae"], parts["first"], parts["second"], first, second, parts["unet"], scheduler,
            add_watermarker=False,
        )
    else:
        scheduler = PNDMScheduler(skip_prk_steps=True, set_alpha_to_one=False, **TRAINED)
        pipe = StableDiffusionPipeline(
            parts["vae"], parts["first"], first, parts["unet"], scheduler, None, None, requires_safety_checker=False
        )
    pipe.save_pretrained(target / "folder", max_shard_size="2GB")


def save_original(parts, target, xl):
    first = clip(parts["first"].state_dict())
    texts = {"cond_stage_model.": first}
    if xl:
        texts = {"conditioner.embedders.0.": first, "conditioner.embedders.1.": open_clip(parts["second"].state_dict())}
    save_one_by_one(original(parts["unet"], parts["vae"], texts), target / "model.safetensors")


def save_one_by_one(tensors, file):
    """As save_file, which would have all of them in memory a second time."""
    header, begin = {}, 0
    for name, value in tensors.items():
        end = begin + value.numel() * value.element_size()
        header[name] = {"dtype": TYPES[value.dtype], "shape": list(value.shape), "data_offsets": [begin, end]}
        begin = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with file.open("wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for value in tensors.values():
            out.write(value.contiguous().flatten().view(torch.uint8).numpy().data)


def reference(target, xl):
    """One step of the U-Net in float32, at the size that the model is asked for, halved."""
    unet = UNet2DConditionModel.from_pretrained(target / "folder/unet", torch_dtype=torch.float32)
    generator = torch.Generator().manual_seed(9)
    side = 32
    inputs = {
        "x": torch.randn(1, 4, side, side, generator=generator),
        "timesteps": torch.tensor([500.0]),
        "context": torch.randn(1, 77, 2048 if xl else 768, generator=generator),
    }
    added = {}
    if xl:
        inputs["pooled"] = torch.randn(1, 1280, generator=generator)
        inputs["numbers"] = torch.tensor([[256.0, 256, 0, 0, 256, 256]])
        added = {"text_embeds": inputs["pooled"], "time_ids": inputs["numbers"]}
    out = unet(inputs["x"], inputs["timesteps"], inputs["context"], added_cond_kwargs=added).sample
    print(f"U-Net: deviation {out.std():.3f}, within [{out.min():.2f}, {out.max():.2f}]")
    save_file({**inputs, "predicted": out}, target / "unet.safetensors")


@torch.no_grad()
def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("target", type=Path)
    arguments.add_argument("--xl", action="store_true")
    arguments.add_argument("--dtype", default="float16", choices=["float16", "bfloat16", "float32"])
    arguments.add_argument("--no-reference", action="store_true")
    asked = arguments.parse_args()
    asked.target.mkdir(parents=True)
    parts = build(asked.xl, getattr(torch, asked.dtype))
    save_original(parts, asked.target, asked.xl)
    save_folder(parts, asked.target, asked.xl)
    del parts
    if not asked.no_reference:
        reference(asked.target, asked.xl)


if __name__ == "__main__":
    main()
