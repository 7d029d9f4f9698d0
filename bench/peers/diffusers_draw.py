"""Draws with Python's diffusers what bench/run draws with Songe, and prints one line of JSON.

usage: diffusers_draw.py MODEL OUT.png --precision bf16|fp32 --threads N --steps N --guidance G --side PX --warm N
The first picture is written to OUT.png; with --warm, N more are drawn and timed in the same process.
"""
import argparse, json, resource, statistics, time, warnings

warnings.filterwarnings("ignore")
start = time.perf_counter()
a = argparse.ArgumentParser()
a.add_argument("model")
a.add_argument("out")
a.add_argument("--precision", choices=["bf16", "fp32"], default="bf16")
a.add_argument("--threads", type=int, default=2)
a.add_argument("--steps", type=int, default=20)
a.add_argument("--guidance", type=float, default=4.0)
a.add_argument("--side", type=int, default=256)
a.add_argument("--warm", type=int, default=0)
a.add_argument("--prompt", default="un chat roux qui dort, style 3d")
o = a.parse_args()

import torch
import diffusers, transformers

diffusers.utils.logging.set_verbosity_error()
transformers.utils.logging.set_verbosity_error()
torch.set_num_threads(o.threads)
dtype = {"bf16": torch.bfloat16, "fp32": torch.float32}[o.precision]
pipe = diffusers.StableDiffusionPipeline.from_pretrained(o.model, torch_dtype=dtype, safety_checker=None)
pipe.set_progress_bar_config(disable=True)
pipe.unet.to(memory_format=torch.channels_last)  # the faster of its two layouts
pipe.vae.to(memory_format=torch.channels_last)
loaded = time.perf_counter() - start


def draw():
    began = time.perf_counter()
    picture = pipe(
        o.prompt, num_inference_steps=o.steps, guidance_scale=o.guidance, height=o.side, width=o.side,
        generator=torch.Generator("cpu").manual_seed(7),
    ).images[0]
    return time.perf_counter() - began, picture


first, picture = draw()
picture.save(o.out)
warm = [draw()[0] for _ in range(o.warm)]
print(json.dumps({
    "engine": "diffusers " + diffusers.__version__ + ", torch " + torch.__version__.split("+")[0],
    "precision": o.precision,
    "threads": o.threads,
    "load_s": round(loaded, 3),
    "first_s": round(first, 3),
    "warm_s": [round(w, 4) for w in warm],
    "warm_median_s": round(statistics.median(warm), 4) if warm else None,
    "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
}))
