"""Goes on with a run of `songe train diffusion`, in PyTorch, on a GPU or a processor.

Reads RUN/config.json, RUN/model, RUN/state.safetensors and the latents, makes the steps that Songe
would have made (same samples, noise, noise levels, captions and learning rates), and writes
RUN/state.safetensors and RUN/metrics.csv, with which Songe goes on:

    songe train diffusion CORPUS RUN ... --steps 20000 --minutes 5     begins, and writes RUN/model
    python tools/mirror/train.py RUN --minutes 10
    songe train diffusion CORPUS RUN ... --steps 20000 --resume        goes on, exports the model

A run without a state (one that was packed without its weights) begins with networks of PyTorch's own
initialization, and with what RUN/beginning.safetensors holds of them. Parts into which Songe divides
a step are computed at once here, with the same result. --exact computes products of FLOAT32 without
TF32, to compare both trainers on a GPU.
"""

import argparse
import contextlib
import json
import math
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import load_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from draws import SampleDraws
from muon import Muon, is_hidden_matrix
from objective import Objective, level_density
from runs import COLUMNS, KINDS, Latents, Position, Run, Window

SAVE_EVERY = 240
AHEAD = 8
TELL_EVERY = 15


class Networks:
    """Text encoder and U-Net, and their weights by the names that a run's state has."""

    def __init__(self, model: Path, device: str):
        config = UNet2DConditionModel.load_config(model, subfolder="unet")
        self.unet = UNet2DConditionModel.from_config(config)
        self.unet = self.unet.to(device, memory_format=torch.channels_last).train()
        torch.nn.init.zeros_(self.unet.conv_out.weight)
        torch.nn.init.zeros_(self.unet.conv_out.bias)
        self.text = CLIPTextModel(CLIPTextConfig.from_pretrained(model, subfolder="text_encoder"))
        self.text = self.text.to(device).train()
        named = {"unet." + name: weight for name, weight in self.unet.named_parameters()}
        for name, weight in self.text.named_parameters():
            named["text_encoder." + name.removeprefix("text_model.")] = weight
        self.weights = named


class Training:
    """A run that is gone on with."""

    def __init__(self, run: Run, latents: Latents, device: str):
        self.run, self.config, self.latents, self.device = run, run.config, latents, device
        self.networks = Networks(run.folder / "model", device)
        self.weights = self.networks.weights
        self.averages = {name: weight.detach().clone() for name, weight in self.weights.items()}
        self.optimizers = self.optimizers_of(*run.config.optimizer())
        self.position = Position(0, 0.0, Window())
        if run.state_file.exists():
            self.restore()
        elif (run.folder / "beginning.safetensors").exists():
            self.begin(run.folder / "beginning.safetensors")
        scheduler = json.loads((run.folder / "model/scheduler/scheduler_config.json").read_text())
        cap = run.config.record("weighting").get("cap")
        self.objective = Objective.of(run.config["prediction"], scheduler, cap).to(device)
        density = level_density(run.config.record("levels"))
        batch, self.looks = run.config["batch"], run.config["looks"]
        self.draws = SampleDraws(run.config["seed"], len(latents), batch, self.looks, density)
        self.empty = self.empty_caption(run.folder / "model/tokenizer")
        half = run.config["dtype"] == "BFLOAT16"
        self.computing = lambda: torch.autocast(device, torch.bfloat16) if half else contextlib.nullcontext()

    def optimizers_of(self, adamw: dict[str, float], muon: dict[str, float]) -> list[torch.optim.Optimizer]:
        hidden = [name for name, weight in self.weights.items() if muon and is_hidden_matrix(name, weight)]
        others = torch.optim.AdamW(
            [weight for name, weight in self.weights.items() if name not in hidden],
            lr=1.0,
            betas=(adamw["beta1"], adamw["beta2"]),
            eps=adamw["epsilon"],
            weight_decay=adamw["decay"],
            fused=True,
        )
        if not hidden:
            return [others]
        dtype = torch.bfloat16 if "dtype=BFLOAT16" in self.config["optimizer"] else torch.float32
        matrices = [self.weights[name] for name in hidden]
        return [others, Muon(matrices, 1.0, muon["momentum"], muon["decay"], dtype)]

    def moments(self) -> dict[str, dict[str, torch.Tensor]]:
        """What the optimizers keep of each weight, by its name."""
        return {
            name: optimizer.state[weight]
            for name, weight in self.weights.items()
            for optimizer in self.optimizers
            if weight in optimizer.state
        }

    def empty_caption(self, tokenizer: Path) -> torch.Tensor:
        length = self.latents.tokens.shape[-1]
        tokens = CLIPTokenizer.from_pretrained(tokenizer)
        return tokens("", padding="max_length", max_length=length, return_tensors="pt").input_ids

    @torch.no_grad()
    def begin(self, file: Path) -> None:
        for name, value in load_file(file).items():
            self.weights[name].copy_(value)
            self.averages[name].copy_(value)

    def restore(self) -> None:
        stored = self.run.tensors()
        if stored["variable"].keys() != self.weights.keys():
            odd = sorted(stored["variable"].keys() ^ self.weights.keys())[0]
            raise SystemExit(f"{self.run.state_file}: {odd} is not in both state and model")
        self.position = self.run.position()
        step = torch.tensor(float(self.position.step))
        with torch.no_grad():
            for name, weight in self.weights.items():
                weight.copy_(stored["variable"][name])
                self.averages[name].copy_(stored["average"][name])
        kept = {"exp_avg": stored["first"], "exp_avg_sq": stored["second"]}
        for name, weight in self.weights.items():
            owner = next(each for each in self.optimizers if weight in set(each.param_groups[0]["params"]))
            owner.state[weight] = {"step": step.clone().to(self.device)} | {
                moment: torch.empty_like(weight).copy_(values[name])
                for moment, values in kept.items()
                if name in values
            }

    def save(self) -> None:
        moments = self.moments()
        first = {name: state["exp_avg"] for name, state in moments.items()}
        second = {name: state["exp_avg_sq"] for name, state in moments.items() if "exp_avg_sq" in state}
        tensors = (self.weights, first, second, self.averages)
        self.run.save(self.position, dict(zip(KINDS, tensors)))

    def sample(self, step: int) -> tuple[torch.Tensor, ...]:
        """Clean latents, noise, noise levels and tokens of a step."""
        chosen = self.draws.samples(step)
        captions = self.draws.captions(step, self.latents.tokens.shape[1])
        tokens = self.latents.captions(chosen, captions)
        left_out = torch.from_numpy(self.draws.left_out(step, self.config["dropout"]))
        tokens = torch.where(left_out[:, None], self.empty, tokens)
        levels = torch.from_numpy(self.draws.levels(step))
        noise = self.draws.noise(step, tuple(self.latents.values.shape[1:]))
        return self.latents.latents(chosen), noise, levels, tokens[:: self.looks]

    def samples(self, steps: range) -> Iterator[tuple[torch.Tensor, ...]]:
        """Made ahead, by threads: every step's chances are its own."""
        cuda = self.device == "cuda"
        with ThreadPoolExecutor(AHEAD // 2 if cuda else 1) as pool:
            coming = [pool.submit(self.sample, step) for step in steps[:AHEAD]]
            for step in steps:
                made = coming.pop(0).result()
                if step + AHEAD in steps:
                    coming.append(pool.submit(self.sample, step + AHEAD))
                yield tuple(part.to(self.device, non_blocking=True) for part in made)

    def step(self, clean, noise, levels, tokens) -> list[torch.Tensor | float]:
        """One step; loss, unweighted loss, norm of the gradients, and milliseconds of its parts."""
        for optimizer in self.optimizers:
            optimizer.param_groups[0]["lr"] = self.config.rate(self.position.step)
        clock = [time.perf_counter()]
        seen = self.objective.seen(clean, noise, levels).contiguous(memory_format=torch.channels_last)
        with self.computing():
            context = self.networks.text(tokens)[0].float().repeat_interleave(self.looks, 0)
            told = levels + self.objective.first_timestep
            said = self.networks.unet(seen, told, context).sample.float()
        answer = self.objective.answer(clean, noise, levels)
        loss, plain = self.objective.errors(said, answer, levels)
        clock.append(time.perf_counter())
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        clock.append(time.perf_counter())
        weights = list(self.weights.values())
        norm = torch.nn.utils.clip_grad_norm_(weights, self.config["clip"])
        for optimizer in self.optimizers:
            optimizer.step()
        done = self.position.step + 1
        stays = min(self.config["averaging"], (1 + done) / (10 + done))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.averages.values()), weights, 1 - stays)
        clock.append(time.perf_counter())
        parts = [1000 * (after - before) for before, after in zip(clock, clock[1:])]
        return [loss.detach(), plain.detach(), norm.detach(), *parts]

    def go_on(self, steps: int, minutes: float) -> None:
        """Makes steps until there are so many in all, or the time is over; saves now and then."""
        began = told = saved = time.perf_counter()
        before, first = self.position.seconds, self.position.step
        self.run.cut_metrics(first)
        measured = []
        last = min(steps, self.config["steps"])
        fetching = time.perf_counter()
        for sample in self.samples(range(first, last)):
            data = 1000 * (time.perf_counter() - fetching)
            *figures, forward, backward, optimizer = self.step(*sample)
            measured.append([*figures, data, forward, backward, optimizer])
            rate = self.config.rate(self.position.step)
            self.position.step += 1
            now = time.perf_counter()
            self.position.seconds = before + now - began
            over = now - began > 60 * minutes or self.position.step == last
            row = self.position.step % self.run.row_every() == 0
            if row or over or now - saved > SAVE_EVERY:
                self.note(measured)
                measured = []
            if row or self.position.step == self.config["steps"]:
                means = self.position.window.means()
                self.run.add_row(self.position, rate)
                if now - told > TELL_EVERY or over:
                    told = now
                    speed = (self.position.step - first) * self.config["batch"] / (now - began)
                    shown = means["model.loss"]
                    print(f"step {self.position.step} loss {shown:.4f} {speed:.0f} samples/s", flush=True)
            if over or now - saved > SAVE_EVERY:
                saved = now
                self.save()
            if over:
                break
            fetching = time.perf_counter()

    def note(self, measured: list[list]) -> None:
        """Adds what some steps measured to the window; stops where a loss is not finite."""
        sums = [float(sum(values)) for values in zip(*measured)]
        if not all(map(math.isfinite, sums)):
            raise SystemExit(f"the loss is not finite by step {self.position.step}; the state before is kept")
        self.position.window.add(dict(zip(COLUMNS, sums)), len(measured))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--latents", type=Path, help="folder of the latents; RUN/latents otherwise")
    parser.add_argument("--steps", type=int, help="stop when there are so many in all")
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--exact", action="store_true", help="no TF32")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    fast = not options.exact
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = fast
    torch.backends.cudnn.benchmark = fast
    device = "cuda" if torch.cuda.is_available() else "cpu"
    run = Run(options.run)
    latents = Latents(options.latents or options.run / "latents")
    training = Training(run, latents, device)
    training.go_on(options.steps or run.config["steps"], options.minutes)
    print(f"{training.position.step} steps are made of {run.config['steps']}")


if __name__ == "__main__":
    main()
