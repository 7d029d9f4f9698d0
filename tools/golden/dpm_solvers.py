"""diffusers' other DPM-Solver classes, and its beta curve, on the small known network of samplers.py.

Writes engine/src/test/resources/golden/diffusion/dpm_solvers.json, which SamplerGoldenTest reads.
Needs scipy and torchsde beside diffusers. The noise of DPMSolverSDEScheduler is injected from the
Brownian path of brownian.py. Run from the repository's root: python tools/golden/dpm_solvers.py
"""

import diffusers
import torch
from brownian import BrownianPath
from diffusers.utils.torch_utils import randn_tensor
from samplers import BETAS, SEED, SHAPE, network, numbers, run, write

CURVES = ["use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas"]


def run_sde(steps, **options):
    """As samplers.run; every other call is about the middle of a step."""
    scheduler = diffusers.DPMSolverSDEScheduler(**BETAS, **options)
    scheduler.set_timesteps(steps)
    scheduler.sigmas = scheduler.sigmas.double()
    generators = [torch.Generator("cpu").manual_seed(SEED + i) for i in range(SHAPE[0])]
    x = randn_tensor(SHAPE, generator=generators).double() * scheduler.init_noise_sigma
    path = BrownianPath(generators, SHAPE[1:])
    scheduler.noise_sampler = lambda a, b: path.between(float(a), float(b))
    scheduler.set_begin_index(0)
    for i, t in enumerate(scheduler.timesteps):
        x = scheduler.step(network(scheduler.scale_model_input(x, t), t), t, x, return_dict=False)[0]
        if i == 2 * (steps // 2) - 1:
            middle = x
    sigmas = scheduler.sigmas.tolist()
    return {
        "class": "DPMSolverSDEScheduler",
        "steps": steps,
        "options": options,
        "arguments": {},
        "timesteps": numbers(scheduler.timesteps[::2]),
        "middle": numbers(middle[0, 0, 0]),
        "sample": numbers(x),
        # In full: a Brownian path is not smooth.
        "sigmas": sigmas[:1] + sigmas[1::2],
    }


def cases():
    predictions = ["epsilon", "v_prediction"]
    for prediction in predictions:
        for curve in [None, *CURVES]:
            for steps in (3, 8):
                rounded = curve in CURVES[1:]
                said = {"prediction_type": prediction, **({curve: True} if curve else {})}
                yield run("DPMSolverSinglestepScheduler", steps, round_timesteps=rounded, **said)
                spaced = {**said, "timestep_spacing": "leading", "steps_offset": 1}
                yield run_sde(steps, **said)
                yield run_sde(steps, **spaced)
                heun = {"algorithm_type": "sde-dpmsolver++", "solver_type": "heun"}
                yield run("DPMSolverMultistepScheduler", steps, round_timesteps=rounded, **said, **heun)
    for steps in (4, 5, 20):
        for final in ("zero", "sigma_min"):
            yield run("DPMSolverSinglestepScheduler", steps, final_sigmas_type=final)
    yield run_sde(20, timestep_spacing="trailing")
    for name in ("EulerDiscreteScheduler", "HeunDiscreteScheduler"):
        yield run(name, 8, use_beta_sigmas=True, timestep_spacing="leading", steps_offset=1)
        yield run(name, 4, use_beta_sigmas=True)
    for algorithm in ("dpmsolver++", "sde-dpmsolver++"):
        said = {"prediction_type": "v_prediction", "use_beta_sigmas": True, "algorithm_type": algorithm}
        yield run("DPMSolverMultistepScheduler", 8, round_timesteps=True, **said)


write("dpm_solvers.json", list(cases()))
