"""Muon, as Songe's trainer has it: momentum whose steps are orthogonalized, for hidden matrices.

Jordan et al. 2024; the step's length is that of Liu et al. 2025 (arXiv 2502.16982), equation 4. A
convolution's kernel is a matrix of its out rows. Matrices of one shape are computed at once.
"""

from collections import defaultdict

import torch

OUTERMOST = ("token_embedding", "position_embedding", "positional_embedding", "conv_in", "conv_out")
ITERATIONS, FIRST, THIRD, FIFTH = 5, 3.4445, -4.7750, 2.0315
LEAST_NORM = 1e-7
USUAL_STEP = 0.2


def is_hidden_matrix(name: str, weight: torch.Tensor) -> bool:
    matrix = weight.ndim >= 2 and weight.shape[0] > 1 and weight.numel() > weight.shape[0]
    return matrix and not any(part in name for part in OUTERMOST)


def orthogonal(matrices: torch.Tensor) -> torch.Tensor:
    """[n, rows, columns], with all singular values between about 0.7 and 1.2."""
    if matrices.shape[1] > matrices.shape[2]:
        return orthogonal(matrices.mT).mT
    x = matrices / (matrices.norm(dim=(1, 2), keepdim=True) + LEAST_NORM)
    for _ in range(ITERATIONS):
        gram = x @ x.mT
        polynomial = torch.baddbmm(gram, gram, gram, beta=THIRD, alpha=FIFTH)
        x = torch.baddbmm(x, polynomial, x, beta=FIRST)
    return x


class Muon(torch.optim.Optimizer):
    """Changes hidden matrices; its states are called as AdamW's first moments are."""

    def __init__(self, weights, lr: float, momentum: float, weight_decay: float, dtype: torch.dtype):
        super().__init__(weights, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
        self.dtype = dtype

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            alike = defaultdict(list)
            for weight in group["params"]:
                alike[weight.shape].append(weight)
            for weights in alike.values():
                self.change(weights, group)

    def change(self, weights: list[torch.Tensor], group: dict) -> None:
        momentum = group["momentum"]
        for weight in weights:
            if "exp_avg" not in self.state[weight]:
                self.state[weight]["exp_avg"] = torch.zeros_like(weight)
        means = [self.state[weight]["exp_avg"] for weight in weights]
        torch._foreach_lerp_(means, [weight.grad for weight in weights], 1 - momentum)
        ahead = torch._foreach_lerp([weight.grad for weight in weights], means, momentum)
        directions = orthogonal(torch.stack([each.flatten(1).to(self.dtype) for each in ahead]))
        length = USUAL_STEP * max(directions.shape[1:]) ** 0.5
        torch._foreach_mul_(weights, 1 - group["lr"] * group["weight_decay"])
        for weight, direction in zip(weights, directions):
            weight.add_(direction.reshape(weight.shape), alpha=-group["lr"] * length)
