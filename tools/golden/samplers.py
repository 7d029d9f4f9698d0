"""diffusers' schedulers on a small known network: noise levels, timesteps and samples.

Writes engine/src/test/resources/golden/diffusion/samplers.json, which SamplerGoldenTest reads, and
schedules.json beside it, which DiscreteScheduleTest reads. The loop is that of diffusers' pipelines;
noise comes from one generator for each image. Run from the repository's root:
python tools/golden/samplers.py
"""

import itertools
import json
import warnings
from pathlib import Path

import diffusers
import numpy as np
import torch
from diffusers.utils.torch_utils import randn_tensor

warnings.filterwarnings("ignore")
diffusers.utils.logging.set_verbosity_error()

FOLDER = Path("engine/src/test/resources/golden/diffusion")
SHAPE = (2, 1, 4, 4)
SEED = 11
BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
STEPS = 8


def network(x, t):
    """Stands in for a trained network: bounded, not linear, and different at every timestep."""
    return 0.7 * x + 0.4 * torch.sin(2.0 * x + 0.004 * float(t))


def numbers(values):
    return [float(f"{v:.7g}") for v in np.asarray(values, dtype=np.float64).ravel()]


def flow_network(x, t):
    return network(x, t) - 0.5


def run(class_name, steps, step_arguments=None, round_timesteps=False, **options):
    """The loop of StableDiffusionPipeline without guidance. The middle is the sample after half the steps."""
    flow = class_name.startswith("FlowMatch")
    config = options if flow else {**BETAS, **options}
    scheduler = getattr(diffusers, class_name)(**config)
    scheduler.set_timesteps(steps)
    if round_timesteps:
        # On curves other than Karras' the class truncates; see StepPlanner.told.
        log_sigmas = np.log(np.array(((1 - scheduler.alphas_cumprod) / scheduler.alphas_cumprod) ** 0.5))
        told = [scheduler._sigma_to_t(s, log_sigmas).round() for s in scheduler.sigmas[:-1].numpy()]
        scheduler.timesteps = torch.tensor(np.array(told)).to(torch.int64)
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(0)
    generators = [torch.Generator("cpu").manual_seed(SEED + i) for i in range(SHAPE[0])]
    x = randn_tensor(SHAPE, generator=generators)
    if not flow:
        x = x * scheduler.init_noise_sigma
    arguments = dict(step_arguments or {})
    if "generator" in scheduler.step.__code__.co_varnames:
        arguments["generator"] = generators
    heun = class_name == "HeunDiscreteScheduler"
    half = 2 * (steps // 2) if heun else steps // 2
    for i, t in enumerate(scheduler.timesteps):
        entering = x if flow else scheduler.scale_model_input(x, t)
        output = (flow_network if flow else network)(entering, t)
        x = scheduler.step(output, t, x, return_dict=False, **arguments)[0]
        if i == half - 1:
            middle = x
    told = scheduler.timesteps.tolist()
    if heun:
        told = told[:1] + told[1::2]
    result = {
        "class": class_name,
        "steps": steps,
        "options": options,
        "arguments": dict(step_arguments or {}),
        "timesteps": numbers(told),
        "middle": numbers(middle[0, 0, 0]),
        "sample": numbers(x),
    }
    if hasattr(scheduler, "sigmas"):
        sigmas = scheduler.sigmas.tolist()
        result["sigmas"] = numbers(sigmas[:1] + sigmas[1::2] if heun else sigmas)
    return result


def cases():
    spacings = ["leading", "trailing", "linspace"]
    curves = [{}, {"use_karras_sigmas": True}, {"use_exponential_sigmas": True}]
    predictions = ["epsilon", "v_prediction"]
    for spacing, prediction in itertools.product(spacings, predictions):
        said = {"timestep_spacing": spacing, "prediction_type": prediction, "steps_offset": 1}
        yield run("EulerAncestralDiscreteScheduler", STEPS, **said)
        # LINSPACE: diffusers' DDIM steps by a stride that misses the timesteps; see StepGrid.
        if spacing != "linspace":
            yield run("DDIMScheduler", STEPS, {"eta": 0.0}, **said, clip_sample=False, set_alpha_to_one=False)
        for curve in curves:
            yield run("EulerDiscreteScheduler", STEPS, **said, **curve)
            yield run("HeunDiscreteScheduler", STEPS, **said, **curve)
            exponential = "use_exponential_sigmas" in curve
            for algorithm in ["dpmsolver++", "sde-dpmsolver++"]:
                yield run(
                    "DPMSolverMultistepScheduler",
                    STEPS,
                    **said,
                    **curve,
                    algorithm_type=algorithm,
                    round_timesteps=exponential,
                )
    said = {"timestep_spacing": "leading", "prediction_type": "epsilon", "steps_offset": 1}
    yield run("DDIMScheduler", STEPS, {"eta": 0.0}, **said, clip_sample=False, set_alpha_to_one=True)
    yield run("DDIMScheduler", STEPS, {"eta": 0.7}, **said, clip_sample=False, set_alpha_to_one=False)
    yield run(
        "DDIMScheduler",
        STEPS,
        {"eta": 0.0, "use_clipped_model_output": True},
        **said,
        clip_sample=True,
        clip_sample_range=0.8,
    )
    yield run("DDIMScheduler", STEPS, {"eta": 0.0}, **{**said, "prediction_type": "sample"}, clip_sample=False)
    yield run("HeunDiscreteScheduler", STEPS, **{**said, "prediction_type": "sample"})
    # From 15 steps on the last step to a level above 0 is of second order.
    for steps in (STEPS, 20):
        yield run("DPMSolverMultistepScheduler", steps, **said, final_sigmas_type="sigma_min")
    yield run("EulerDiscreteScheduler", STEPS, **said, final_sigmas_type="sigma_min")
    zero = {"timestep_spacing": "trailing", "prediction_type": "v_prediction", "rescale_betas_zero_snr": True}
    yield run("DDIMScheduler", STEPS, {"eta": 0.0}, **zero, clip_sample=False)
    yield run("EulerDiscreteScheduler", STEPS, **zero)
    yield run("EulerAncestralDiscreteScheduler", STEPS, **zero)
    yield run("DPMSolverMultistepScheduler", STEPS, **zero)
    # Twenty steps with what the mini model's config says, for every class.
    mini = {"timestep_spacing": "leading", "prediction_type": "v_prediction", "steps_offset": 1}
    yield run("DDIMScheduler", 20, {"eta": 0.0}, **mini, clip_sample=False, set_alpha_to_one=False)
    for name in ["EulerDiscrete", "EulerAncestralDiscrete", "HeunDiscrete", "DPMSolverMultistep"]:
        yield run(name + "Scheduler", 20, **mini)
    for shift in (1.0, 3.0):
        yield run("FlowMatchEulerDiscreteScheduler", STEPS, shift=shift)


def schedules():
    """Noise levels of training, every 111th timestep."""
    shown = list(range(0, 1000, 111))
    wanted = [
        {"beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "linear"},
        {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"},
        {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "rescale_betas_zero_snr": True},
        {"beta_schedule": "squaredcos_cap_v2"},
    ]
    for options in wanted:
        sigmas = diffusers.EulerDiscreteScheduler(**options).sigmas.flip(0)[1:]
        yield {"options": options, "timesteps": shown, "sigmas": numbers(sigmas[shown])}


def write(name, rows):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


if __name__ == "__main__":
    write("samplers.json", list(cases()))
    write("schedules.json", list(schedules()))
