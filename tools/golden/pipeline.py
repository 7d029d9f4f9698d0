"""What the reference draws from the bundled model, whole pipeline, in fp32.

Writes mini/src/test/resources/golden/pipeline/: prompts.safetensors with token ids and text
features, and <scheduler>-<language>.safetensors with the starting noise (to be scaled to the first
sigma), the timesteps, the sigmas where the scheduler has them, the final latent and, for some, the
decoded picture before any clamp. Each file's metadata says how it was made and holds the SHA-256 of
the model's weights, so that a test can tell when the model has changed since. Read by the tests of
module mini. Run from the root of the repository:

    python tools/golden/pipeline.py mini/src/main/resources/io/songe/mini/model
"""

import hashlib
import json
import sys
from pathlib import Path

import diffusers
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
    StableDiffusionPipeline,
)
from safetensors.torch import save_file

TARGET = Path("mini/src/test/resources/golden/pipeline")
PROMPTS = {"fr": "un chat roux qui dort, style 3d", "en": "a red apple on a green plate, flat style"}
SEED, GUIDANCE, STEPS, SIDE = 7, 4.0, 20, 256


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def weights_of(folder: Path) -> dict[str, str]:
    return {
        "unet_sha256": sha256(folder / "unet/diffusion_pytorch_model.safetensors"),
        "text_encoder_sha256": sha256(folder / "text_encoder/model.safetensors"),
        "vae_sha256": sha256(folder / "vae/diffusion_pytorch_model.safetensors"),
        "reference": f"diffusers {diffusers.__version__}, torch {torch.__version__}",
    }


def write(name: str, tensors: dict[str, torch.Tensor], metadata: dict[str, str]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    file = TARGET / f"{name}.safetensors"
    save_file({key: value.contiguous() for key, value in tensors.items()}, file, metadata)
    print(file, file.stat().st_size, {key: list(value.shape) for key, value in tensors.items()})


class HeunAfterStraightStep(HeunDiscreteScheduler):
    """Heun where the first level is noise alone, from which diffusers' Heun cannot rescale or step.

    Its first step is Euler's, and the rest is Heun's with the other timesteps.
    """

    def set_timesteps(self, num_inference_steps: int, device: str | None = None, *more) -> None:
        if more:  # asked for by the constructor
            super().set_timesteps(num_inference_steps, device, *more)
            return
        self.straight = EulerDiscreteScheduler.from_config(self.config, rescale_betas_zero_snr=True)
        self.straight.set_timesteps(num_inference_steps)
        self.alphas_cumprod = self.straight.alphas_cumprod
        super().set_timesteps(timesteps=self.straight.timesteps[1:].tolist(), device=device)
        self.set_begin_index(0)
        self.timesteps = torch.cat([self.straight.timesteps[:1], self.timesteps])
        self.is_first = True

    @property
    def init_noise_sigma(self) -> torch.Tensor:
        return self.straight.init_noise_sigma

    def scale_model_input(self, sample: torch.Tensor, timestep: torch.Tensor) -> torch.Tensor:
        scheduler = self.straight if self.is_first else super()
        return scheduler.scale_model_input(sample, timestep)

    def step(self, model_output, timestep, sample, return_dict=True):
        scheduler = self.straight if self.is_first else super()
        self.is_first = False
        return scheduler.step(model_output, timestep, sample, return_dict=return_dict)


SCHEDULERS = {
    "ddim": DDIMScheduler,
    "euler": EulerDiscreteScheduler,
    "euler-ancestral": EulerAncestralDiscreteScheduler,
    "heun": HeunAfterStraightStep,
    "dpm-solver-multistep": DPMSolverMultistepScheduler,
}


def write_prompts(pipeline: StableDiffusionPipeline, weights: dict[str, str]) -> None:
    tensors = {}
    for language, prompt in {**PROMPTS, "empty": ""}.items():
        ids = pipeline.tokenizer(
            prompt, padding="max_length", max_length=pipeline.tokenizer.model_max_length, return_tensors="pt"
        ).input_ids
        features, _ = pipeline.encode_prompt(prompt, torch.device("cpu"), 1, False)
        tensors[f"{language}.ids"] = ids
        tensors[f"{language}.features"] = features
    write("prompts", tensors, {**PROMPTS, "empty": "", **weights})


def write_drawing(pipeline: StableDiffusionPipeline, scheduler: str, language: str, weights: dict[str, str]) -> None:
    generator = torch.Generator("cpu").manual_seed(SEED)
    shape = (1, pipeline.unet.config.in_channels, SIDE // 8, SIDE // 8)
    tensors = {"noise": torch.randn(shape, generator=torch.Generator("cpu").manual_seed(SEED))}
    # the generator first gives the starting noise, then what an ancestral sampler adds
    latent = pipeline(
        PROMPTS[language],
        height=SIDE,
        width=SIDE,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        generator=generator,
        output_type="latent",
    ).images
    tensors["timesteps"] = pipeline.scheduler.timesteps.to(torch.float32)
    if hasattr(pipeline.scheduler, "sigmas"):
        tensors["sigmas"] = pipeline.scheduler.sigmas.to(torch.float32)
    tensors["latent"] = latent
    if language == "fr" or scheduler == "ddim":
        decoded = pipeline.vae.decode(latent / pipeline.vae.config.scaling_factor).sample
        print(f"{scheduler} {language}: decoded in [{decoded.min():.3f}, {decoded.max():.3f}]")
        # float16 is off by 84 dB at most, far below what is asked of a picture
        tensors["decoded"] = decoded.half()
    described = {
        "prompt": PROMPTS[language],
        "negative_prompt": "",
        "seed": str(SEED),
        "guidance": str(GUIDANCE),
        "steps": str(STEPS),
        "scheduler": type(pipeline.scheduler).__name__,
        "scheduler_config": json.dumps(dict(pipeline.scheduler.config), sort_keys=True),
    }
    write(f"{scheduler}-{language}", tensors, {**described, **weights})


@torch.no_grad()
def main(folder: Path) -> None:
    weights = weights_of(folder)
    pipeline = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    published = dict(pipeline.scheduler.config)
    write_prompts(pipeline, weights)
    for scheduler, kind in SCHEDULERS.items():
        for language in PROMPTS:
            pipeline.scheduler = kind.from_config(published)
            write_drawing(pipeline, scheduler, language, weights)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
