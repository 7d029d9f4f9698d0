"""Gradients of layers, losses and tiny networks, and ten steps of AdamW and of Muon, as PyTorch,
diffusers and transformers compute them.

Writes engine/src/test/resources/golden/gradients/<name>.safetensors.gz, which GradientsTest and
OptimizerTest read. A file holds inputs (in.*), parameters (p.*), the numbers that the output is
multiplied with before it is summed up to the loss (out), and the gradients of that loss with
respect to inputs and parameters (grad.in.*, grad.p.*).
Run from the repository's root: python tools/golden/gradients.py
"""

from unittest import mock

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL, AutoencoderTiny, UNet2DConditionModel
from diffusers.models.activations import GEGLU
from tiny_models import RESOURCES, compress, normal, randomize
from torch import nn
from transformers import CLIPTextConfig, CLIPTextModel

FOLDER = RESOURCES / "gradients"
CROSS_DOWN = "CrossAttnDownBlock2D"
CROSS_UP = "CrossAttnUpBlock2D"


def gradients(inputs, parameters, function, seed):
    """All numbers of a file. Inputs that are whole numbers have no gradient."""
    for value in inputs.values():
        value.requires_grad_(value.is_floating_point())
    result = function(**inputs)
    out = normal(torch.Generator().manual_seed(1000 + seed), *result.shape)
    (result * out).sum().backward()
    numbers = {"out": out}
    for name, value in inputs.items():
        numbers[f"in.{name}"] = value
        if value.grad is not None:
            numbers[f"grad.in.{name}"] = value.grad
    for name, value in parameters.items():
        numbers[f"p.{name}"] = value
        numbers[f"grad.p.{name}"] = value.grad
    return numbers


def with_prefix(prefix, numbers):
    return {f"{prefix}/{name}": value for name, value in numbers.items()}


def layer(module, seed, shape):
    module = randomize(module, seed).train()
    x = normal(torch.Generator().manual_seed(seed), *shape)
    return gradients({"x": x}, dict(module.named_parameters()), lambda x: module(x), seed)


def function(operation, seed, **shapes):
    generator = torch.Generator().manual_seed(seed)
    inputs = {name: normal(generator, *shape) for name, shape in shapes.items()}
    return gradients(inputs, {}, operation, seed)


class Joined(nn.Module):
    """Three maps of one input."""

    def __init__(self):
        super().__init__()
        self.to_q = nn.Linear(6, 4, bias=False)
        self.to_k = nn.Linear(6, 4, bias=False)
        self.to_v = nn.Linear(6, 4, bias=False)

    def forward(self, x):
        return torch.cat([self.to_q(x), self.to_k(x), self.to_v(x)], -1)


class Doubling(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 6, 3, padding=1)

    def forward(self, x):
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


def embedding():
    ids = torch.tensor([[3, 1, 3], [0, 9, 2]])
    table = randomize(nn.Embedding(10, 4), 40)
    return gradients({"ids": ids}, dict(table.named_parameters()), lambda ids: table(ids), 40)


def cross_entropy():
    targets = torch.tensor([2, -1, 0, 6, 2])
    generator = torch.Generator().manual_seed(41)
    logits = {"logits": 3 * normal(generator, 5, 7)}
    numbers = gradients(
        logits, {}, lambda logits: F.cross_entropy(logits, targets, ignore_index=-1), 41
    )
    numbers["loss"] = F.cross_entropy(logits["logits"], targets, ignore_index=-1)
    numbers["in.targets"] = targets
    return numbers


def layers():
    picture = (2, 4, 6, 5)
    tokens = (2, 5, 6)
    heads = dict(q=(2, 2, 5, 4), k=(2, 2, 5, 4), v=(2, 2, 5, 4))
    text = dict(q=(2, 2, 5, 4), k=(2, 2, 3, 4), v=(2, 2, 3, 4))

    def attention(q, k, v):
        return F.scaled_dot_product_attention(q, k, v)

    def causal(q, k, v):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)

    return {
        "conv": layer(nn.Conv2d(4, 6, 3, padding=1), 0, picture),
        "conv_stride": layer(nn.Conv2d(4, 6, 3, stride=2, padding=1), 1, picture),
        "conv_without_bias": layer(nn.Conv2d(4, 6, 3, padding=1, bias=False), 2, picture),
        "conv_pointwise": layer(nn.Conv2d(4, 6, 1), 3, picture),
        "conv_doubling": layer(Doubling(), 4, picture),
        "linear": layer(nn.Linear(6, 4), 5, tokens),
        "linear_joined": layer(Joined(), 6, tokens),
        "gated": layer(GEGLU(6, 8), 7, tokens),
        "group_norm": layer(nn.GroupNorm(2, 4, 1e-5), 8, picture),
        "layer_norm": layer(nn.LayerNorm(6, 1e-5), 9, tokens),
        "embedding": embedding(),
        "attention": function(attention, 11, **heads),
        "attention_to_text": function(attention, 12, **text),
        "attention_causal": function(causal, 13, **heads),
        "silu": function(lambda x: F.silu(x), 14, x=tokens),
        "gelu": function(lambda x: F.gelu(x), 15, x=tokens),
        "quick_gelu": function(lambda x: x * torch.sigmoid(1.702 * x), 16, x=tokens),
        "relu": function(lambda x: F.relu(x), 17, x=tokens),
        "sigmoid": function(lambda x: torch.sigmoid(x), 18, x=tokens),
        "tanh": function(lambda x: torch.tanh(x), 19, x=tokens),
        "softmax": function(lambda x: torch.softmax(x, -1), 20, x=tokens),
        "upsample": function(lambda x: F.interpolate(x, size=(9, 10)), 21, x=picture),
        "average_pool": function(lambda x: F.avg_pool2d(x, 2), 22, x=(2, 4, 6, 4)),
        "cross_entropy": cross_entropy(),
    }


def unet(seed, **options):
    model = UNet2DConditionModel(
        block_out_channels=[4, 8],
        layers_per_block=1,
        norm_num_groups=2,
        cross_attention_dim=6,
        attention_head_dim=[1, 2],
        **options,
    )
    model = randomize(model, seed).train()
    generator = torch.Generator().manual_seed(seed)
    inputs = {
        "x": normal(generator, 2, 4, 6, 4),
        "timesteps": torch.tensor([981.0, 12.5]),
        "context": normal(generator, 2, 3, 6),
    }
    numbers = gradients(
        inputs,
        dict(model.named_parameters()),
        lambda x, timesteps, context: model(x, timesteps.detach(), context).sample,
        seed,
    )
    numbers.pop("grad.in.timesteps", None)
    return numbers


def clip_model(activation):
    config = CLIPTextConfig(
        vocab_size=16,
        hidden_size=8,
        intermediate_size=12,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=6,
        bos_token_id=14,
        eos_token_id=15,
        pad_token_id=0,
        hidden_act=activation,
        attn_implementation="sdpa",
    )
    return randomize(CLIPTextModel(config), 52).train()


IDS = torch.tensor([[14, 3, 7, 15, 0, 0], [14, 7, 2, 9, 1, 15]])


def features(model, ids):
    """The tokens' features and the pooled ones, side by side."""
    found = model(input_ids=ids)
    return torch.cat([found.last_hidden_state, found.pooler_output[:, None]], 1)


def own_names(model):
    return {
        name.removeprefix("text_model."): value for name, value in model.named_parameters()
    }


def clip(activation):
    model = clip_model(activation)
    return gradients({"ids": IDS}, own_names(model), lambda ids: features(model, ids), 53)


def autoencoder(seed, model, encode):
    model = randomize(model, seed).train()
    generator = torch.Generator().manual_seed(seed)
    inputs = {"pictures": normal(generator, 2, 4, 8, 6).clamp(-0.9, 0.9)}

    def there_and_back(pictures):
        return model.decode(encode(model, pictures)).sample

    return gradients(inputs, dict(model.named_parameters()), there_and_back, seed)


def optimizer():
    """Ten steps of AdamW with clipping, towards features that are all 1; rates rise."""
    model = clip_model("gelu")
    start = {f"start.{name}": value.detach().clone() for name, value in own_names(model).items()}
    adamw = torch.optim.AdamW(
        model.parameters(), lr=1, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1
    )
    losses, norms = [], []
    for step in range(10):
        adamw.param_groups[0]["lr"] = 0.002 * (step + 1)
        adamw.zero_grad()
        loss = ((features(model, IDS) - 1) ** 2).mean()
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(model.parameters(), 0.5).item())
        adamw.step()
        losses.append(loss.item())
    print("norms", norms, "losses", losses)
    end = {f"end.{name}": value for name, value in own_names(model).items()}
    return {"ids": IDS, "losses": torch.tensor(losses), "norms": torch.tensor(norms)} | start | end


def muon():
    """Ten steps of Muon along given gradients; rates rise. A kernel is a matrix of its out rows."""
    generator = torch.Generator().manual_seed(9)
    shapes = {"wide": (5, 12), "tall": (16, 6), "kernel": (6, 4, 3, 3)}
    start = {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}
    gradients = [
        {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}
        for _ in range(10)
    ]
    numbers = {f"start.{name}": value for name, value in start.items()}
    for step, each in enumerate(gradients):
        numbers |= {f"gradient{step}.{name}": value for name, value in each.items()}
    numbers |= {f"bfloat16.{name}": value for name, value in muon_steps(start, gradients).items()}
    with mock.patch.object(torch, "bfloat16", torch.float32):  # orthogonalizes in float32
        numbers |= {f"float32.{name}": value for name, value in muon_steps(start, gradients).items()}
    return numbers


def muon_steps(start, gradients):
    matrices = {name: nn.Parameter(value.flatten(1).clone()) for name, value in start.items()}
    optimizer = torch.optim.Muon(
        matrices.values(), lr=1, momentum=0.95, weight_decay=0.1, adjust_lr_fn="match_rms_adamw"
    )
    for step, each in enumerate(gradients):
        optimizer.param_groups[0]["lr"] = 0.01 * (step + 1)
        for name, matrix in matrices.items():
            matrix.grad = each[name].flatten(1).clone()
        optimizer.step()
    return {name: matrix.detach().view(start[name].shape) for name, matrix in matrices.items()}


def write(name, numbers):
    FOLDER.mkdir(parents=True, exist_ok=True)
    compress(FOLDER / f"{name}.safetensors.gz", numbers)


def main():
    torch.manual_seed(0)
    all_layers = {}
    for name, numbers in layers().items():
        all_layers |= with_prefix(name, numbers)
    write("layers", all_layers)
    write(
        "unet_mini",
        unet(
            50,
            down_block_types=["DownBlock2D", CROSS_DOWN],
            up_block_types=[CROSS_UP, "UpBlock2D"],
            use_linear_projection=True,
            resnet_time_scale_shift="scale_shift",
            addition_embed_type="text",
            addition_embed_type_num_heads=3,
        ),
    )
    write(
        "unet_sd1",
        unet(
            51,
            down_block_types=[CROSS_DOWN, "DownBlock2D"],
            mid_block_type="UNetMidBlock2D",
            up_block_types=["UpBlock2D", CROSS_UP],
        ),
    )
    write("clip_gelu", clip("gelu"))
    write("clip_quick_gelu", clip("quick_gelu"))
    write(
        "autoencoder_tiny",
        autoencoder(
            54,
            AutoencoderTiny(
                in_channels=4,
                out_channels=4,
                encoder_block_out_channels=[4, 4],
                decoder_block_out_channels=[4, 4],
                num_encoder_blocks=[1, 1],
                num_decoder_blocks=[1, 1],
            ),
            lambda model, pictures: model.encode(pictures).latents,
        ),
    )
    write(
        "autoencoder_kl",
        autoencoder(
            55,
            AutoencoderKL(
                in_channels=4,
                out_channels=4,
                block_out_channels=[2, 4],
                down_block_types=["DownEncoderBlock2D"] * 2,
                up_block_types=["UpDecoderBlock2D"] * 2,
                layers_per_block=1,
                norm_num_groups=1,
            ),
            lambda model, pictures: model.encode(pictures).latent_dist.mean,
        ),
    )
    write("optimizer", optimizer())
    write("muon", muon())


main()
