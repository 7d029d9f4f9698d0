"""Does one step with stable-diffusion.cpp and without guidance, and prints one line of JSON.

usage: stable_diffusion_cpp_step.py FILE.safetensors THREADS SIDE_PX
unet_s is one evaluation of the U-Net; rest_s everything else from process to picture: loading, text, decoding.
"""
import json, sys, time

start = time.perf_counter()
from stable_diffusion_cpp import StableDiffusion

model, threads, side = sys.argv[1:]
engine = StableDiffusion(model_path=model, n_threads=int(threads))
steps = []
engine.generate_image(
    prompt="a ginger cat asleep on a windowsill", cfg_scale=1.0, width=int(side), height=int(side),
    sample_steps=1, sample_method="euler", seed=7, progress_callback=lambda step, of, seconds: steps.append(seconds),
)
unet_s = max(steps)
print(json.dumps({"engine": "stable-diffusion.cpp", "unet_s": unet_s, "rest_s": time.perf_counter() - start - unet_s}))
