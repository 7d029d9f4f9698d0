"""What the reference draws from pictures, and the numbers of variations and enlarged latents.

Writes engine/src/test/resources/golden/tiny/editing.safetensors with the tiny models of
tiny_model.py and families.py, read by EditingTest and LatentScalingTest and SlerpTest, and
mini/src/test/resources/golden/pipeline/editing.safetensors with the bundled model, read by
GoldenEditTest. In float32. Run from the root of the repository:

    python tools/golden/editing.py

The bundled model's pictures have four channels, which diffusers takes for latents: its pictures are
encoded here, and the pipelines are given latents.
"""

import copy
import hashlib
import json
from pathlib import Path

import numpy as np
import PIL.Image
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
)
from safetensors.torch import save_file

TINY = Path("engine/src/test/resources/golden/tiny")
INPAINT = Path("engine/src/test/resources/golden/families/sd1-inpaint/model")
MINI = Path("mini/src/main/resources/io/songe/mini/model")
MINI_TARGET = Path("mini/src/test/resources/golden/pipeline/editing.safetensors")
PROMPT, NEGATIVE, SEED, STEPS, GUIDANCE = "a red cat on the small hill", "blue", 11, 6, 7.5
MINI_PROMPT, MINI_STEPS, MINI_GUIDANCE, MINI_SIDE = "un chat roux qui dort, style 3d", 10, 4.0, 128
WIDTH, HEIGHT = 48, 32
SCHEDULERS = {
    "ddim": DDIMScheduler,
    "euler": EulerDiscreteScheduler,
    "heun": HeunDiscreteScheduler,
    "dpmpp_2m": DPMSolverMultistepScheduler,
}


def picture(width, height):
    """Smooth colours and an edge."""
    y, x = np.mgrid[0:height, 0:width]
    red = 255 * x / (width - 1)
    green = 127.5 + 127.5 * np.sin(y / 5)
    blue = np.where((x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2, 230, 40)
    return np.stack([red, green, blue], -1).round().astype(np.uint8)


def mask(width, height):
    """White from the second to the fourth eighth, whole blocks of 8."""
    levels = np.zeros((height, width), np.uint8)
    levels[8 : height - 8, 8 : width // 2] = 255
    return levels


def asked(**more):
    return {
        "prompt": PROMPT,
        "negative_prompt": NEGATIVE,
        "num_inference_steps": STEPS,
        "guidance_scale": GUIDANCE,
        "generator": torch.Generator("cpu").manual_seed(SEED),
        "output_type": "latent",
        **more,
    }


def decoded(pipeline, latent):
    return pipeline.vae.decode(latent / pipeline.vae.config.scaling_factor).sample


def wrapped(network, across, down):
    """A copy of a network whose convolutions see the opposite edge beyond an edge."""
    network = copy.deepcopy(network)
    for layer in network.modules():
        if isinstance(layer, torch.nn.Conv2d) and layer.padding != (0, 0):
            wrap(layer, across, down)
    return network


def wrap(layer, across, down):
    size = layer.padding[0]

    def forward(x):
        x = torch.nn.functional.pad(x, (size, size, 0, 0), mode="circular" if across else "constant")
        x = torch.nn.functional.pad(x, (0, 0, size, size), mode="circular" if down else "constant")
        return torch.nn.functional.conv2d(x, layer.weight, layer.bias, layer.stride, 0)

    layer.forward = forward


def tiny_pictures():
    pipeline = StableDiffusionPipeline.from_pretrained(TINY / "model", torch_dtype=torch.float32, safety_checker=None)
    config = json.loads((TINY / "model/scheduler/scheduler_config.json").read_text())
    given = picture(WIDTH, HEIGHT)
    masked = mask(WIDTH, HEIGHT)
    results = {"picture": torch.from_numpy(given), "mask": torch.from_numpy(masked)}

    def draw(name, kind, scheduler, **more):
        parts = dict(pipeline.components)
        parts.pop("image_encoder", None)
        own = kind(**parts, requires_safety_checker=False)
        own.set_progress_bar_config(disable=True)
        own.scheduler = SCHEDULERS[scheduler].from_config(config)
        latent = own(**asked(**more)).images
        results[name] = decoded(own, latent).half()
        print(name, list(latent.shape), f"deviation {results[name].std():.3f}")

    image = PIL.Image.fromarray(given)
    for scheduler in SCHEDULERS:
        for strength in (0.5, 1.0):
            draw(f"{scheduler}-{strength}", StableDiffusionImg2ImgPipeline, scheduler, image=image, strength=strength)
            draw(
                f"{scheduler}-{strength}-masked",
                StableDiffusionInpaintPipeline,
                scheduler,
                image=image,
                mask_image=PIL.Image.fromarray(masked),
                strength=strength,
                width=WIDTH,
                height=HEIGHT,
            )
    shown = StableDiffusionInpaintPipeline.from_pretrained(
        INPAINT, torch_dtype=torch.float32, safety_checker=None, requires_safety_checker=False
    )
    shown.set_progress_bar_config(disable=True)
    options = json.loads((INPAINT / "scheduler/scheduler_config.json").read_text())
    shown.scheduler = EulerDiscreteScheduler.from_config(options)
    for strength in (0.5, 1.0):
        latent = shown(
            **asked(
                image=image,
                mask_image=PIL.Image.fromarray(masked),
                strength=strength,
                width=WIDTH,
                height=HEIGHT,
            )
        ).images
        results[f"shown-{strength}"] = decoded(shown, latent).half()
    # whole blocks at every level of the U-Net, so that halves border on halves
    for name, across, down in (("x", True, False), ("y", False, True), ("xy", True, True)):
        plain = pipeline.unet, pipeline.vae
        pipeline.unet, pipeline.vae = (wrapped(each, across, down) for each in plain)
        draw(f"tiled-{name}", StableDiffusionPipeline, "ddim", width=64, height=32)
        pipeline.unet, pipeline.vae = plain
    return results


def slerp(share, low, high):
    """As A1111 mixes noises: along the second dimension of [channels, height, width]."""
    low_norm = low / torch.norm(low, dim=1, keepdim=True)
    high_norm = high / torch.norm(high, dim=1, keepdim=True)
    dot = (low_norm * high_norm).sum(1)
    if dot.mean() > 0.9995:
        return low * share + high * (1 - share)
    omega = torch.acos(dot)
    sine = torch.sin(omega)
    first = (torch.sin((1 - share) * omega) / sine).unsqueeze(1) * low
    return first + (torch.sin(share * omega) / sine).unsqueeze(1) * high


def numbers():
    generator = torch.Generator().manual_seed(5)
    low, high = torch.randn(2, 4, 6, 5, generator=generator)
    results = {"slerp.from": low[None], "slerp.to": high[None]}
    for share in (0.2, 0.5, 1.0):
        results[f"slerp.{share}"] = slerp(share, low, high)[None]
    latents = torch.randn(1, 2, 6, 5, generator=generator)
    results["latents"] = latents
    for mode in ("nearest", "nearest-exact", "bilinear", "bicubic"):
        for size in ((12, 10), (9, 13), (4, 3)):
            for antialias in (False, True) if mode in ("bilinear", "bicubic") else (False,):
                name = f"{mode}{'-antialiased' if antialias else ''}.{size[0]}x{size[1]}"
                results[name] = torch.nn.functional.interpolate(latents, size=size, mode=mode, antialias=antialias)
    return results


def mini_pictures():
    pipeline = StableDiffusionPipeline.from_pretrained(MINI, torch_dtype=torch.float32, safety_checker=None)
    parts = dict(pipeline.components)
    parts.pop("image_encoder", None)
    given = picture(MINI_SIDE, MINI_SIDE)
    levels = mask(MINI_SIDE, MINI_SIDE)
    rgb = torch.from_numpy(given).permute(2, 0, 1)[None] / 255 * 2 - 1
    pixels = torch.cat([rgb, torch.ones_like(rgb[:, :1])], 1)  # a picture without coverage is opaque
    latent = pipeline.vae.encode(pixels).latents * pipeline.vae.config.scaling_factor
    results = {"picture": torch.from_numpy(given), "mask": torch.from_numpy(levels)}
    for scheduler in ("ddim", "euler", "dpmpp_2m"):
        for masked in (False, True):
            own = (StableDiffusionInpaintPipeline if masked else StableDiffusionImg2ImgPipeline)(
                **parts, requires_safety_checker=False
            )
            own.set_progress_bar_config(disable=True)
            own.scheduler = SCHEDULERS[scheduler].from_config(pipeline.scheduler.config)
            more = {"image": latent, "strength": 0.7}
            if masked:
                more |= {
                    "mask_image": PIL.Image.fromarray(levels),
                    "masked_image_latents": latent,
                    "width": MINI_SIDE,
                    "height": MINI_SIDE,
                }
            drawn = own(
                **asked(
                    prompt=MINI_PROMPT,
                    negative_prompt="",
                    num_inference_steps=MINI_STEPS,
                    guidance_scale=MINI_GUIDANCE,
                    **more,
                )
            ).images
            name = f"{scheduler}{'-masked' if masked else ''}"
            results[name] = drawn
            print(name, list(drawn.shape), f"deviation {drawn.std():.3f}")
    return results


@torch.no_grad()
def main():
    described = {"prompt": PROMPT, "negative": NEGATIVE, "seed": str(SEED), "steps": str(STEPS)}
    save({**tiny_pictures(), **numbers()}, TINY / "editing.safetensors", described)
    weights = hashlib.sha256((MINI / "unet/diffusion_pytorch_model.safetensors").read_bytes()).hexdigest()
    described = {
        "prompt": MINI_PROMPT,
        "guidance": str(MINI_GUIDANCE),
        "steps": str(MINI_STEPS),
        "seed": str(SEED),
        "unet_sha256": weights,
    }
    save(mini_pictures(), MINI_TARGET, described)


def save(tensors, file, described):
    save_file({name: value.contiguous() for name, value in tensors.items()}, file, described)
    print(file, file.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
