"""Times a model's U-Net and decoder with Python's diffusers, and prints one line of JSON.

usage: diffusers_networks.py MODEL bf16|fp32 THREADS SIDE_PX EVALUATIONS DECODES
"""
import json, sys, time, warnings

warnings.filterwarnings("ignore")
model, precision, threads, side, evaluations, decodes = sys.argv[1:]

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel

torch.set_num_threads(int(threads))
dtype = {"bf16": torch.bfloat16, "fp32": torch.float32}[precision]
layout = torch.channels_last  # the faster of its two layouts
side = int(side) // 8


def least(runs, computation):
    seconds = []
    for _ in range(int(runs)):
        began = time.perf_counter()
        computation()
        seconds.append(time.perf_counter() - began)
    return round(min(seconds), 4)


with torch.no_grad():
    unet = UNet2DConditionModel.from_pretrained(model, subfolder="unet", torch_dtype=dtype).to(memory_format=layout)
    x = torch.randn(1, 4, side, side).to(dtype).to(memory_format=layout)
    context = torch.randn(1, 77, unet.config.cross_attention_dim).to(dtype)
    unet_s = least(evaluations, lambda: unet(x, 951.0, context))
    vae = AutoencoderKL.from_pretrained(model, subfolder="vae", torch_dtype=dtype).to(memory_format=layout)
    decode_s = least(decodes, lambda: vae.decode(x / vae.config.scaling_factor))
print(json.dumps({"engine": "diffusers", "unet_s": unet_s, "decode_s": decode_s}))
