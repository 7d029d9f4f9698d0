"""How near copies are to pictures, and what a step of autoencoder training makes small.

Writes engine/src/test/resources/golden/train/autoencoder.safetensors: pictures x and copies y, the
terms of the loss by PyTorch with the gradients of their sum, the hinge losses of forger and expert,
and PSNR and SSIM by scikit-image. Read by ReconstructionLossTest, ImageQualityTest and
PatchDiscriminatorTest. Needs torch, safetensors, scikit-image. Run from the root of the repository:

    python tools/golden/autoencoder_training.py
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

TARGET = Path("engine/src/test/resources/golden/train/autoencoder.safetensors")


def pictures(side: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Two pictures of waves, and copies with grain and a shift of the level; [2, 4, side, side]."""
    generator = torch.Generator().manual_seed(seed)
    y, x = torch.meshgrid(torch.linspace(0, 6, side), torch.linspace(0, 5, side), indexing="ij")
    phases = torch.rand(2, 4, 1, 1, generator=generator) * 6
    waves = (torch.sin(x * 1.7 + phases) * torch.cos(y + phases)).clamp(-0.9, 0.8)
    copies = waves * 0.9 + 0.05 + 0.15 * torch.randn(waves.shape, generator=generator)
    return waves, copies


def edges(error: torch.Tensor) -> torch.Tensor:
    return error.diff(dim=3).abs().mean() + error.diff(dim=2).abs().mean()


def loss(tensors: dict[str, torch.Tensor]) -> None:
    x, y = pictures(16, 1)
    z = 1.2 * torch.randn(2, 4, 2, 2, generator=torch.Generator().manual_seed(2))
    y.requires_grad_(), z.requires_grad_()
    terms = [
        F.l1_loss(y, x),
        edges(y - x),
        F.l1_loss(F.avg_pool2d(y, 4), F.avg_pool2d(x, 4)),
        F.relu(z.square().mean() - 1),
    ]
    total = terms[0] + terms[1] + 0.5 * terms[2] + 0.1 * terms[3]
    total.backward()
    tensors |= {"x": x, "y": y, "z": z, "terms": torch.stack(terms), "total": total.reshape(1)}
    tensors |= {"y_gradient": y.grad, "z_gradient": z.grad}


def hinge(tensors: dict[str, torch.Tensor]) -> None:
    generator = torch.Generator().manual_seed(3)
    real, forged = 2 * torch.randn(2, 2, 1, 3, 3, generator=generator)
    mistakes = F.relu(1 - real).mean() + F.relu(1 + forged).mean()
    tensors |= {"real": real, "forged": forged}
    tensors["hinge"] = torch.stack([mistakes, -forged.mean()])


def quality(tensors: dict[str, torch.Tensor]) -> None:
    x, y = pictures(16, 4)
    tensors |= {"judged_x": x, "judged_y": y}
    one, other = ((t.clamp(-1, 1).double() + 1) / 2 for t in (x, y))
    similarity = [
        structural_similarity(
            a.numpy(),
            b.numpy(),
            channel_axis=0,
            data_range=1,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
        )
        for a, b in zip(one, other)
    ]
    signal = peak_signal_noise_ratio(one.numpy(), other.numpy(), data_range=1)
    error = edges(other - one) / 2
    tensors["quality"] = torch.tensor([signal, sum(similarity) / 2, error])


def main() -> None:
    tensors: dict[str, torch.Tensor] = {}
    loss(tensors)
    hinge(tensors)
    quality(tensors)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: t.detach().float().contiguous() for name, t in tensors.items()}, TARGET)
    print(TARGET, TARGET.stat().st_size, tensors["terms"].tolist(), tensors["quality"].tolist())


if __name__ == "__main__":
    main()
