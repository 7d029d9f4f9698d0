"""What the U-Net sees of a latent, what it should answer, and how much each noise level counts.

The same tables as Songe's Noising and DenoisingLoss: a clean latent x0 and noise e are mixed level by
level, and so is the answer, which is the noise, the velocity, or in a flow the way from one to the
other.
"""

from dataclasses import dataclass

import numpy as np
import torch

LEVELS = 1000
ALMOST_NO_SIGNAL = 2.0**-12


@dataclass
class Objective:
    """By level, from the least noise; [levels], FLOAT32."""

    signal_seen: torch.Tensor
    noise_seen: torch.Tensor
    signal_answered: torch.Tensor
    noise_answered: torch.Tensor
    weights: torch.Tensor
    first_timestep: int

    @staticmethod
    def of(prediction: str, scheduler: dict, cap: float | None) -> "Objective":
        """For a prediction as config.json names it, with a cap of the signal-to-noise ratio or none."""
        flow = prediction == "Flow"
        signal, noise = flow_levels() if flow else kept_levels(scheduler)
        snr = (signal / noise).square()
        ones, zeros = torch.ones_like(signal), torch.zeros_like(signal)
        answered, out = {
            "Velocity": ((-noise, signal), 1 / (snr + 1)),
            "Epsilon": ((zeros, ones), 1 / snr),
            "Flow": ((-ones, ones), noise.square()),
        }[prediction]
        weights = ones if cap is None else snr.clamp(max=cap) * out
        tables = (signal, noise, *answered, weights / weights.mean())
        return Objective(*(table.float() for table in tables), int(flow))

    def to(self, device: str) -> "Objective":
        tables = (self.signal_seen, self.noise_seen, self.signal_answered, self.noise_answered, self.weights)
        return Objective(*(table.to(device) for table in tables), self.first_timestep)

    def seen(self, clean: torch.Tensor, noise: torch.Tensor, levels: torch.Tensor) -> torch.Tensor:
        return each(self.signal_seen, levels) * clean + each(self.noise_seen, levels) * noise

    def answer(self, clean: torch.Tensor, noise: torch.Tensor, levels: torch.Tensor) -> torch.Tensor:
        return each(self.signal_answered, levels) * clean + each(self.noise_answered, levels) * noise

    def errors(self, said: torch.Tensor, answer: torch.Tensor, levels: torch.Tensor):
        """The loss that is made small, and the same without weights."""
        errors = (said - answer).square().mean((1, 2, 3))
        return (errors * self.weights[levels]).mean(), errors.mean()


def level_density(logit: dict[str, float]) -> np.ndarray:
    """How often each level is looked at: evenly, or with a mean and a deviation of its logit."""
    if not logit:
        return np.ones(LEVELS)
    part = (np.arange(LEVELS) + 0.5) / LEVELS
    away = (np.log(part / (1 - part)) - logit["mean"]) / logit["deviation"]
    return np.exp(-away * away / 2) / (part * (1 - part))


def each(table: torch.Tensor, levels: torch.Tensor) -> torch.Tensor:
    return table[levels][:, None, None, None]


def kept_levels(scheduler: dict) -> tuple[torch.Tensor, torch.Tensor]:
    """Signal and noise of a schedule that keeps the variance (Ho et al. 2020, equation 4)."""
    if scheduler["beta_schedule"] != "scaled_linear":
        raise SystemExit("only scaled_linear schedules are known, got " + scheduler["beta_schedule"])
    start, end = scheduler["beta_start"] ** 0.5, scheduler["beta_end"] ** 0.5
    kept = torch.cumprod(1 - torch.linspace(start, end, LEVELS, dtype=torch.float64) ** 2, 0)
    signal = kept.sqrt()
    if scheduler.get("rescale_betas_zero_snr"):
        signal = zero_terminal(signal)
    return signal, (1 - signal.square()).sqrt()


def zero_terminal(signal: torch.Tensor) -> torch.Tensor:
    """Moved and stretched so that next to nothing remains at the last level (Lin et al. 2023, algorithm 1)."""
    first, last = signal[0], signal[-1]
    return ((signal - last) * first / (first - last)).clamp(min=ALMOST_NO_SIGNAL)


def flow_levels() -> tuple[torch.Tensor, torch.Tensor]:
    """Signal and noise of a rectified flow (Liu, Gong and Liu 2022, equation 1)."""
    noise = torch.arange(1, LEVELS + 1, dtype=torch.float64) / LEVELS
    return 1 - noise, noise
