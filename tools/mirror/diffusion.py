"""Text encoder and U-Net together: latents with several captions of each, training, and samples.

The text reaches the U-Net twice, by cross-attention and pooled into the time embedding that scales
and shifts every block; with cross-attention alone, prompts had no visible effect for very long.
"""

import itertools
import json
import math
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from compositions import Composer, plain_caption
from drawings import Drawings, write_sheet
from muon import Muon, is_hidden_matrix
from objective import LEVELS, Objective, kept_levels
from settings import LENGTH, SIDE, Settings, save_whole
from words import Tokens, teach_words

CAPTIONS, TOGETHER, DROPOUT = 6, 64, 0.1
WARM_UP, FALL_FROM, LEAST = 500, 0.65, 0.02
TELL_EVERY, SAVE_EVERY = 30, 240
SHARES = {"plain": 0.5, "colour": 0.12, "background": 0.12, "pair": 0.2, "small": 0.06}
FEW_SHARES = {"plain": 0.72, "colour": 0.08, "background": 0.08, "pair": 0.08, "small": 0.04}
SCHEDULER = {
    "num_train_timesteps": LEVELS,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "prediction_type": "v_prediction",
    "rescale_betas_zero_snr": True,
    "timestep_spacing": "trailing",
    "clip_sample": False,
    "set_alpha_to_one": False,
    "steps_offset": 1,
}
INDEX = {
    "_class_name": "StableDiffusionPipeline",
    "vae": ["diffusers", "AutoencoderTiny"],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "tokenizer": ["transformers", "CLIPTokenizer"],
    "unet": ["diffusers", "UNet2DConditionModel"],
    "scheduler": ["diffusers", "DDIMScheduler"],
    "safety_checker": [None, None],
    "feature_extractor": [None, None],
    "requires_safety_checker": False,
}
PROMPTS = [
    *("grinning face, 3d style", "a red apple, noto style", "un chat, style twemoji"),
    *("rocket, cartoon style", "une maison, style flat", "a fox with sunglasses, 3d style"),
    *("blue heart, blob style", "un gâteau d'anniversaire, style 3d", "a blue fox, 3d style"),
    *("un renard à gauche de une pomme, style noto", "whale above a boat, twemoji style"),
    *("un hibou sur fond violet, style 3d", "green octopus, flat style"),
    *("a dragon and a castle, noto style", "une tortue, style cartoon"),
    "sunflower on a blue background, 3d style",
]


def networks(settings: Settings, vocabulary: int) -> tuple[torch.nn.Module, torch.nn.Module]:
    from diffusers import UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    options = settings.options
    width = 64 if settings.small else 320
    channels = [32, 64] if settings.small else [int(c) for c in options.channels.split(",")]
    attends = [0, 1] if settings.small else [int(x) for x in options.attend.split(",")]
    blocks = [("CrossAttn" if attend else "") + "DownBlock2D" for attend in attends]
    unet = UNet2DConditionModel(
        sample_size=SIDE // 8,
        in_channels=4,
        out_channels=4,
        block_out_channels=channels,
        layers_per_block=1,
        cross_attention_dim=width,
        attention_head_dim=[max(1, c // 64) for c in channels],
        down_block_types=blocks,
        up_block_types=[block.replace("Down", "Up") for block in blocks[::-1]],
        norm_num_groups=32,
        use_linear_projection=True,
        resnet_time_scale_shift="scale_shift",
        addition_embed_type="text",
        addition_embed_type_num_heads=max(1, width // 64),
    )
    torch.nn.init.zeros_(unet.conv_out.weight)
    text = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=vocabulary,
            hidden_size=width,
            intermediate_size=4 * width,
            num_hidden_layers=4,
            num_attention_heads=max(1, width // 64),
            max_position_embeddings=LENGTH,
            hidden_act="gelu",
            bos_token_id=vocabulary - 2,
            eos_token_id=vocabulary - 1,
            pad_token_id=vocabulary - 1,
            projection_dim=width,
        )
    )
    return unet.to(settings.device, memory_format=torch.channels_last), text.to(settings.device)


@torch.no_grad()
def make_latents(settings: Settings, drawings: Drawings, tokens: Tokens, vae) -> tuple[torch.Tensor, torch.Tensor]:
    """Latents [n, 4, side, side] and tokens [n, captions, length]; made once for each side."""
    halve = settings.options.halve
    file = settings.at("latents16.pt" if halve else "latents32.pt")
    if file.exists():
        return torch.load(file)
    count = 600 if settings.small else settings.options.latents
    composer, latents, ids = Composer(drawings, 1), [], []
    for kind, share in (SHARES if settings.gpu else FEW_SHARES).items():
        for _ in range(math.ceil(count * share / TOGETHER)):
            pictures, words = composer.make(kind, TOGETHER)
            pictures = F.avg_pool2d(pictures, 2) if halve else pictures
            with settings.half_precision():
                latent = vae.encode(pictures.contiguous(memory_format=torch.channels_last)).latents
            latents.append(latent.to(torch.bfloat16).cpu())
            captions = [word() for word in words for _ in range(CAPTIONS)]
            ids.append(tokens.of(captions).reshape(TOGETHER, CAPTIONS, LENGTH))
    made = torch.cat(latents), torch.from_numpy(np.concatenate(ids))
    save_whole(made, file)
    settings.log("latents", tuple(made[0].shape), "std", round(made[0].float().std().item(), 4))
    return made


class Diffusion:
    """The networks with all that their training needs, kept in diffusion.pt between calls."""

    def __init__(self, settings: Settings):
        from diffusers import AutoencoderTiny

        self.settings, self.options, device = settings, settings.options, settings.device
        self.file = settings.at("diffusion.pt")
        self.drawings = Drawings(settings)
        self.tokens = Tokens(settings, self.drawings.items)
        self.unet, self.text = networks(settings, self.tokens.vocabulary)
        vae = AutoencoderTiny.from_pretrained(settings.at("model/vae")).to(device).eval()
        self.vae = vae.to(memory_format=torch.channels_last)
        latents, captions = make_latents(settings, self.drawings, self.tokens, self.vae)
        self.scale = self.fixed_scale(latents)
        self.latents, self.captions = latents.to(device), captions.to(device)
        self.empty = torch.from_numpy(self.tokens.of([""])).long().to(device)
        self.objective = Objective.of("Velocity", SCHEDULER, None).to(device)
        self.weights = [*self.unet.parameters(), *self.text.parameters()]
        self.optimizers = self.optimizers_of([*self.unet.named_parameters(), *self.text.named_parameters()])
        self.step, self.spent = 0, 0.0
        if self.file.exists():
            self.restore()
        else:
            teach_words(settings, self.drawings, self.tokens, self.text)
            self.averages = [weight.detach().clone() for weight in self.weights]

    def optimizers_of(self, named: list[tuple[str, torch.nn.Parameter]]) -> list[torch.optim.Optimizer]:
        """Muon for hidden matrices, AdamW for the rest."""
        hidden = [weight for name, weight in named if is_hidden_matrix(name, weight)]
        others = [weight for name, weight in named if not is_hidden_matrix(name, weight)]
        rate = self.options.rate
        return [
            torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True),
            Muon(hidden, lr=rate, momentum=0.95, weight_decay=0.01, dtype=torch.bfloat16),
        ]

    def fixed_scale(self, latents: torch.Tensor) -> float:
        """That of the first latents, for the U-Net is trained on it; small and large ones agree."""
        file = self.settings.at("scale.json")
        if not file.exists():
            file.write_text(json.dumps(1 / latents.float().std().item()))
        return json.loads(file.read_text())

    def restore(self) -> None:
        saved = torch.load(self.file, map_location=self.settings.device)
        self.unet.load_state_dict(saved["net"])
        self.text.load_state_dict(saved["text"])
        for optimizer, state in zip(self.optimizers, saved["opt"]):
            optimizer.load_state_dict(state)
        self.averages, self.step, self.spent = saved["ema"], saved["step"], saved["spent"]

    def save(self, minutes: float) -> None:
        state = {"net": self.unet.state_dict(), "text": self.text.state_dict()}
        state["opt"] = [optimizer.state_dict() for optimizer in self.optimizers]
        state |= {"ema": self.averages, "step": self.step}
        save_whole({**state, "spent": self.spent + minutes}, self.file)

    def rate(self, done: float) -> float:
        falling = 1 if done < FALL_FROM else max(LEAST, (1 - done) / (1 - FALL_FROM))
        return self.options.rate * min(1, (self.step + 1) / WARM_UP) * falling

    def make_step(self, forward, batch: int, done: float) -> torch.Tensor:
        device = self.settings.device
        for optimizer in self.optimizers:
            optimizer.param_groups[0]["lr"] = self.rate(done)
        chosen = torch.randint(0, len(self.latents), (batch,), device=device)
        clean = self.latents[chosen].float() * self.scale
        told = self.captions[chosen, torch.randint(0, CAPTIONS, (batch,), device=device)].long()
        told = torch.where(torch.rand(batch, 1, device=device) < DROPOUT, self.empty, told)
        levels, noise = torch.randint(0, LEVELS, (batch,), device=device), torch.randn_like(clean)
        seen = self.objective.seen(clean, noise, levels).contiguous(memory_format=torch.channels_last)
        with self.settings.half_precision():
            said = forward(seen, levels, self.text(told)[0]).sample.float()
        loss, _ = self.objective.errors(said, self.objective.answer(clean, noise, levels), levels)
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        stays = min(self.options.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(self.averages, self.weights, 1 - stays)
        return loss.detach()

    def train(self) -> None:
        """Makes steps for --minutes of a schedule of --of minutes in all."""
        options, batch = self.options, self.options.batch or (256 if self.settings.gpu else 16)
        forward = self.unet if options.no_compile or not self.settings.gpu else torch.compile(self.unet)
        whole, first, begun = options.of or options.minutes, self.step, time.time()
        told = saved = begun
        recent = []
        for _ in itertools.count():
            minutes = (time.time() - begun) / 60
            if minutes >= options.minutes:
                break
            done = (self.spent + minutes) / whole
            recent = [*recent[-199:], self.make_step(forward, batch, done)]
            if time.time() - told > TELL_EVERY:
                told = time.time()
                loss = torch.stack(recent).mean().item()
                if not math.isfinite(loss):
                    raise SystemExit("the loss is not finite: the last saved state stands")
                speed = (self.step - first) * batch / (told - begun)
                line = f"diffusion {100 * done:.0f} % step {self.step} {speed:.0f} samples/s loss {loss:.4f}"
                self.settings.log(line)
            if time.time() - saved > SAVE_EVERY:
                saved = time.time()
                self.save(minutes)
        self.save(options.minutes)

    @torch.no_grad()
    def write_model(self) -> None:
        """The averages as a folder in the published layout, and sheets of what they draw."""
        from diffusers import DDIMScheduler

        for weight, average in zip(self.weights, self.averages):
            weight.copy_(average)
        model = self.settings.at("model")
        self.vae.register_to_config(scaling_factor=self.scale)
        self.vae.save_pretrained(model / "vae")
        self.unet.save_pretrained(model / "unet")
        self.text.save_pretrained(model / "text_encoder")
        DDIMScheduler(**SCHEDULER).save_pretrained(model / "scheduler")
        (model / "model_index.json").write_text(json.dumps(INDEX, indent=1))
        write_sheet(self.sample(PROMPTS), 8, self.settings.at("prompts.png"))
        some = np.random.default_rng(5).choice(self.drawings.train, 48)
        random.seed(5)
        captions = [plain_caption(self.drawings.items[k]) for k in some]
        write_sheet(self.sample(captions), 12, self.settings.at("random.png"))

    @torch.no_grad()
    def sample(self, prompts: list[str], steps: int = 30, guidance: float = 4.0, seed: int = 7) -> torch.Tensor:
        """Deterministic sampling (DDIM) with classifier-free guidance, of the predicted velocity."""
        device, count = self.settings.device, len(prompts)
        signal, noise = (table.float().to(device) for table in kept_levels(SCHEDULER))
        side = self.latents.shape[-1]
        x = torch.randn(count, 4, side, side, generator=torch.Generator().manual_seed(seed)).to(device)
        times = torch.linspace(LEVELS - 1, 0, steps + 1).round().long().to(device)
        with self.settings.half_precision():
            given = self.text(self.tokens.tensor([*prompts, *[""] * count], device))[0]
            for now, then in zip(times[:-1], times[1:]):
                told, free = self.unet(torch.cat([x, x]), now, given).sample.float().chunk(2)
                velocity = free + guidance * (told - free)
                clean = signal[now] * x - noise[now] * velocity
                x = signal[then] * clean + noise[then] * (noise[now] * x + signal[now] * velocity)
            parts = [self.vae.decode(part / self.scale).sample.float() for part in x.split(8)]
        return torch.cat(parts)


def train(settings: Settings) -> None:
    diffusion = Diffusion(settings)
    diffusion.train()
    diffusion.write_model()
