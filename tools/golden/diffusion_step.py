"""Three training steps of a tiny text encoder and U-Net in PyTorch: losses, gradients, weights.

Writes engine/src/test/resources/golden/train/diffusion_step.safetensors.gz, which
DiffusionStepGoldenTest reads: the weights before, latents, tokens, noise and
noise levels of each step, its loss, some gradients of the first step and the same weights after
the third; the first loss for every kind of prediction, and for a schedule that ends in noise alone.
Run from the repository's root: python tools/golden/diffusion_step.py
"""

import torch
from diffusers import DDIMScheduler, UNet2DConditionModel
from tiny_models import RESOURCES, compress, randomize
from transformers import CLIPTextConfig, CLIPTextModel

STEPS, BATCH, LENGTH, WORDS, CAP = 3, 4, 6, 20, 5.0
SHOWN = [
    "text_encoder.embeddings.token_embedding.weight",
    "text_encoder.encoder.layers.0.self_attn.q_proj.weight",
    "text_encoder.final_layer_norm.bias",
    "unet.conv_in.weight",
    "unet.time_embedding.linear_1.bias",
    "unet.add_embedding.proj.weight",
    "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.weight",
    "unet.mid_block.resnets.0.norm2.weight",
    "unet.up_blocks.1.resnets.1.time_emb_proj.weight",
    "unet.conv_out.bias",
]


def networks():
    unet = UNet2DConditionModel(
        in_channels=4,
        out_channels=4,
        block_out_channels=[8, 16],
        layers_per_block=1,
        cross_attention_dim=8,
        attention_head_dim=[1, 2],
        down_block_types=["DownBlock2D", "CrossAttnDownBlock2D"],
        up_block_types=["CrossAttnUpBlock2D", "UpBlock2D"],
        norm_num_groups=4,
        use_linear_projection=True,
        resnet_time_scale_shift="scale_shift",
        addition_embed_type="text",
        addition_embed_type_num_heads=2,
    )
    text = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=WORDS,
            hidden_size=8,
            intermediate_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            max_position_embeddings=LENGTH,
            hidden_act="gelu",
            bos_token_id=WORDS - 2,
            eos_token_id=WORDS - 1,
            pad_token_id=WORDS - 1,
        )
    )
    return randomize(unet, 4), randomize(text, 5)


def named(unet, text):
    ours = {"unet." + name: p for name, p in unet.named_parameters()}
    for name, p in text.named_parameters():
        ours["text_encoder." + name.removeprefix("text_model.")] = p
    return ours


BETAS = torch.linspace(0.00085**0.5, 0.012**0.5, 1000, dtype=torch.float64) ** 2
KEPT = torch.cumprod(1 - BETAS, 0)
TIMES = torch.arange(1, 1001, dtype=torch.float64) / 1000


def process(kind, levels):
    """Signal and noise in what the network sees and answers, the weight of each of the levels."""
    if kind == "flow":
        s = TIMES
        seen, answer, weight = (1 - s, s), (-torch.ones(1000), torch.ones(1000)), torch.ones(1000)
    else:
        a, s = KEPT.sqrt(), (1 - KEPT).sqrt()
        snr = KEPT / (1 - KEPT)
        seen = (a, s)
        if kind == "velocity":
            answer, weight = (-s, a), snr.clamp(max=CAP) / (snr + 1)
        else:
            answer, weight = (0 * s, s * 0 + 1), snr.clamp(max=CAP) / snr
    weight = weight / weight.mean()
    pick = lambda table: table[levels].float()[:, None, None, None]
    told = levels + 1 if kind == "flow" else levels
    return [pick(t) for t in (*seen, *answer, weight)], told


def loss(kind, unet, text, clean, noise, levels, tokens):
    (a, s, c, n, weight), told = process(kind, levels)
    context = text(tokens).last_hidden_state
    said = unet(a * clean + s * noise, told, context).sample
    return ((said - (c * clean + n * noise)) ** 2 * weight).mean()


def loss_of_zero_terminal_snr(unet, text, clean, noise, levels, tokens):
    """Of the velocity at even weights, mixed as diffusers does."""
    scheduler = DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        rescale_betas_zero_snr=True,
    )
    seen = scheduler.add_noise(clean, noise, levels)
    said = unet(seen, levels, text(tokens).last_hidden_state).sample
    return ((said - scheduler.get_velocity(clean, noise, levels)) ** 2).mean()


def main():
    unet, text = networks()
    parameters = named(unet, text)
    out = {"before/" + name: p.detach().clone() for name, p in parameters.items()}
    generator = torch.Generator().manual_seed(9)
    normal = lambda *shape: torch.randn(*shape, generator=generator)
    optimizer = torch.optim.AdamW(
        parameters.values(), lr=2e-3, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.01
    )
    for step in range(STEPS):
        clean, noise = normal(BATCH, 4, 8, 8), normal(BATCH, 4, 8, 8)
        levels = torch.randint(0, 1000, (BATCH,), generator=generator)
        tokens = torch.randint(0, WORDS - 2, (BATCH, LENGTH), generator=generator)
        tokens[:, 0], tokens[:, -1] = WORDS - 2, WORDS - 1
        given = (clean, noise, levels, tokens)
        if step == 0:
            for kind in ("velocity", "epsilon", "flow"):
                with torch.no_grad():
                    out["loss/" + kind] = loss(kind, unet, text, *given)
            with torch.no_grad():
                last = torch.cat([torch.tensor([999]), levels[1:]])
                out["terminal/levels"] = last
                out["loss/zero_terminal_snr"] = loss_of_zero_terminal_snr(
                    unet, text, clean, noise, last, tokens
                )
        optimizer.zero_grad()
        total = loss("velocity", unet, text, *given)
        total.backward()
        for name, tensor in zip(("clean", "noise", "levels", "tokens"), given):
            out[f"{step}/{name}"] = tensor
        out[f"{step}/loss"] = total.detach()
        if step == 0:
            for name in SHOWN:
                out["gradient/" + name] = parameters[name].grad.clone()
            out["norm"] = torch.nn.utils.clip_grad_norm_(parameters.values(), 0.5)
        else:
            torch.nn.utils.clip_grad_norm_(parameters.values(), 0.5)
        optimizer.step()
    for name in SHOWN:
        out["after/" + name] = parameters[name].detach()
    file = RESOURCES / "train" / "diffusion_step.safetensors.gz"
    file.parent.mkdir(parents=True, exist_ok=True)
    compress(file, out)


if __name__ == "__main__":
    main()
