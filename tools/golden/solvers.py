"""More of diffusers' schedulers on the small known network of samplers.py, those of several estimates a step too.

Writes engine/src/test/resources/golden/diffusion/solvers.json, which SamplerGoldenTest reads, and
solver_configs.json beside it, which SchedulerConfigJsonTest reads. Needs scipy beside diffusers. Run from the repository's root: python tools/golden/solvers.py
"""

import itertools
import json

import diffusers
import numpy as np
import torch
from diffusers.utils.torch_utils import randn_tensor
from samplers import BETAS, SEED, SHAPE, STEPS, network, numbers, write

CURVES = ["use_karras_sigmas", "use_exponential_sigmas"]


def starts(class_name, steps, options):
    """Which of the scheduler's timesteps begin a step; the others are further estimates of one."""
    if class_name.startswith("KDPM2"):
        return list(range(0, 2 * steps, 2))
    if class_name == "PNDMScheduler" and not options.get("skip_prk_steps", False):
        return [0, 4, 8] + list(range(12, 12 + steps - 3))
    if class_name == "PNDMScheduler" and steps > 1:
        return [0] + list(range(2, steps + 1))
    return list(range(steps))


def noise():
    generators = [torch.Generator("cpu").manual_seed(SEED + i) for i in range(SHAPE[0])]
    return generators, randn_tensor(SHAPE, generator=generators)


def widen(scheduler):
    """Differences of noise levels and of their logarithms lose digits in diffusers' single precision."""
    if isinstance(scheduler, diffusers.DEISMultistepScheduler):
        scheduler.sigmas = scheduler.sigmas.double()
    if isinstance(scheduler, diffusers.KDPM2AncestralDiscreteScheduler):
        sigmas = scheduler.sigmas.double()
        levels = torch.cat([sigmas[:1], sigmas[1::2]])
        following = torch.cat([levels[1:], levels[-1:] * 0])
        down = torch.where(levels > 0, following**2 / levels, 0)
        up = (following**2 - down**2) ** 0.5
        middle = (levels * down) ** 0.5
        for name, values in [("sigmas_up", up), ("sigmas_down", down), ("sigmas_interpol", middle)]:
            doubled = torch.cat([values[:1], values[1:].repeat_interleave(2), values[-1:]])
            setattr(scheduler, name, doubled[: len(getattr(scheduler, name))])


def run(class_name, steps, step_arguments=None, **options):
    """The loop of StableDiffusionPipeline without guidance. The middle is the sample after half the steps."""
    scheduler = getattr(diffusers, class_name)(**{**BETAS, **options})
    scheduler.set_timesteps(steps)
    widen(scheduler)
    begun = starts(class_name, steps, options)
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(0)
    generators, x = noise()
    x = x * scheduler.init_noise_sigma
    arguments = dict(step_arguments or {})
    if "generator" in scheduler.step.__code__.co_varnames:
        arguments["generator"] = generators
    for i, t in enumerate(scheduler.timesteps):
        if steps > 1 and i == begun[steps // 2]:
            middle = x
        x = scheduler.step(network(scheduler.scale_model_input(x, t), t), t, x, return_dict=False, **arguments)[0]
    if steps == 1:
        middle = x
    result = {
        "class": class_name,
        "steps": steps,
        "options": options,
        "arguments": dict(step_arguments or {}),
        "timesteps": numbers(scheduler.timesteps[begun]),
        "middle": numbers(middle[0, 0, 0]),
        "sample": numbers(x),
    }
    if hasattr(scheduler, "sigmas"):
        sigmas = scheduler.sigmas.tolist()
        if class_name.startswith("KDPM2"):
            sigmas = (sigmas[:1] + sigmas[1::2])[: steps + 1]
        # Some add a last step that changes nothing; we leave it out.
        if sigmas[-1] == sigmas[-2]:
            sigmas.pop()
        result["sigmas"] = numbers(sigmas)
    return result


def ipndm(steps):
    """Its own noise levels are an audio model's: it is given those of Stable Diffusion, in its scale."""
    options = {**said(prediction="v_prediction"), "final_sigmas_type": "sigma_min"}
    levels = diffusers.EulerDiscreteScheduler(**BETAS, **options)
    levels.set_timesteps(steps)
    sigmas = levels.sigmas.double()
    scheduler = diffusers.IPNDMScheduler()
    scheduler.set_timesteps(steps)
    scheduler.betas = sigmas / (1 + sigmas**2) ** 0.5
    scheduler.alphas = 1 / (1 + sigmas**2) ** 0.5
    scheduler.timesteps = levels.timesteps
    scheduler.set_begin_index(0)
    # Of LEADING timesteps, samples start in the scale that adds 1 to the noise level's square.
    x = noise()[1]
    for i, t in enumerate(levels.timesteps):
        if i == steps // 2:
            middle = x / scheduler.alphas[i]
        x = scheduler.step(network(x, t), t, x, return_dict=False)[0]
    return {
        "class": "IPNDMScheduler",
        "steps": steps,
        "options": options,
        "arguments": {},
        "timesteps": numbers(levels.timesteps),
        "sigmas": numbers(sigmas),
        "middle": numbers(middle[0, 0, 0]),
        "sample": numbers(x / scheduler.alphas[-1]),
    }


def said(spacing="leading", prediction="epsilon"):
    return {"timestep_spacing": spacing, "prediction_type": prediction, "steps_offset": 1}


def cases():
    spacings = ["leading", "trailing", "linspace"]
    predictions = ["epsilon", "v_prediction"]
    for spacing, prediction in itertools.product(spacings, predictions):
        usual = said(spacing, prediction)
        yield run("DDPMScheduler", STEPS, **usual, clip_sample=False)
        for name in ["LMSDiscrete", "KDPM2Discrete", "KDPM2AncestralDiscrete"]:
            yield run(name + "Scheduler", STEPS, **usual)
        for name in ["DEISMultistep", "UniPCMultistep", "SASolver"]:
            yield run(name + "Scheduler", STEPS, **usual)
        # LINSPACE: diffusers' PNDM steps by a stride that misses the timesteps; see StepGrid.
        if spacing != "linspace":
            yield run("PNDMScheduler", STEPS, **usual, skip_prk_steps=True)
            # The strides between timesteps are even; see Pndm.
            yield run("PNDMScheduler", 10, **usual, skip_prk_steps=False)
    for curve in CURVES:
        yield run("LMSDiscreteScheduler", STEPS, **said(), **{curve: True})
    # The ancestral one asks a second time at the next level, and of another timestep; see Dpm2Ancestral.
    for name in ["KDPM2Discrete", "UniPCMultistep"]:
        yield run(name + "Scheduler", STEPS, **said(), use_karras_sigmas=True)
    yield run("DEISMultistepScheduler", 20, **said(), use_karras_sigmas=True)

    yield run("DDPMScheduler", 3, **said(), clip_sample=False, variance_type="fixed_small_log")
    yield run("DDPMScheduler", STEPS, **said("linspace"), clip_sample=False, variance_type="fixed_large")
    yield run("DDPMScheduler", STEPS, **said(), clip_sample=True, clip_sample_range=0.8)

    for steps in (1, 2, 3, 20):
        yield run("PNDMScheduler", steps, **said(), skip_prk_steps=True)
    for steps in (4, 20):
        yield run("PNDMScheduler", steps, **said(), skip_prk_steps=False)
    yield run("PNDMScheduler", STEPS, **said(), skip_prk_steps=True, set_alpha_to_one=True)

    for steps in (2, 20):
        yield run("LMSDiscreteScheduler", steps, **said("linspace"))
        yield run("KDPM2DiscreteScheduler", steps, **said("linspace"))
        yield run("KDPM2AncestralDiscreteScheduler", steps, **said("linspace"))
    for steps in (3, STEPS, 20):
        yield ipndm(steps)

    for order, steps in itertools.product((1, 2, 3), (3, 20)):
        yield run("DEISMultistepScheduler", steps, **said(), solver_order=order)
    yield run("DEISMultistepScheduler", STEPS, **said(), solver_order=3, lower_order_final=False)

    for order, variant, steps in itertools.product((1, 2, 3), ("bh1", "bh2"), (3, 20)):
        # To a level of 0, diffusers' bh1 gives no numbers.
        ends = {"final_sigmas_type": "sigma_min"} if variant == "bh1" else {}
        yield run("UniPCMultistepScheduler", steps, **said(), solver_order=order, solver_type=variant, **ends)
    lower = {"lower_order_final": False, "final_sigmas_type": "sigma_min"}
    yield run("UniPCMultistepScheduler", STEPS, **said(), solver_order=3, **lower)
    zero = {"timestep_spacing": "trailing", "prediction_type": "v_prediction", "rescale_betas_zero_snr": True}
    yield run("UniPCMultistepScheduler", STEPS, **zero)

    for predictor, corrector in [(1, 1), (2, 1), (1, 2), (3, 2), (3, 4), (4, 4)]:
        orders = {"predictor_order": predictor, "corrector_order": corrector}
        yield run("SASolverScheduler", STEPS, **said(), **orders)
    for steps in (2, 20):
        yield run("SASolverScheduler", steps, **said())
    yield run("SASolverScheduler", STEPS, **said(), predictor_order=3, corrector_order=3, lower_order_final=False)

    for prediction, steps in itertools.product(predictions, (1, 4, 7)):
        yield run("LCMScheduler", steps, **said(prediction=prediction))
        yield run("TCDScheduler", steps, {"eta": 0.3}, **said(prediction=prediction))
    yield run("LCMScheduler", 6, **said(), original_inference_steps=40)
    yield run("TCDScheduler", 6, {"eta": 0.0}, **said(), original_inference_steps=40)
    yield run("TCDScheduler", 6, {"eta": 1.0}, **said())


def configs():
    """What the classes write that are here, alone and made from the configuration of Stable Diffusion 1."""
    names = ["DDPM", "PNDM", "LMSDiscrete", "DEISMultistep", "UniPCMultistep", "KDPM2Discrete"]
    names += ["KDPM2AncestralDiscrete", "LCM", "TCD", "SASolver"]
    released = diffusers.PNDMScheduler(**BETAS, skip_prk_steps=True, steps_offset=1)
    for name in names:
        scheduler = getattr(diffusers, name + "Scheduler")
        yield json.loads(scheduler(**BETAS).to_json_string())
        yield json.loads(scheduler.from_config(released.config).to_json_string())


if __name__ == "__main__":
    write("solvers.json", list(cases()))
    write("solver_configs.json", list(configs()))
