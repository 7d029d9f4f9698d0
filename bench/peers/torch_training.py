"""Trains songe-mini's networks on random numbers with PyTorch, diffusers and transformers.

For each line "SIDE STEPS" that it reads, it makes so many steps with latents of that side, and prints
a line of JSON with the seconds of each and of the parts of a step: what the class TrainingTimes does
with Songe. Autocast to BFLOAT16, pictures with channels innermost, AdamW as PyTorch chooses it on a
CPU ("usual": one call for each operation on all tensors) or in one pass ("fused").

usage: torch_training.py MODEL bf16|fp32 THREADS SAMPLES usual|fused
"""

import contextlib
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import torch
from diffusers import UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

PARTS = ["batch", "forward", "backward", "clip", "optimizer", "average"]
TIMES, AVERAGING = 1000, 0.999

model, precision, threads, samples, kind = sys.argv[1:]
samples = int(samples)
torch.set_num_threads(int(threads))
torch.manual_seed(1)
unet = UNet2DConditionModel.from_config(UNet2DConditionModel.load_config(model, subfolder="unet"))
unet = unet.to(memory_format=torch.channels_last).train()
text = CLIPTextModel(CLIPTextConfig.from_pretrained(model, subfolder="text_encoder")).train()
vocabulary, tokens = text.config.vocab_size, text.config.max_position_embeddings
weights = [*unet.parameters(), *text.parameters()]
averages = [weight.detach().clone() for weight in weights]
optimizer = torch.optim.AdamW(
    weights, lr=1e-3, betas=(0.9, 0.99), weight_decay=0.01, fused=True if kind == "fused" else None
)
spent = dict.fromkeys(PARTS, 0.0)
steps_made = 0


def computed_in():
    """The type in which convolutions and products are computed."""
    bf16 = precision == "bf16"
    return torch.autocast("cpu", torch.bfloat16) if bf16 else contextlib.nullcontext()


class Watch:
    """Tells how long each part of a step took."""

    def __init__(self):
        self.began = time.perf_counter()

    def took(self, part):
        now = time.perf_counter()
        spent[part] += now - self.began
        self.began = now


def words():
    """Token ids [samples, tokens]: a beginning, eleven tokens, and the end repeated."""
    ids = torch.full((samples, tokens), vocabulary - 1)
    ids[:, 0] = vocabulary - 2
    ids[:, 1:12] = torch.randint(0, vocabulary - 2, (samples, 11))
    return ids


def step(side):
    global steps_made
    watch = Watch()
    clean, noise = torch.randn(2, samples, 4, side, side)
    times = torch.randint(0, TIMES, (samples,))
    keep = (1 - (times + 1) / (TIMES + 1))[:, None, None, None]
    noisy = (keep.sqrt() * clean + (1 - keep).sqrt() * noise).contiguous(memory_format=torch.channels_last)
    velocity = keep.sqrt() * noise - (1 - keep).sqrt() * clean
    ids = words()
    watch.took("batch")
    with computed_in():
        predicted = unet(noisy, times, text(ids)[0]).sample
    loss = (predicted.float() - velocity).square().mean()
    watch.took("forward")
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    watch.took("backward")
    torch.nn.utils.clip_grad_norm_(weights, 1.0)
    watch.took("clip")
    optimizer.step()
    watch.took("optimizer")
    steps_made += 1
    with torch.no_grad():
        torch._foreach_lerp_(averages, weights, 1 - min(AVERAGING, (1 + steps_made) / (10 + steps_made)))
    watch.took("average")
    return loss.item()


for order in sys.stdin:
    side, steps = (int(word) for word in order.split())
    spent = dict.fromkeys(PARTS, 0.0)
    seconds = []
    for _ in range(steps):
        began = time.perf_counter()
        loss = step(side)
        seconds.append(round(time.perf_counter() - began, 4))
    parts = {part: round(1000 * taken / steps, 2) for part, taken in spent.items()}
    found = {"engine": "PyTorch", "side": side, "loss": loss, "seconds": seconds, "parts_ms": parts}
    print(json.dumps(found), flush=True)
