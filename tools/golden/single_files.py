"""Tiny Stable Diffusions 1, 2 and XL of random weights, each as a folder and as one original file.

Writes engine/src/test/resources/golden/original/tiny-{sd1,sd2,xl}.zip. In each are folder/, as
diffusers saves it; model.safetensors, the same weights under the original names, with what such
files hold besides; model.tokenizer/ (and .tokenizer_2/), as the vocabulary is not CLIP's; and
golden.safetensors: a picture before any clamp that diffusers draws in float32 by DDIM, and how. The
names are turned back by the reference's own conversion before anything is written. Weights are
multiples of 1/32, in float16. Read by SingleFileTest and others. Run from the repository's root:

    python tools/golden/single_files.py
"""

import json
import tempfile
import zipfile
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    EulerDiscreteScheduler,
    PNDMScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from diffusers.loaders import single_file_utils as reference
from original_names import attending, clip, open_clip, original, same, verify
from safetensors.torch import save_file
from tiny_model import LENGTH, NEGATIVE, PROMPT, alphabet, merges
from tiny_models import RESOURCES, randomize
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

STEPS, SIDE, SEED, GUIDANCE = 5, 32, 11, 7.5
TRAINED = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1)


def write_tokenizer(folder, pad):
    folder.mkdir(parents=True)
    letters = alphabet()
    tokens = [*letters, *[letter + "</w>" for letter in letters], *["".join(pair) for pair in merges()]]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *[" ".join(pair) for pair in merges()]]) + "\n")
    options = {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH, "pad_token": pad}
    (folder / "tokenizer_config.json").write_text(json.dumps(options, indent=2) + "\n")
    return CLIPTokenizer.from_pretrained(folder)


def text_encoder(vocabulary, layers, activation, projects=False):
    config = CLIPTextConfig(
        vocab_size=vocabulary,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=layers,
        num_attention_heads=1,
        max_position_embeddings=LENGTH,
        hidden_act=activation,
        projection_dim=24 if projects else 16,
        bos_token_id=vocabulary - 2,
        eos_token_id=vocabulary - 1,
    )
    return (CLIPTextModelWithProjection if projects else CLIPTextModel)(config)


def unet(kind):
    sizes = {
        "sd1": dict(block_out_channels=[8, 8, 16], **attending(1, 1, 0), attention_head_dim=8, cross_attention_dim=16),
        "sd2": dict(block_out_channels=[8, 8, 16], **attending(1, 1, 0), attention_head_dim=1, cross_attention_dim=16,
                    use_linear_projection=True),
        "xl": dict(block_out_channels=[8, 8, 8], **attending(0, 1, 1), attention_head_dim=1,
                   transformer_layers_per_block=[1, 1, 2], cross_attention_dim=32, use_linear_projection=True,
                   addition_embed_type="text_time", addition_time_embed_dim=4,
                   projection_class_embeddings_input_dim=24 + 6 * 4),
    }[kind]
    return UNet2DConditionModel(sample_size=SIDE // 8, layers_per_block=1, norm_num_groups=8, **sizes)


def autoencoder(kind):
    return AutoencoderKL(
        block_out_channels=(8,) * 4,
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1,
        norm_num_groups=8,
        sample_size=SIDE,
        scaling_factor=0.13025 if kind == "xl" else 0.18215,
    )


def scheduler(kind):
    if kind == "xl":
        return EulerDiscreteScheduler(timestep_spacing="leading", **TRAINED)
    prediction = "v_prediction" if kind == "sd2" else "epsilon"
    return PNDMScheduler(skip_prk_steps=True, set_alpha_to_one=False, prediction_type=prediction, **TRAINED)


def pipeline(kind, parts, tokenizers):
    if kind == "xl":
        return StableDiffusionXLPipeline(
            parts["vae"], parts["first"], parts["second"], *tokenizers, parts["unet"], scheduler(kind),
            add_watermarker=False,
        )
    return StableDiffusionPipeline(
        parts["vae"], parts["first"], tokenizers[0], parts["unet"], scheduler(kind), None, None,
        requires_safety_checker=False,
    )


def texts(kind, parts, whole):
    """The text encoders under their prefixes, and what else the original files have there."""
    positions = torch.arange(LENGTH)[None]
    scale = torch.tensor(4.6)
    if kind == "sd2":
        return {"cond_stage_model.": {**open_clip(whole.state_dict()), "model.logit_scale": scale}}
    first = {**clip(parts["first"].state_dict()), "transformer.text_model.embeddings.position_ids": positions}
    if kind == "sd1":
        return {"cond_stage_model.": first}
    second = {**open_clip(parts["second"].state_dict()), "model.logit_scale": scale}
    return {"conditioner.embedders.0.": first, "conditioner.embedders.1.": second}


def verify_open_clip(tensors, prefix, model, dropped):
    kept = {name: value for name, value in tensors.items() if f"resblocks.{dropped}." not in name}
    back = reference.convert_open_clip_checkpoint(model, kept, prefix)
    expected = {"text_model." + name.removeprefix("text_model."): value for name, value in model.state_dict().items()}
    projection = expected.pop("text_model.text_projection.weight", None)
    turned = back.pop("text_projection.weight", None)
    assert projection is None or torch.equal(projection, turned)
    same(back, expected)


def golden(pipe, file):
    config = {**dict(pipe.scheduler.config), "clip_sample": False}
    pipe.scheduler = DDIMScheduler.from_config({**config, "set_alpha_to_one": False, "timestep_spacing": "leading"})
    pipe.set_progress_bar_config(disable=True)
    latent = pipe(
        PROMPT,
        negative_prompt=NEGATIVE,
        width=SIDE,
        height=SIDE,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        generator=torch.Generator("cpu").manual_seed(SEED),
        output_type="latent",
    ).images
    picture = pipe.vae.decode(latent / pipe.vae.config.scaling_factor).sample
    print(f"latent in [{latent.min():.2f}, {latent.max():.2f}], picture in [{picture.min():.2f}, {picture.max():.2f}],",
          f"deviation {picture.std():.2f}")
    described = {"prompt": PROMPT, "negative": NEGATIVE, "seed": str(SEED), "steps": str(STEPS),
                 "guidance": str(GUIDANCE), "side": str(SIDE)}
    save_file({"picture": picture.contiguous()}, file, described)


def write(kind, number, work):
    pads = ["<|endoftext|>", "!"][1 if kind == "sd2" else 0 : 2 if kind == "xl" else None][: 2 if kind == "xl" else 1]
    names = ["tokenizer", "tokenizer_2"][: len(pads)]
    tokenizers = [write_tokenizer(work / f"model.{name}", pad) for name, pad in zip(names, pads)]
    vocabulary = len(tokenizers[0])
    whole = None
    parts = {"unet": unet(kind), "vae": autoencoder(kind)}
    if kind == "sd2":
        whole = randomize(text_encoder(vocabulary, 3, "gelu", projects=True), number + 5)
        parts["first"] = text_encoder(vocabulary, 2, "gelu")
    else:
        parts["first"] = text_encoder(vocabulary, 2, "quick_gelu")
    if kind == "xl":
        parts["second"] = text_encoder(vocabulary, 3, "gelu", projects=True)
    for index, part in enumerate(parts.values()):
        randomize(part, number + index)
    if whole is not None:
        used = {name.removeprefix("text_model."): value for name, value in whole.state_dict().items()}
        parts["first"].load_state_dict({name: used[name] for name in parts["first"].state_dict()})

    pipe = pipeline(kind, parts, tokenizers).to(torch.float16)
    pipe.save_pretrained(work / "folder")
    if kind != "xl":  # as in the published files
        file = work / "folder/scheduler/scheduler_config.json"
        options = json.loads(file.read_text())
        del options["timestep_spacing"]
        file.write_text(json.dumps(options, indent=2, sort_keys=True) + "\n")
    for name in names:  # vocabulary and merges as older versions of transformers wrote them
        for file in (work / "folder" / name).iterdir():
            file.unlink()
        for file in (work / f"model.{name}").iterdir():
            (work / "folder" / name / file.name).write_bytes(file.read_bytes())

    tensors = original(parts["unet"], parts["vae"], texts(kind, parts, whole and whole.to(torch.float16)))
    verify(tensors, parts["unet"], parts["vae"])
    if kind == "sd2":
        verify_open_clip(tensors, "cond_stage_model.model.", parts["first"], 2)
    if kind == "xl":
        verify_open_clip(tensors, "conditioner.embedders.1.model.", parts["second"], None)
        tensors["denoiser.sigmas"] = torch.linspace(0.03, 14.6, 10)
    else:
        tensors["betas"] = torch.linspace(0.00085**0.5, 0.012**0.5, 1000).square()
        tensors["model_ema.decay"] = torch.tensor(0.9999)
    save_file({name: value.contiguous() for name, value in tensors.items()}, work / "model.safetensors")
    golden(pipe.to(torch.float32), work / "golden.safetensors")


def pack(work, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(work.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(str(file.relative_to(work)), (1980, 1, 1, 0, 0, 0))
                archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    print(target, target.stat().st_size, "bytes")


@torch.no_grad()
def main():
    for number, kind in enumerate(["sd1", "sd2", "xl"]):
        with tempfile.TemporaryDirectory() as name:
            write(kind, 200 + 10 * number, Path(name))
            pack(Path(name), RESOURCES / f"original/tiny-{kind}.zip")


if __name__ == "__main__":
    main()
