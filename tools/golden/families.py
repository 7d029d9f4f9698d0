"""Complete tiny models of every family of Stable Diffusion, and what the reference draws with them.

Writes engine/src/test/resources/golden/families/<family>/: model/, a folder as diffusers saves it,
with random weights and with the scheduler options that were published for that family, and
golden.safetensors, the reference's pictures before any clamp, each beside a description of how it
was drawn in the file's metadata; for models that need a picture, what they were shown. "sd1" has
pictures alone: they are of golden/tiny/model, which tiny_model.py writes. Read by
FamiliesTest. Run from the root of the repository:

    python tools/golden/families.py

The script refuses to write pictures that another seed, another prompt or other sizes would not
change: they would prove nothing.
"""

import json
import shutil

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    PNDMScheduler,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    StableDiffusionXLImg2ImgPipeline,
    StableDiffusionXLInpaintPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import save_file
from tiny_model import LENGTH, LONG, NEGATIVE, PROMPT, alphabet, merges
from tiny_models import RESOURCES, normal, randomize
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

TARGET = RESOURCES / "families"
SCHEDULER = "scheduler/scheduler_config.json"
WIDTH, HEIGHT, FACTOR = 48, 32, 8
SEED, STEPS, GUIDANCE = 11, 6, 5.0
BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
# As published with Stable Diffusion 2.1 of 768 pixels, 1.5 for inpainting, and XL 1.0: options of
# other classes among them, and without those that came later.
PUBLISHED = {"num_train_timesteps": 1000, "set_alpha_to_one": False, "steps_offset": 1, "trained_betas": None,
             "clip_sample": False, "skip_prk_steps": True, **BETAS}
SD1_OPTIONS = {"_class_name": "PNDMScheduler", "_diffusers_version": "0.6.0", **PUBLISHED}
SD2_OPTIONS = {"_class_name": "DDIMScheduler", "_diffusers_version": "0.8.0", **PUBLISHED,
               "prediction_type": "v_prediction"}
XL_OPTIONS = {"_class_name": "EulerDiscreteScheduler", "_diffusers_version": "0.19.0.dev0", **PUBLISHED,
              "interpolation_type": "linear", "prediction_type": "epsilon", "sample_max_value": 1.0,
              "timestep_spacing": "leading", "use_karras_sigmas": False}
SAMPLERS = {
    "ddim": DDIMScheduler,
    "euler": EulerDiscreteScheduler,
    "dpmpp_2m": DPMSolverMultistepScheduler,
}


def write_tokenizer(folder, pad):
    """CLIP's, of a few words, as older versions of transformers save it."""
    folder.mkdir(parents=True)
    letters = alphabet()
    tokens = [*letters, *[letter + "</w>" for letter in letters]]
    tokens += ["".join(pair) for pair in merges()] + ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    lines = ["#version: 0.2", *[" ".join(pair) for pair in merges()]]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n")
    options = {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH, "pad_token": pad}
    (folder / "tokenizer_config.json").write_text(json.dumps(options, indent=2) + "\n")
    return CLIPTokenizer.from_pretrained(folder)


def text_encoder(kind, tokenizer, width, seed, **options):
    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=2 * width,
        num_hidden_layers=3,
        num_attention_heads=2,
        max_position_embeddings=LENGTH,
        bos_token_id=0,
        eos_token_id=2,
        **{"projection_dim": width, "hidden_act": "gelu", **options},
    )
    return randomize(kind(config), seed)


def unet(seed, down, **options):
    model = UNet2DConditionModel(
        block_out_channels=(8,) * len(down),
        down_block_types=[f"{kind}DownBlock2D" for kind in down],
        up_block_types=[f"{kind}UpBlock2D" for kind in reversed(down)],
        layers_per_block=1,
        norm_num_groups=2,
        sample_size=8,
        **options,
    )
    return randomize(model, seed)


def autoencoder(**options):
    model = AutoencoderKL(
        block_out_channels=(4,) * 4,
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1,
        norm_num_groups=2,
        sample_size=64,
        **options,
    )
    return randomize(model, 3)


# ---------------------------------------------------------------- the families


def sd2(tokenizer, **options):
    return {
        "vae": autoencoder(),
        "text_encoder": text_encoder(CLIPTextModel, tokenizer(""), 12, 1, projection_dim=8),
        "tokenizer": tokenizer(""),
        "unet": unet(
            2,
            ["CrossAttn", ""],
            cross_attention_dim=12,
            attention_head_dim=[2, 4],
            use_linear_projection=True,
            upcast_attention=True,
            **options,
        ),
        "safety_checker": None,
        "feature_extractor": None,
        "requires_safety_checker": False,
        "scheduler": DDIMScheduler.from_config(SD2_OPTIONS),
    }


def sd1_inpaint(tokenizer):
    parts = sd2(tokenizer, in_channels=9)
    parts["scheduler"] = PNDMScheduler.from_config(SD1_OPTIONS)
    parts["text_encoder"] = text_encoder(CLIPTextModel, tokenizer(""), 12, 1, hidden_act="quick_gelu")
    parts["unet"] = unet(4, ["CrossAttn", ""], cross_attention_dim=12, attention_head_dim=2, in_channels=9)
    return parts


def xl(tokenizer, numbers=6, **options):
    """The second text encoder and the U-Net's added embedding as both of XL's models have them."""
    options = {"down": ["", "CrossAttn"], "cross_attention_dim": 20, "seed": 5, **options}
    return {
        "vae": autoencoder(scaling_factor=0.13025),
        "text_encoder": text_encoder(CLIPTextModel, tokenizer(""), 8, 6, hidden_act="quick_gelu"),
        "text_encoder_2": text_encoder(
            CLIPTextModelWithProjection, tokenizer(""), 12, 7, projection_dim=10
        ),
        "tokenizer": tokenizer(""),
        "tokenizer_2": tokenizer("_2"),
        "unet": unet(
            attention_head_dim=[2, 4],
            transformer_layers_per_block=[1, 2],
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=4,
            projection_class_embeddings_input_dim=10 + 4 * numbers,
            **options,
        ),
        "scheduler": EulerDiscreteScheduler.from_config(XL_OPTIONS),
        "add_watermarker": False,
    }


def refiner(tokenizer):
    return {
        **xl(tokenizer, 5, cross_attention_dim=12, seed=8),
        "text_encoder": None,
        "tokenizer": None,
        "requires_aesthetics_score": True,
        "force_zeros_for_empty_prompt": False,
    }


FAMILIES = {
    "sd2": (StableDiffusionPipeline, sd2, SD2_OPTIONS),
    "sd1-inpaint": (StableDiffusionInpaintPipeline, sd1_inpaint, SD1_OPTIONS),
    "sdxl": (StableDiffusionXLPipeline, xl, XL_OPTIONS),
    "sdxl-inpaint": (StableDiffusionXLInpaintPipeline, lambda t: xl(t, in_channels=9, seed=9), XL_OPTIONS),
    "sdxl-refiner": (StableDiffusionXLImg2ImgPipeline, refiner, XL_OPTIONS),
}


def made(family):
    """Saves the family's folder; what is drawn with are the weights that were stored."""
    kind, parts, scheduler = FAMILIES[family]
    folder = TARGET / family / "model"
    pads = {"": "<|endoftext|>", "_2": "!"}
    tokenizers = {suffix: write_tokenizer(folder / f"tokenizer{suffix}", pad) for suffix, pad in pads.items()}
    own = {(suffix, file.name): file.read_bytes()
           for suffix in pads for file in (folder / f"tokenizer{suffix}").iterdir()}
    made = parts(tokenizers.__getitem__)
    shutil.rmtree(folder)
    pipeline = kind(**made)
    pipeline.to(torch.float16).save_pretrained(folder)
    (folder / SCHEDULER).write_text(json.dumps(scheduler, indent=2, sort_keys=True) + "\n")
    for (suffix, name), content in own.items():
        tokenizer = folder / f"tokenizer{suffix}"
        if tokenizer.is_dir():
            (tokenizer / "tokenizer.json").unlink(missing_ok=True)
            (tokenizer / name).write_bytes(content)
    return opened(pipeline.to(torch.float32), folder)


def opened(pipeline, folder):
    """Knows its scheduler by its file alone: a class that made one would add defaults of its own."""
    pipeline.set_progress_bar_config(disable=True)
    return pipeline, json.loads((folder / SCHEDULER).read_text())


# ---------------------------------------------------------------- what is drawn


def shown():
    """The latent of a picture, a mask, and the latent of what the mask leaves of a picture."""
    generator = torch.Generator().manual_seed(17)
    height, width = HEIGHT // FACTOR, WIDTH // FACTOR
    mask = torch.zeros(1, 1, height, width)
    mask[:, :, 1:3, 2:] = 1
    return {
        "clean": normal(generator, 1, 4, height, width),
        "mask": mask,
        "surroundings": normal(generator, 1, 4, height, width),
    }


def draw(model, sampler, seed=SEED, changes=None, **options):
    """The picture, drawn by a sampler from the noise of a seed."""
    pipeline, scheduler = model
    pipeline.scheduler = SAMPLERS[sampler].from_config({**scheduler, **(changes or {})})
    inputs = shown()
    arguments = dict(
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        generator=torch.Generator("cpu").manual_seed(seed),
        output_type="latent",
    )
    if isinstance(pipeline, StableDiffusionXLImg2ImgPipeline):
        arguments |= dict(image=inputs["clean"], strength=0.5)
    else:
        arguments |= dict(width=WIDTH, height=HEIGHT)
    if isinstance(pipeline, (StableDiffusionInpaintPipeline, StableDiffusionXLInpaintPipeline)):
        mask = torch.nn.functional.interpolate(inputs["mask"], scale_factor=FACTOR)
        arguments |= dict(
            image=torch.zeros(1, 3, HEIGHT, WIDTH),
            mask_image=mask,
            masked_image_latents=inputs["surroundings"],
            strength=1.0,
        )
    latent = pipeline(**(arguments | options)).images
    return pipeline.vae.decode(latent / pipeline.vae.config.scaling_factor).sample


def long_embeddings(pipeline):
    """Each chunk alone, then side by side; the text as a whole is what its first chunk is."""
    features = {}
    ids = pipeline.tokenizer(LONG, add_special_tokens=False).input_ids
    room = LENGTH - 2
    chunks = [ids[i : i + room] for i in range(0, len(ids), room)]
    for negative, texts in {"": chunks, "negative_": [[]] * len(chunks)}.items():
        tokens = []
        for text in texts:
            towers = []
            for tokenizer, encoder in (
                (pipeline.tokenizer, pipeline.text_encoder),
                (pipeline.tokenizer_2, pipeline.text_encoder_2),
            ):
                framed = [tokenizer.bos_token_id, *text, tokenizer.eos_token_id]
                framed += [tokenizer.pad_token_id] * (LENGTH - len(framed))
                out = encoder(torch.tensor([framed]), output_hidden_states=True)
                towers.append(out.hidden_states[-2])
            features.setdefault(f"{negative}pooled_prompt_embeds", out[0])
            tokens.append(torch.cat(towers, -1))
        features[f"{negative}prompt_embeds"] = torch.cat(tokens, 1)
    return features


def decibels(one, other):
    one, other = one.clamp(-1, 1), other.clamp(-1, 1)
    return 10 * torch.log10(4 / (one - other).double().square().mean()).item()


def require_telling(family, model):
    """What would go unnoticed if the pictures did not depend on it."""
    words = dict(prompt=PROMPT, negative_prompt=NEGATIVE)
    usual = draw(model, "euler", **words)
    others = {
        "seed": draw(model, "euler", seed=12, **words),
        "prompt": draw(model, "euler", prompt="a cat", negative_prompt=NEGATIVE),
        "negative": draw(model, "euler", prompt=PROMPT, negative_prompt="hill"),
    }
    if family in ("sdxl", "sdxl-inpaint"):
        others["sizes turned"] = draw(model, "euler", target_size=(WIDTH, HEIGHT), **words)
        others["crop"] = draw(model, "euler", crops_coords_top_left=(8, 0), **words)
    if family in ("sdxl", "sdxl-refiner"):
        embeddings = model[0].encode_prompt(PROMPT, negative_prompt=NEGATIVE)
        names = ("prompt_embeds", "negative_prompt_embeds", "pooled_prompt_embeds", "negative_pooled_prompt_embeds")
        given = dict(zip(names, embeddings))
        others["pooled text"] = draw(model, "euler", **{**given, "pooled_prompt_embeds": -given["pooled_prompt_embeds"]})
    if family == "sdxl-refiner":
        others["score"] = draw(model, "euler", aesthetic_score=2.5, negative_aesthetic_score=6, **words)
    ratios = {name: decibels(usual, other) for name, other in others.items()}
    print(family, f"deviation {usual.std():.2f}, in [{usual.min():.2f}, {usual.max():.2f}]",
          {name: round(ratio, 1) for name, ratio in ratios.items()})
    assert ratios["seed"] < 25 and max(ratios.values()) < 45, ratios


def pictures(family, model):
    words = dict(prompt=PROMPT, negative_prompt=NEGATIVE)
    drawn = {sampler: draw(model, sampler, **words) for sampler in SAMPLERS}
    drawn["no_negative"] = draw(model, "euler", prompt=PROMPT)
    drawn["unguided"] = draw(model, "euler", **{**words, "guidance_scale": 1.0})
    if family == "sdxl":
        drawn["read_empty"] = draw(model, "euler", prompt=PROMPT, negative_prompt="")
        drawn["no_offset"] = draw(model, "euler", changes={"steps_offset": 0}, **words)
        drawn["long"] = draw(model, "euler", **long_embeddings(model[0]))
    if family == "sd2":
        drawn["epsilon"] = draw(model, "euler", changes={"prediction_type": "epsilon"}, **words)
    return drawn


@torch.no_grad()
def main():
    shutil.rmtree(TARGET, ignore_errors=True)
    described = {"prompt": PROMPT, "negative": NEGATIVE, "long": LONG, "seed": str(SEED), "steps": str(STEPS)}
    tiny = RESOURCES / "tiny/model"
    for family in ["sd1", *FAMILIES]:
        if family == "sd1":
            model = opened(StableDiffusionPipeline.from_pretrained(tiny, dtype=torch.float32), tiny)
        else:
            model = made(family)
        require_telling(family, model)
        tensors = {name: picture.half() for name, picture in pictures(family, model).items()}
        if family not in ("sd1", "sd2", "sdxl"):
            tensors |= shown()
        (TARGET / family).mkdir(parents=True, exist_ok=True)
        contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
        save_file(contiguous, TARGET / family / "golden.safetensors", described)
        files = [file for file in (TARGET / family).rglob("*") if file.is_file()]
        print(family, sum(file.stat().st_size for file in files), "bytes", list(tensors))


if __name__ == "__main__":
    main()
