"""Teaches the decoder of songe-mini's autoencoder further, and nothing else.

The encoder is frozen: latents stay what they are, and the U-Net that was taught on them stays valid.
The bundled decoder was made so, from the first bundled one; the card beside the weights tells the
figures. It is a mirror of the trainer that Songe will have, in Python.

Needs torch, diffusers, safetensors and numpy, and a folder DRAWINGS with the training set:

    images.npy   [drawings, 256, 256, 4], bytes: red, green, blue and coverage (straight alpha), the
                 longer side of the drawing 94 % of the square, in its middle, on (255, 255, 255, 0)
    items.json   a list with an object a drawing, in the same order; "concept" is the sequence of
                 code points, as "1F98A", without variation selectors

The card lists the packages that the drawings come from; the vectors were drawn with resvg_py, the
three-dimensional ones scaled down with Pillow (LANCZOS). Every fortieth concept in the order of
their names is never learned from. Run from the root of the repository:

    python tools/mirror/decoder.py train DRAWINGS STATE --minutes 165
    python tools/mirror/decoder.py measure DRAWINGS
    python tools/mirror/decoder.py write STATE

`train` writes STATE/decoder.pt every five minutes and at its end, and goes on from there when called
again, with a new schedule of the learning rate. `measure` prints how well the model's autoencoder
restores 48 drawings of concepts that it never saw. `write` puts the moving averages of the decoder's
weights into the model's folder, as bfloat16; the encoder's stay as they are, to the byte.

It computes with one thread. The seed is the time: a second run gives other weights of the same kind.
"""

import argparse
import json
import math
import os
import time
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
import torch.nn.functional as F
from diffusers import AutoencoderTiny

MODEL = Path("mini/src/main/resources/io/songe/mini/model")
WEIGHTS = "vae/diffusion_pytorch_model.safetensors"
CROPS, SIDE = 12, 64
LEARNING_RATE, WARM_UP, LEAST_SHARE = 4e-4, 200, 0.03
LATENT_NOISE, HALVED, AVERAGE = 0.02, 0.15, 0.999
SAVE_EVERY = 300


class Drawings:
    """The pictures, those to learn from and those to measure with."""

    def __init__(self, folder: Path):
        concepts = [item["concept"] for item in json.loads((folder / "items.json").read_text())]
        self.pixels = np.load(folder / "images.npy", mmap_mode="r")
        if len(self.pixels) != len(concepts):
            raise SystemExit(f"{folder}: {len(self.pixels)} pictures but {len(concepts)} items")
        kept_out = set(sorted(set(concepts))[::40])
        unseen = np.array([concept in kept_out for concept in concepts])
        self.seen = np.flatnonzero(~unseen)
        unseen = np.flatnonzero(unseen)
        self.held = unseen[:: max(1, len(unseen) // 48)][:48]

    def crops(self, random: np.random.Generator) -> torch.Tensor:
        """[12, 4, 64, 64] from as many drawings, half of them mirrored."""
        crops = []
        for index in random.choice(self.seen, CROPS):
            height, width = self.pixels.shape[1:3]
            y = random.integers(0, (height - SIDE) // 8 + 1) * 8
            x = random.integers(0, (width - SIDE) // 8 + 1) * 8
            crop = self.pixels[index, y : y + SIDE, x : x + SIDE]
            crops.append(crop[:, ::-1] if random.random() < 0.5 else crop)
        return on_white(np.stack(crops))


def on_white(pixels: np.ndarray) -> torch.Tensor:
    """Colour over white and coverage, [pictures, 4, height, width] in [-1, 1]."""
    planes = torch.from_numpy(np.array(pixels)).permute(0, 3, 1, 2).float() / 255
    colour, cover = planes[:, :3], planes[:, 3:]
    planes = torch.cat([colour * cover + 1 - cover, cover], 1) * 2 - 1
    return planes.contiguous(memory_format=torch.channels_last)


def half_precision() -> torch.autocast:
    return torch.autocast("cpu", torch.bfloat16)


def opened(model: Path) -> AutoencoderTiny:
    network = AutoencoderTiny.from_pretrained(model / "vae", torch_dtype=torch.float32)
    return network.requires_grad_(False).to(memory_format=torch.channels_last)


def similarity(drawn: torch.Tensor, wanted: torch.Tensor) -> float:
    """Structural similarity of the colours over white. Wang et al. 2004, with their window and constants."""
    across = torch.exp(-((torch.arange(11) - 5.0) ** 2) / (2 * 1.5**2))
    window = torch.outer(across, across)[None, None] / across.sum() ** 2
    one, other = (planes[0, :3, None].add(1).div(2) for planes in (drawn, wanted))
    mean, other_mean = F.conv2d(one, window), F.conv2d(other, window)
    spread = F.conv2d(one * one, window) - mean**2 + F.conv2d(other * other, window) - other_mean**2
    shared = F.conv2d(one * other, window) - mean * other_mean
    light = (2 * mean * other_mean + 0.01**2) / (mean**2 + other_mean**2 + 0.01**2)
    return (light * (2 * shared + 0.03**2) / (spread + 0.03**2)).mean().item()


@torch.no_grad()
def measured(network: AutoencoderTiny, drawings: Drawings) -> str:
    """Signal to noise of the four channels in [-1, 1], whose peak is 2; and similarity."""
    errors, likeness = [], []
    for index in drawings.held:
        picture = on_white(drawings.pixels[index : index + 1])
        with half_precision():
            restored = network.decode(network.encode(picture).latents).sample.float().clamp(-1, 1)
        errors.append(((restored - picture) / 2).square().mean().item())
        likeness.append(similarity(restored, picture))
    of_all = -10 * math.log10(np.mean(errors))
    of_each = -10 * np.mean(np.log10(errors))
    of_all, of_each = f"{of_all:.2f} dB of all pixels", f"{of_each:.2f} dB on average"
    return f"PSNR of {len(errors)} held-out drawings: {of_all}, {of_each}; SSIM {np.mean(likeness):.4f}"


def differences(picture: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return picture[..., 1:, :] - picture[..., :-1, :], picture[..., 1:] - picture[..., :-1]


def loss_of(drawn: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Absolute error of pixels and of their differences, and twice the squared error."""
    edges = zip(differences(drawn), differences(wanted))
    absolute = (drawn - wanted).abs().mean() + sum((one - other).abs().mean() for one, other in edges)
    return absolute + 2 * (drawn - wanted).square().mean()


class Training:
    """The decoder, its optimiser and its moving averages, which lie in one file between runs."""

    def __init__(self, network: AutoencoderTiny, file: Path):
        self.network, self.file, self.step = network, file, 0
        self.weights = list(network.decoder.requires_grad_(True).parameters())
        self.optimiser = torch.optim.AdamW(self.weights, lr=LEARNING_RATE, betas=(0.9, 0.99), weight_decay=1e-4)
        self.averages = [weight.detach().clone() for weight in self.weights]
        if file.exists():
            saved = torch.load(file)
            network.decoder.load_state_dict(saved["net"])
            self.optimiser.load_state_dict(saved["opt"])
            self.averages, self.step = saved["ema"], saved["step"]

    def save(self) -> None:
        state = {"net": self.network.decoder.state_dict(), "opt": self.optimiser.state_dict()}
        unfinished = self.file.with_suffix(".tmp")
        torch.save({**state, "ema": self.averages, "step": self.step}, unfinished)
        os.replace(unfinished, self.file)

    def learn(self, picture: torch.Tensor, halved: bool, share_done: float) -> float:
        for group in self.optimiser.param_groups:
            cosine = LEAST_SHARE + (1 - LEAST_SHARE) * 0.5 * (1 + math.cos(math.pi * share_done))
            group["lr"] = LEARNING_RATE * min(1, (self.step + 1) / WARM_UP) * cosine
        with torch.no_grad(), half_precision():
            latent = self.network.encoder(picture).float()
        latent = latent + LATENT_NOISE * torch.randn_like(latent)
        if halved:  # a shrunk latent is the shrunk picture: arXiv 2502.09509
            latent, picture = F.avg_pool2d(latent, 2), F.avg_pool2d(picture, 2)
        with half_precision():
            drawn = self.network.decoder(latent)
        loss = loss_of(drawn.float(), picture)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimiser.step()
        self.step += 1
        with torch.no_grad():
            torch._foreach_lerp_(self.averages, self.weights, 1 - AVERAGE)
        return loss.item()

    @torch.no_grad()
    def measured(self, drawings: Drawings) -> str:
        """With the averages in place of the weights."""
        kept = [weight.detach().clone() for weight in self.weights]
        for weight, average in zip(self.weights, self.averages):
            weight.copy_(average)
        figures = measured(self.network, drawings)
        for weight, own in zip(self.weights, kept):
            weight.copy_(own)
        return figures


def train(drawings: Drawings, model: Path, folder: Path, minutes: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    training = Training(opened(model), folder / "decoder.pt")
    print(f"step {training.step}:", training.measured(drawings), flush=True)
    random = np.random.default_rng(time.time_ns())
    begun = saved = time.monotonic()
    while (done := (time.monotonic() - begun) / 60 / minutes) < 1:
        loss = training.learn(drawings.crops(random), random.random() < HALVED, done)
        if time.monotonic() - saved > SAVE_EVERY:
            saved = time.monotonic()
            training.save()
            print(f"{done:.0%}, step {training.step}, loss {loss:.4f}:", training.measured(drawings), flush=True)
    training.save()
    print(f"step {training.step}:", training.measured(drawings))


def write(model: Path, folder: Path) -> None:
    file = model / WEIGHTS
    network = opened(model)
    saved = torch.load(folder / "decoder.pt")
    names = [f"decoder.{name}" for name, _ in network.decoder.named_parameters()]
    tensors = safetensors.torch.load_file(file)
    if sorted(names) != sorted(name for name in tensors if name.startswith("decoder.")):
        raise SystemExit(f"{file} has other tensors than the decoder that was trained")
    for name, average in zip(names, saved["ema"], strict=True):
        if tensors[name].shape != average.shape:
            raise SystemExit(f"{name} is {list(tensors[name].shape)}, trained was {list(average.shape)}")
        tensors[name] = average.to(torch.bfloat16).contiguous()
    safetensors.torch.save_file(tensors, file, {"format": "pt"})
    print(f"{file}: decoder after {saved['step']} steps")


def main() -> None:
    parser = argparse.ArgumentParser(description="Teaches songe-mini's decoder further, the encoder frozen.")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the model")
    actions = parser.add_subparsers(dest="action", required=True)
    for action in ("train", "measure", "write"):
        arguments = actions.add_parser(action)
        if action != "write":
            arguments.add_argument("drawings", type=Path)
        if action != "measure":
            arguments.add_argument("state", type=Path)
        if action == "train":
            arguments.add_argument("--minutes", type=float, required=True)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(time.time_ns())
    if asked.action == "train":
        train(Drawings(asked.drawings), asked.model, asked.state, asked.minutes)
    elif asked.action == "measure":
        print(measured(opened(asked.model), Drawings(asked.drawings)))
    else:
        write(asked.model, asked.state)


if __name__ == "__main__":
    main()
