"""A complete Stable Diffusion of random weights, tiny, and what the reference draws with it.

Writes engine/src/test/resources/golden/tiny/model/, a folder as diffusers saves it, made as Stable
Diffusion 1.5 is: epsilon prediction, PNDM's scheduler config, a large-kind autoencoder of three
channels, CLIP with the oldest mark of the end. Weights are multiples of 1/32 and stored in float16.
Beside it tokenizer/, the same tokenizer as this version of
transformers saves it, and golden.safetensors: pictures before any clamp, drawn in float32 by DDIM. Read by
TinyModelTest and by whatever needs a small model. Run from the root of the repository:

    python tools/golden/tiny_model.py
"""

import json
import shutil

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    PNDMScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import save_file
from tiny_models import RESOURCES, randomize
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

TARGET = RESOURCES / "tiny"
MODEL = TARGET / "model"
SCHEDULER = MODEL / "scheduler/scheduler_config.json"
LENGTH = 12
WORDS = ["a", "cat", "red", "blue", "small", "on", "the", "hill"]
PROMPT = "a red cat on the small hill"
NEGATIVE = "blue"
LONG = "a red cat on the hill, a small blue cat on a hill, the red hill on the blue hill, a cat"


def alphabet():
    """The printable stand-ins of the 256 bytes, in the order of CLIP's vocabulary."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [256 + i for i in range(256 - len(plain))]
    return [chr(code) for code in plain + others]


def merges():
    pairs = []
    for word in WORDS:
        tokens = [*word[:-1], word[-1] + "</w>"]
        while len(tokens) > 1:
            pair = (tokens[0], tokens[1])
            if pair not in pairs:
                pairs.append(pair)
            tokens = [tokens[0] + tokens[1], *tokens[2:]]
    return pairs


def write_tokenizer():
    folder = MODEL / "tokenizer"
    folder.mkdir(parents=True)
    letters = alphabet()
    joined = ["".join(pair) for pair in merges()]
    tokens = [*letters, *[letter + "</w>" for letter in letters], *joined]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    lines = ["#version: 0.2", *[" ".join(pair) for pair in merges()]]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n")
    options = {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH}
    (folder / "tokenizer_config.json").write_text(json.dumps(options, indent=2) + "\n")
    return folder, len(tokens)


def networks(vocabulary):
    text = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=vocabulary,
            hidden_size=16,
            intermediate_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            max_position_embeddings=LENGTH,
            hidden_act="quick_gelu",
            projection_dim=16,
            bos_token_id=0,
            eos_token_id=2,
        )
    )
    unet = UNet2DConditionModel(
        sample_size=8,
        block_out_channels=(8, 8, 16),
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
        layers_per_block=1,
        attention_head_dim=2,
        cross_attention_dim=16,
        norm_num_groups=4,
    )
    autoencoder = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1,
        norm_num_groups=4,
        sample_size=64,
    )
    for seed, network in enumerate([text, unet, autoencoder]):
        randomize(network, 100 + seed)
    return text, unet, autoencoder


def scheduler():
    return PNDMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        skip_prk_steps=True,
        set_alpha_to_one=False,
        steps_offset=1,
    )


def encoded(pipeline, text, chunks):
    """Each chunk alone, then side by side, as there is no room for a long text in one."""
    tokenizer = pipeline.tokenizer
    ids = tokenizer(text, add_special_tokens=False).input_ids
    room = LENGTH - 2
    features = []
    for chunk in range(chunks):
        part = ids[chunk * room : (chunk + 1) * room]
        framed = [tokenizer.bos_token_id, *part, tokenizer.eos_token_id]
        framed += [tokenizer.pad_token_id] * (LENGTH - len(framed))
        features.append(pipeline.text_encoder(torch.tensor([framed]))[0])
    return torch.cat(features, 1)


def draw(pipeline, steps, width, height, guidance, rescale, **prompts):
    latent = pipeline(
        width=width,
        height=height,
        num_inference_steps=steps,
        guidance_scale=guidance,
        guidance_rescale=rescale,
        generator=torch.Generator("cpu").manual_seed(11),
        output_type="latent",
        **prompts,
    ).images
    decoded = pipeline.vae.decode(latent / pipeline.vae.config.scaling_factor).sample
    print(list(decoded.shape), f"latent in [{latent.min():.2f}, {latent.max():.2f}],",
          f"decoded in [{decoded.min():.2f}, {decoded.max():.2f}], deviation {decoded.std():.2f}")
    return decoded


def pictures(pipeline):
    pipeline.scheduler = DDIMScheduler.from_config(json.loads(SCHEDULER.read_text()))
    words = {"prompt": PROMPT, "negative_prompt": NEGATIVE}
    chunks = -(-len(pipeline.tokenizer(LONG, add_special_tokens=False).input_ids) // (LENGTH - 2))
    long = {
        "prompt_embeds": encoded(pipeline, LONG, chunks),
        "negative_prompt_embeds": encoded(pipeline, "", chunks),
    }
    return {
        "square": draw(pipeline, 6, 64, 64, 7.5, 0, **words),
        "wide": draw(pipeline, 6, 40, 24, 7.5, 0, **words),
        "rescaled": draw(pipeline, 6, 24, 40, 7.5, 0.7, **words),
        "unguided": draw(pipeline, 6, 16, 16, 1, 0, **words),
        "long": draw(pipeline, 6, 24, 24, 7.5, 0, **long),
    }, chunks


@torch.no_grad()
def main():
    shutil.rmtree(TARGET, ignore_errors=True)
    folder, vocabulary = write_tokenizer()
    text, unet, autoencoder = networks(vocabulary)
    tokenizer = CLIPTokenizer.from_pretrained(folder)
    pipeline = StableDiffusionPipeline(
        vae=autoencoder,
        text_encoder=text,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    own = {file.name: file.read_bytes() for file in folder.iterdir()}
    pipeline.to(torch.float16).save_pretrained(MODEL)
    # the tokenizer's files stay as older versions of transformers wrote them; beside, as now
    for name in ("vocab.json", "merges.txt"):
        (folder / name).unlink()
    folder.rename(TARGET / "tokenizer")
    folder.mkdir()
    for name, content in own.items():
        (folder / name).write_bytes(content)

    # as in the published files of Stable Diffusion 1.5, for other classes than PNDM's
    options = {**json.loads(SCHEDULER.read_text()), "clip_sample": False}
    SCHEDULER.write_text(json.dumps(options, indent=2, sort_keys=True) + "\n")

    drawn, chunks = pictures(pipeline.to(torch.float32))
    described = {"prompt": PROMPT, "negative": NEGATIVE, "long": LONG, "chunks": str(chunks), "seed": "11"}
    save_file({name: value.contiguous() for name, value in drawn.items()}, TARGET / "golden.safetensors", described)
    total = sum(file.stat().st_size for file in TARGET.rglob("*") if file.is_file())
    print(total, "bytes;", described)


if __name__ == "__main__":
    main()
