"""The autoencoder: AutoencoderTiny with coverage as a fourth channel, taught on small crops.

The loss is that of pixels, of their differences and of 4x4 averages, and keeps latents from growing;
in a quarter of the steps latent and picture are both halved, so that a shrunk latent is the shrunk
picture (EQ-VAE, arXiv 2502.09509) and the same U-Net can begin with small latents.
"""

import math
import time

import numpy as np
import torch
import torch.nn.functional as F

from drawings import Drawings, on_white, write_sheet
from settings import SIDE, Settings, save_whole

LATENT_NOISE, HALVED, WARM_UP, LEAST, AVERAGE = 0.05, 0.25, 200, 0.02, 0.999
TELL_EVERY = 30


def new_network(small: bool) -> torch.nn.Module:
    from diffusers import AutoencoderTiny

    channels = (16 if small else 64,) * 4
    return AutoencoderTiny(
        in_channels=4,
        out_channels=4,
        encoder_block_out_channels=channels,
        decoder_block_out_channels=channels,
        latent_channels=4,
        num_encoder_blocks=(1, 3, 3, 3),
        num_decoder_blocks=(3, 3, 3, 1),
    )


def differences(picture: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return picture[..., 1:, :] - picture[..., :-1, :], picture[..., 1:] - picture[..., :-1]


def loss_of(drawn: torch.Tensor, wanted: torch.Tensor, size: torch.Tensor) -> torch.Tensor:
    pixels = (drawn - wanted).abs().mean()
    edges = sum((a - b).abs().mean() for a, b in zip(differences(drawn), differences(wanted)))
    averages = (F.avg_pool2d(drawn, 4) - F.avg_pool2d(wanted, 4)).abs().mean()
    return pixels + edges + 0.5 * averages + 0.1 * F.relu(size - 1)


class Crops:
    """What the steps look at."""

    def __init__(self, drawings: Drawings, batch: int, side: int, seed: int):
        self.drawings, self.batch, self.side = drawings, batch, side
        self.rng = np.random.default_rng(seed)

    def next(self) -> tuple[torch.Tensor, bool]:
        """A batch [batch, 4, side, side], and whether it shall be halved."""
        pictures = on_white(*self.drawings.straight(self.rng.choice(self.drawings.train, self.batch)))
        y, x = self.rng.integers(0, SIDE - self.side + 1, 2)
        crops = pictures[..., y : y + self.side, x : x + self.side]
        crops = crops.flip(-1) if self.rng.random() < 0.5 else crops
        return crops.contiguous(memory_format=torch.channels_last), self.rng.random() < HALVED


def restored(settings: Settings, network: torch.nn.Module, pictures: torch.Tensor) -> torch.Tensor:
    with settings.half_precision():
        parts = [
            network.decode(network.encode(part.contiguous(memory_format=torch.channels_last)).latents).sample
            for part in pictures.split(8)
        ]
    return torch.cat(parts).float()


@torch.no_grad()
def finish(settings: Settings, network: torch.nn.Module, averages: list, drawings: Drawings) -> None:
    """Takes the averages, measures held-out drawings, and writes the model's part."""
    for weight, average in zip(network.parameters(), averages):
        weight.copy_(average)
    held = drawings.test[:: max(1, len(drawings.test) // 48)][:48]
    pictures = on_white(*drawings.straight(held))
    again = restored(settings, network, pictures)
    error = ((again.clamp(-1, 1) - pictures) / 2).square().mean().item()
    settings.log(f"autoencoder held-out PSNR {-10 * math.log10(error):.2f} dB")
    network.save_pretrained(settings.at("model/vae"))
    write_sheet(torch.cat([pictures[:12], again[:12]]), 12, settings.at("autoencoder.png"))


def train(settings: Settings) -> None:
    options, file = settings.options, settings.at("autoencoder.pt")
    drawings, device = Drawings(settings), settings.device
    network = new_network(settings.small).to(device, memory_format=torch.channels_last)
    weights, step = list(network.parameters()), 0
    averages = [weight.detach().clone() for weight in weights]
    optimizer = torch.optim.AdamW(weights, lr=options.rate, betas=(0.9, 0.99), weight_decay=1e-4, fused=True)
    if file.exists():
        saved = torch.load(file, map_location=device)
        network.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["opt"])
        averages, step = saved["ema"], saved["step"]
    batch, side = options.batch or (64 if settings.gpu else 16), 128 if settings.gpu else 64
    crops, first, begun = Crops(drawings, batch, side, step), step, time.time()
    told = begun
    while (done := (time.time() - begun) / 60 / options.minutes) < 1:
        for group in optimizer.param_groups:
            falling = LEAST + (1 - LEAST) * 0.5 * (1 + math.cos(math.pi * done))
            group["lr"] = options.rate * min(1, (step + 1) / WARM_UP) * falling
        wanted, halved = crops.next()
        with settings.half_precision():
            latent = network.encoder(wanted)
        latent = latent.float()
        size = latent.square().mean()
        latent = latent + LATENT_NOISE * torch.randn_like(latent)
        if halved:
            latent, wanted = F.avg_pool2d(latent, 2), F.avg_pool2d(wanted, 2)
        with settings.half_precision():
            drawn = network.decoder(latent)
        loss = loss_of(drawn.float(), wanted, size)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        step += 1
        with torch.no_grad():
            torch._foreach_lerp_(averages, weights, 1 - min(AVERAGE, (1 + step) / (10 + step)))
        if time.time() - told > TELL_EVERY:
            told = time.time()
            speed = (step - first) * batch / (told - begun)
            settings.log(f"autoencoder {100 * done:.0f} % step {step} {speed:.0f} crops/s loss {loss.item():.4f}")
    state = {"net": network.state_dict(), "opt": optimizer.state_dict(), "ema": averages, "step": step}
    save_whole(state, file)
    finish(settings, network, averages, drawings)
