"""Has diffusers and transformers open folders that the engine has saved, and draw with them.

The pictures must be those of the original folder: the same to the bit where the weights keep their
type, near otherwise. Models of all families are among them. Writes nothing; run by hand from the repository's root after the engine was
compiled, with Java 25 on the path and the engine's class path (dependency:build-classpath) given:

    python tools/golden/open_saved_model.py CLASS_PATH
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import diffusers
import families
import torch
import transformers
from diffusers import DDIMScheduler, DiffusionPipeline, StableDiffusionPipeline

MODELS = {
    "tiny": (Path("engine/src/test/resources/golden/tiny/model"), "a red cat on the small hill", 64),
    "mini": (Path("mini/src/main/resources/io/songe/mini/model"), "un chat roux, style 3d", 128),
}
TYPES = {None: None, "FLOAT32": torch.float32, "BFLOAT16": torch.bfloat16, "FLOAT16": torch.float16}


def save(class_path, source, target, dtype):
    command = ["java", "--enable-native-access=ALL-UNNAMED", "-cp", f"engine/target/classes:{class_path}"]
    command += ["tools/golden/SaveModel.java", str(source), str(target)]
    subprocess.run(command + ([dtype] if dtype else []), check=True)


def opened(folder):
    """Everything in float32; a missing or unexpected tensor would be reported here."""
    pipeline = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


@torch.no_grad()
def decoded(pipeline, prompt, side, own_scheduler):
    if not own_scheduler:
        pipeline.scheduler = DDIMScheduler.from_config(pipeline.scheduler.config)
    latent = pipeline(
        prompt,
        width=side,
        height=side,
        num_inference_steps=8,
        guidance_scale=4,
        generator=torch.Generator("cpu").manual_seed(5),
        output_type="latent",
    ).images
    return pipeline.vae.decode(latent / pipeline.vae.config.scaling_factor).sample


def compare(name, label, expected, actual):
    error = (expected - actual).double()
    ratio = 10 * torch.log10(4 / error.square().mean()).item() if error.any() else float("inf")
    print(f"{name} {label}: PSNR {ratio:.1f} dB, largest difference {error.abs().max():.2g}")
    return ratio


def opened_family(folder):
    """By the class that its index names."""
    pipeline = DiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32)
    return families.opened(pipeline, Path(folder))


@torch.no_grad()
def compare_families(class_path):
    for family in families.FAMILIES:
        source = families.TARGET / family / "model"
        expected = families.draw(opened_family(source), "euler", prompt=families.PROMPT)
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "saved"
            save(class_path, source, target, None)
            actual = families.draw(opened_family(target), "euler", prompt=families.PROMPT)
        assert compare(family, "unchanged, Euler", expected, actual) == float("inf")


def main(class_path):
    print(f"diffusers {diffusers.__version__}, transformers {transformers.__version__}")
    compare_families(class_path)
    for name, (source, prompt, side) in MODELS.items():
        for own_scheduler in (True, False):
            expected = decoded(opened(source), prompt, side, own_scheduler)
            for dtype in TYPES:
                with tempfile.TemporaryDirectory() as folder:
                    target = Path(folder) / "saved"
                    save(class_path, source, target, dtype)
                    actual = decoded(opened(target), prompt, side, own_scheduler)
                scheduler = "own scheduler" if own_scheduler else "DDIM"
                ratio = compare(name, f"{dtype or 'unchanged'}, {scheduler}", expected, actual)
                assert ratio == float("inf") or dtype in ("BFLOAT16", "FLOAT16") and ratio > 20, ratio


if __name__ == "__main__":
    main(sys.argv[1])
