"""What the reference draws from a picture with Stable Diffusion 2 and XL, whole and under a mask.

Writes engine/src/test/resources/golden/families/edits.safetensors with the tiny models of
families.py; read by FamilyEditsTest. In float32. Run from the root of the repository:

    python tools/golden/family_edits.py
"""

import json
from pathlib import Path

import PIL.Image
import torch
from diffusers import (
    EulerDiscreteScheduler,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionXLImg2ImgPipeline,
    StableDiffusionXLInpaintPipeline,
)
from editing import HEIGHT, WIDTH, asked, decoded, mask, picture
from safetensors.torch import save_file

FAMILIES = Path("engine/src/test/resources/golden/families")
STRENGTH = 0.6
KINDS = {
    "sd2": (StableDiffusionImg2ImgPipeline, StableDiffusionInpaintPipeline, {"requires_safety_checker": False}),
    "sdxl": (StableDiffusionXLImg2ImgPipeline, StableDiffusionXLInpaintPipeline, {"add_watermarker": False}),
}


def draw(kind, family, options, **more):
    folder = FAMILIES / family / "model"
    pipeline = kind.from_pretrained(folder, torch_dtype=torch.float32, **options)
    pipeline.set_progress_bar_config(disable=True)
    config = json.loads((folder / "scheduler/scheduler_config.json").read_text())
    pipeline.scheduler = EulerDiscreteScheduler.from_config(config)
    return decoded(pipeline, pipeline(**asked(strength=STRENGTH, **more)).images).half()


if __name__ == "__main__":
    given, masked = picture(WIDTH, HEIGHT), mask(WIDTH, HEIGHT)
    results = {"picture": torch.from_numpy(given), "mask": torch.from_numpy(masked)}
    image, white = PIL.Image.fromarray(given), PIL.Image.fromarray(masked)
    with torch.no_grad():
        for family, (whole, inside, options) in KINDS.items():
            size = {"target_size": (HEIGHT, WIDTH), "original_size": (HEIGHT, WIDTH)} if family == "sdxl" else {}
            results[family] = draw(whole, family, options, image=image, **size)
            results[family + "-masked"] = draw(
                inside, family, options, image=image, mask_image=white, width=WIDTH, height=HEIGHT, **size
            )
            print(family, f"deviation {results[family].std():.3f}", list(results[family].shape))
    save_file({name: tensor.contiguous() for name, tensor in results.items()}, FAMILIES / "edits.safetensors")
