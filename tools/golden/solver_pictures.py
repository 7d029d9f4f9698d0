"""What the reference's pipeline draws with the tiny model of tiny_model.py under one scheduler and another.

Each scheduler is made from the model's own configuration, as users of diffusers do; `own` is the model's.
Writes engine/src/test/resources/golden/diffusion/pictures.safetensors: pictures before any clamp, named as
our samplers are. Read by SolverPicturesTest. Needs scipy beside the others. Run from the root of the
repository:

    python tools/golden/solver_pictures.py
"""

import json
import warnings

import diffusers
import torch
from safetensors.torch import save_file
from tiny_model import MODEL, NEGATIVE, PROMPT, SCHEDULER, draw
from tiny_models import RESOURCES

STEPS, SIDE = 7, 16
# TCD is not here: the pipeline sets its eta to 0.
CLASSES = {
    "ddpm": "DDPMScheduler",
    "lms": "LMSDiscreteScheduler",
    "deis": "DEISMultistepScheduler",
    "unipc": "UniPCMultistepScheduler",
    "dpm2": "KDPM2DiscreteScheduler",
    "dpm2_a": "KDPM2AncestralDiscreteScheduler",
    "lcm": "LCMScheduler",
    "sa_solver": "SASolverScheduler",
}


@torch.no_grad()
def main():
    warnings.filterwarnings("ignore")
    pipeline = diffusers.StableDiffusionPipeline.from_pretrained(MODEL, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.to(torch.float32)
    words = {"prompt": PROMPT, "negative_prompt": NEGATIVE}
    pictures = {"own": draw(pipeline, STEPS, SIDE, SIDE, 7.5, 0, **words)}
    for name, class_name in CLASSES.items():
        options = json.loads(SCHEDULER.read_text())
        pipeline.scheduler = getattr(diffusers, class_name).from_config(options)
        pictures[name] = draw(pipeline, STEPS, SIDE, SIDE, 7.5, 0, **words)
    described = {"prompt": PROMPT, "negative": NEGATIVE, "seed": "11", "steps": str(STEPS)}
    target = RESOURCES / "diffusion/pictures.safetensors"
    save_file({name: value.contiguous() for name, value in pictures.items()}, target, described)


if __name__ == "__main__":
    main()
