"""What the reference draws from the recipes of two pictures that version 0.1.0 drew.

Rewrites the pixels of mini/src/test/resources/recipes/*.png and keeps their texts, byte for byte,
as version 0.1.0 wrote them: its recipes know of no syntax, and all signs are text. Needed when the
bundled weights change, since no picture that older weights drew comes out again. With the weights
of version 0.1.0 it gives the pixels of version 0.1.0, but for one level of one pixel. Read by
FirstFormatTest. In float32. Prints how far the pixels are from those that were there. Run from the
root of the repository:

    python tools/golden/first_format.py
"""

import json
import math
import struct
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline

MODEL = Path("mini/src/main/resources/io/songe/mini/model")
PICTURES = Path("mini/src/test/resources/recipes")
TEXTS = (b"tEXt", b"iTXt")


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """Type and content of each, in the file's order."""
    found, at = [], 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        found.append((kind, png[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def written(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def straight(pixels: torch.Tensor) -> np.ndarray:
    """[height, width, 4] bytes, the colour no longer lying on white, from [4, height, width] in [-1, 1].

    As pictures with coverage are stored: covered at least as much as the colour is darker than white,
    one level beside none or all rounded off, and black where nothing is covered.
    """
    levels = np.rint((pixels.clamp(-1, 1) * 0.5 + 0.5).permute(1, 2, 0).numpy() * np.float32(255)).astype(int)
    colour, cover = levels[..., :3], levels[..., 3:]
    cover = np.maximum(cover, 255 - colour.min(2, keepdims=True))
    cover = np.where(cover <= 1, 0, np.where(cover >= 254, 255, cover))
    colour = 255 - ((255 - colour) * 255 + cover // 2) // np.maximum(cover, 1)
    return np.concatenate([np.where(cover == 0, 0, colour), cover], 2).astype(np.uint8)


@torch.no_grad()
def drawn(pipeline: StableDiffusionPipeline, recipe: dict) -> np.ndarray:
    assert (recipe["sampler"], recipe["schedule"], recipe["precision"]) == ("ddim", "model", "fp32")
    latent = pipeline(
        recipe["prompt"]["positive"],
        negative_prompt=recipe["prompt"]["negative"],
        height=recipe["height"],
        width=recipe["width"],
        num_inference_steps=recipe["steps"],
        guidance_scale=recipe["guidanceScale"],
        generator=torch.Generator("cpu").manual_seed(recipe["seed"]),
        output_type="latent",
    ).images
    return straight(pipeline.vae.decode(latent / pipeline.vae.config.scaling_factor).sample[0])


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    error = np.mean((one.astype(float) - other.astype(float)) ** 2)
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)


def draw_again(pipeline: StableDiffusionPipeline, file: Path) -> None:
    png = file.read_bytes()
    texts = [(kind, content) for kind, content in chunks(png) if kind in TEXTS]
    recipe = next(json.loads(text[6:]) for _, text in texts if text.startswith(b"songe\0"))
    before = np.asarray(PIL.Image.open(file).convert("RGBA"))
    pixels = drawn(pipeline, recipe)
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    content = [(b"IHDR", struct.pack(">2I5B", width, height, 8, 6, 0, 0, 0)), *texts]
    content += [(b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    file.write_bytes(png[:8] + b"".join(written(*chunk) for chunk in content))
    print(f"{file}: {psnr(pixels, before):.1f} dB of the pixels before")


def main() -> None:
    pipeline = StableDiffusionPipeline.from_pretrained(MODEL, torch_dtype=torch.float32, safety_checker=None)
    pipeline.scheduler = DDIMScheduler.from_config(pipeline.scheduler.config)
    pipeline.set_progress_bar_config(disable=True)
    for file in sorted(PICTURES.glob("*.png")):
        draw_again(pipeline, file)


if __name__ == "__main__":
    main()
