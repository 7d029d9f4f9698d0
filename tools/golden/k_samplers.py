"""k-diffusion's samplers on a small known denoiser, in double precision.

Writes engine/src/test/resources/golden/diffusion/k_samplers.json, which KSamplerGoldenTest reads.
Needs k-diffusion, torchsde, torchdiffeq and scipy beside PyTorch. Of k-diffusion only `sampling` is
imported: its other modules want much more. Noise is injected: from one generator for each image, as
NoiseSource.torch draws it, or from the Brownian path that is described in BrownianPath. Restart
sampling is not in k-diffusion; here it is read anew from Xu et al. 2023, algorithm 1, with A1111's
numbers. Run from the repository's root: python tools/golden/k_samplers.py
"""

import importlib.util
import json
import math
import sys
import types
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent))
from brownian import BrownianPath, draw  # noqa: E402

FOLDER = Path("engine/src/test/resources/golden/diffusion")
SHAPE = (2, 1, 4, 4)
SEED = 11
GREATEST, LEAST = 14.614641, 0.029167


def k_sampling():
    package = types.ModuleType("k_diffusion")
    package.__path__ = list(importlib.util.find_spec("k_diffusion").submodule_search_locations)
    package.utils = types.ModuleType("k_diffusion.utils")
    package.utils.append_dims = lambda x, dims: x[(...,) + (None,) * (dims - x.ndim)]
    sys.modules["k_diffusion"] = package
    sys.modules["k_diffusion.utils"] = package.utils
    return importlib.import_module("k_diffusion.sampling")


k = k_sampling()


def denoiser(x, sigma, **_):
    """Stands in for a trained network: not linear, and different at every level."""
    s = float(sigma.flatten()[0])
    return 0.9 * x / (1 + s * s) + 0.3 * torch.sin(2 * x / math.hypot(1, s) + math.log(s))


def levels(schedule, steps):
    """Rounded as they are written: a Brownian path is not smooth, so that levels must agree wholly."""
    curve = {"karras": k.get_sigmas_karras, "exponential": k.get_sigmas_exponential}[schedule]
    return torch.tensor(numbers(curve(steps, LEAST, GREATEST)), dtype=torch.float64)


def numbers(values):
    return [float(f"{v:.7g}") for v in torch.as_tensor(values).flatten().tolist()]


class Noise:
    """The streams of both images: their next numbers in the order in which they are asked for."""

    def __init__(self):
        self.generators = [torch.Generator("cpu").manual_seed(SEED + i) for i in range(SHAPE[0])]

    def next(self):
        return draw(self.generators, SHAPE[1:]).double()


def golden(sampler, sigmas, sample, **more):
    return {"sampler": sampler, "sigmas": numbers(sigmas), "sample": numbers(sample), **more}


def sequential(sampler, function, sigmas, **arguments):
    noise = Noise()
    x = noise.next() * sigmas[0]
    sample = function(denoiser, x, sigmas, noise_sampler=lambda *_: noise.next(), disable=True, **arguments)
    return golden(sampler, sigmas, sample)


def brownian(sampler, function, sigmas):
    noise = Noise()
    x = noise.next() * sigmas[0]
    path = BrownianPath(noise.generators, SHAPE[1:])
    between = lambda a, b: path.between(float(a), float(b)).double()  # noqa: E731
    sample = function(denoiser, x, sigmas, noise_sampler=between, disable=True)
    return golden(sampler, sigmas, sample)


def deterministic(sampler, sigmas, solve):
    """Solvers from the first level to the last; they cannot go to 0."""
    x = Noise().next() * sigmas[0]
    return golden(sampler, sigmas, solve(x, float(sigmas[-1]), float(sigmas[0]), len(sigmas) - 1))


def churned(sampler, function, sigmas, s_churn, s_tmin, s_tmax, s_noise):
    """k-diffusion draws noise for every step, used or not; here, as later there, for those that use it."""
    noise = Noise()
    x = noise.next() * sigmas[0]
    used = iter([s_tmin <= s <= s_tmax for s in sigmas[:-1].tolist()])
    stand_in = types.SimpleNamespace(randn_like=lambda x: noise.next() if next(used) else torch.zeros_like(x))
    k.torch, real = stand_in, k.torch
    try:
        sample = function(
            denoiser, x, sigmas, disable=True, s_churn=s_churn, s_tmin=s_tmin, s_tmax=s_tmax, s_noise=s_noise
        )
    finally:
        k.torch = real
    return golden(sampler, sigmas, sample, churn=[s_churn, s_tmin, s_tmax, s_noise])


def heun_step(x, sigma, to):
    slope = (x - denoiser(x, torch.tensor(sigma))) / sigma
    there = x + (to - sigma) * slope
    if to > 0:
        slope = (slope + (there - denoiser(there, torch.tensor(to))) / to) / 2
    return x + (to - sigma) * slope


def restart(sigmas):
    noise = Noise()
    x = noise.next() * sigmas[0]
    steps = len(sigmas) - 1
    way = sigmas.tolist()
    repeats, length = (0, 0) if steps < 20 else (1, 9) if steps < 36 else (2, steps // 4)
    if repeats:
        way = k.get_sigmas_karras(steps - repeats * length, way[-2], way[0]).double().tolist()
    low = min(range(len(way)), key=lambda i: abs(way[i] - 0.1))
    high = min(range(len(way)), key=lambda i: abs(way[i] - 2))
    for i in range(1, len(way)):
        x = heun_step(x, way[i - 1], way[i])
        if i == low and high < low:
            again = k.get_sigmas_karras(length + 1, way[low], way[high]).double().tolist()[:-1] if repeats else []
            for _ in range(repeats):
                x = x + noise.next() * math.sqrt(way[high] ** 2 - way[low] ** 2)
                again[0], again[-1] = way[high], way[low]
                for a, b in zip(again, again[1:]):
                    x = heun_step(x, a, b)
    return golden("restart", sigmas, x)


def cases():
    schedules = [levels("karras", 4), levels("karras", 10), levels("exponential", 7), levels("exponential", 20)]
    for sigmas in schedules:
        yield sequential("dpmpp_2s_a", k.sample_dpmpp_2s_ancestral, sigmas)
        yield sequential("dpmpp_2m_sde", k.sample_dpmpp_2m_sde, sigmas)
        yield sequential("dpmpp_2m_sde_heun", k.sample_dpmpp_2m_sde, sigmas, solver_type="heun")
        yield brownian("dpmpp_sde", k.sample_dpmpp_sde, sigmas)
        yield brownian("dpmpp_3m_sde", k.sample_dpmpp_3m_sde, sigmas)
        for steps in range(1, 7):
            until_least = sigmas[: steps + 1]
            if float(until_least[-1]) > 0 and len(until_least) == steps + 1:
                yield deterministic(
                    "dpm_fast",
                    until_least,
                    lambda x, least, greatest, n: k.sample_dpm_fast(denoiser, x, least, greatest, n, disable=True),
                )
        yield deterministic(
            "dpm_adaptive",
            sigmas[:-1],
            lambda x, least, greatest, n: k.sample_dpm_adaptive(denoiser, x, least, greatest, disable=True),
        )
        yield churned("euler", k.sample_euler, sigmas, 3.0, 0.0, 999.0, 1.003)
        yield churned("euler", k.sample_euler, sigmas, 40.0, 0.2, 5.0, 1.0)
        yield churned("heun", k.sample_heun, sigmas, 3.0, 0.2, 5.0, 1.003)
    for steps in (4, 20, 25, 36, 40):
        yield restart(levels("karras", steps))
    yield restart(levels("exponential", 23))


if __name__ == "__main__":
    rows = [json.dumps(row) for row in cases()]
    (FOLDER / "k_samplers.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")
