"""Noise levels of the schedules that A1111 and ComfyUI offer, for Stable Diffusion's training schedule.

Writes engine/src/test/resources/golden/diffusion/sigma_curves.json, which SigmaCurveGoldenTest reads.
Needs k-diffusion and scipy beside diffusers. Where k-diffusion has the curve, its function gives the
levels; the others are read anew from what the two programs do. Run from the repository's root:
python tools/golden/sigma_curves.py
"""

import json
from pathlib import Path

import diffusers
import numpy as np
import torch
from k_samplers import k
from scipy.stats import beta

FOLDER = Path("engine/src/test/resources/golden/diffusion")
CONFIG = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
TABLE = diffusers.EulerDiscreteScheduler(**CONFIG).sigmas.flip(0)[1:].double().numpy()
torch.set_default_dtype(torch.float64)  # else k-diffusion's curves lose digits
LEAST, GREATEST = TABLE[0], TABLE[-1]
SD = [14.615, 6.475, 3.861, 2.697, 1.886, 1.396, 0.963, 0.652, 0.399, 0.152, 0.029]
XL = [14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029]
GITS = [14.615, 4.617, 2.507, 1.236, 0.702, 0.402, 0.240, 0.156, 0.104, 0.094, 0.029]
GITS_XL = [14.615, 4.734, 2.567, 1.529, 0.987, 0.652, 0.418, 0.268, 0.179, 0.127, 0.029]


def at(timesteps):
    return np.exp(np.interp(timesteps, np.arange(len(TABLE)), np.log(TABLE)))


def without_zero(levels):
    return levels[:-1].numpy()


def listed(table, n):
    return np.exp(np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(table)), np.log(table)))


def ddim(n):
    return TABLE[1 :: max(len(TABLE) // n, 1)][::-1]


def simple(n):
    return TABLE[[-(1 + int(x * (len(TABLE) / n))) for x in range(n)]]


def beta_of_timesteps(n):
    quantiles = beta.ppf(1 - np.linspace(0, 1, n, endpoint=False), 0.6, 0.6)
    return TABLE[list(dict.fromkeys(np.rint(quantiles * (len(TABLE) - 1)).astype(int)))]


CURVES = {
    "karras": lambda n: without_zero(k.get_sigmas_karras(n, LEAST, GREATEST)),
    "exponential": lambda n: without_zero(k.get_sigmas_exponential(n, LEAST, GREATEST)),
    "polyexponential": lambda n: without_zero(k.get_sigmas_polyexponential(n, LEAST, GREATEST)),
    "vp": lambda n: without_zero(k.get_sigmas_vp(n)),
    "normal": lambda n: at(np.linspace(len(TABLE) - 1, 0, n)),
    "sgm_uniform": lambda n: at(np.linspace(len(TABLE) - 1, 0, n + 1)[:-1]),
    "simple": simple,
    "ddim": ddim,
    "beta": lambda n: LEAST + beta.ppf(1 - np.linspace(0, 1, n), 0.6, 0.6) * (GREATEST - LEAST),
    "beta_timesteps": beta_of_timesteps,
    "kl_optimal": lambda n: np.tan(np.linspace(np.arctan(GREATEST), np.arctan(LEAST), n)),
    "align_your_steps": lambda n: listed(SD, n),
    "align_your_steps_xl": lambda n: listed(XL, n),
    "align_your_steps_gits": lambda n: listed(GITS, n),
    "align_your_steps_gits_xl": lambda n: listed(GITS_XL, n),
}


def cases():
    for name, curve in CURVES.items():
        # 38 steps: where the rounding of a product tells.
        for n in (2, 5, 11, 20, 30, 38):
            yield {"schedule": name, "steps": n, "levels": [float(f"{v:.8g}") for v in curve(n)]}
    yield {"schedule": "beta_timesteps", "steps": 400, "levels": [float(f"{v:.8g}") for v in beta_of_timesteps(400)]}


rows = [json.dumps(row) for row in cases()]
(FOLDER / "sigma_curves.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")
