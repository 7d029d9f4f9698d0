"""A run's folder, as Songe's trainer writes it and goes on with it.

config.json         what is trained, and how
state.safetensors   for every variable v: model/variable/v, model/first/v, model/second/v and
                    model/average/v; its metadata say how many steps were made
metrics.csv         a row for every few steps
model/              the model as it is by now, in the published folder layout
latents/            what it learns from, unless they are kept elsewhere
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file

KINDS = ["variable", "first", "second", "average"]
PLAYER = "model"
FORMAT = "songe-run-1"
MOST_ROWS = 1000
FIXED = ["step", "samples", "seconds", "rate"]
FIGURES = ["loss", "unweighted", "gradient_norm"]
TIMES = ["data_ms", "forward_ms", "backward_ms", "optimizer_ms"]
COLUMNS = [f"{PLAYER}.{figure}" for figure in FIGURES] + TIMES


@dataclass
class Window:
    """What was measured since the last row of the metrics, summed up."""

    steps: int = 0
    sums: dict[str, float] = field(default_factory=dict)

    @staticmethod
    def parse(text: str) -> "Window":
        count, *sums = text.split(" ")
        pairs = (entry.split("=", 1) for entry in sums)
        return Window(int(count), {column: float(value) for column, value in pairs})

    def text(self) -> str:
        sums = "".join(f" {column}={value!r}" for column, value in self.sums.items())
        return f"{self.steps}{sums}"

    def add(self, sums: dict[str, float], steps: int) -> None:
        for column, value in sums.items():
            self.sums[column] = self.sums.get(column, 0.0) + value
        self.steps += steps

    def means(self) -> dict[str, float]:
        return {column: value / self.steps for column, value in self.sums.items()}


@dataclass
class Position:
    """How far a run has come."""

    step: int
    seconds: float
    window: Window


def numbers(record: str) -> dict[str, float]:
    """Of a record as Java writes it; what is no number is left out."""
    return {name: float(value) for name, value in re.findall(r"(\w+)=(-?\d[^,\]]*)", record)}


class Config:
    """A run's config.json, with the few options that are written as Java's records."""

    def __init__(self, file: Path):
        self.fingerprint = hashlib.sha256(file.read_bytes()).hexdigest()
        self.options = json.loads(file.read_text())
        if self.options.get("task") != "diffusion":
            raise SystemExit(f"{file}: no run of songe train diffusion")

    def __getitem__(self, option: str):
        return self.options[option]

    def record(self, option: str) -> dict[str, float]:
        """The numbers of a record such as Capped[cap=5.0]."""
        return numbers(self[option])

    def optimizer(self) -> tuple[dict[str, float], dict[str, float]]:
        """Constants of AdamW, and those of Muon, none if it is not used."""
        matrices, muon, others = self["optimizer"].partition(", others=")
        return (numbers(others), numbers(matrices)) if muon else (numbers(matrices), {})

    def rate(self, step: int) -> float:
        """The learning rate of a step, from 0: LearningRate."""
        rising = 1.0 if self["warm_up"] == 0 else min(1.0, (step + 1) / self["warm_up"])
        done = min(1.0, step / self["steps"])
        fall, rest = self["fall_from"], self["rest"]
        falling = 1.0 if done < fall else max(rest, (1 - done) / max(1e-12, 1 - fall))
        return self["rate"] * rising * min(1.0, falling)


class Run:
    """The folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.config = Config(folder / "config.json")
        self.state_file = folder / "state.safetensors"
        self.metrics_file = folder / "metrics.csv"

    def tensors(self) -> dict[str, dict[str, torch.Tensor]]:
        """By kind and by the variable's name."""
        tensors = {kind: {} for kind in KINDS}
        with safe_open(self.state_file, "pt") as file:
            for name in file.keys():
                _, kind, variable = name.split("/", 2)
                tensors[kind][variable] = file.get_tensor(name)
        return tensors

    def position(self) -> Position:
        with safe_open(self.state_file, "pt") as file:
            metadata = file.metadata()
        if metadata.get("format") != FORMAT or metadata["config"] != self.config.fingerprint:
            raise SystemExit(f"{self.state_file}: not the state of this config.json")
        window = Window.parse(metadata["window"])
        return Position(int(metadata["step"]), float(metadata["seconds"]), window)

    def save(self, position: Position, tensors: dict[str, dict[str, torch.Tensor]]) -> None:
        """Writes the state; the one before stays until this one is whole."""
        metadata = {
            "format": FORMAT,
            "config": self.config.fingerprint,
            "step": str(position.step),
            "seconds": repr(position.seconds),
            "window": position.window.text(),
        }
        plain = {
            f"{PLAYER}/{kind}/{name}": tensor.detach().float().cpu().contiguous()
            for kind in KINDS
            for name, tensor in tensors[kind].items()
        }
        unfinished = self.state_file.with_suffix(".tmp")
        save_file(plain, unfinished, metadata)
        os.replace(unfinished, self.state_file)

    def row_every(self) -> int:
        return -(-self.config["steps"] // MOST_ROWS)

    def cut_metrics(self, step: int) -> None:
        """Takes away rows beyond a step, which a stopped process may have left."""
        lines = self.metrics_file.read_text().splitlines() if self.metrics_file.exists() else []
        kept = [line for k, line in enumerate(lines) if k == 0 or int(line.split(",")[0]) <= step]
        self.metrics_file.write_text("".join(line + "\n" for line in kept))

    def add_row(self, position: Position, rate: float) -> None:
        """Adds the means of the window, which begins anew."""
        means = position.window.means()
        new = not self.metrics_file.exists() or self.metrics_file.stat().st_size == 0
        samples = position.step * self.config["batch"]
        row = [position.step, samples, round(position.seconds, 1), float(rate), *means.values()]
        with self.metrics_file.open("a") as file:
            if new:
                file.write(",".join([*FIXED, *means]) + "\n")
            file.write(",".join(repr(value) for value in row) + "\n")
        position.window = Window()


class Latents:
    """Latents scaled to a standard deviation of 1, and the tokens of several captions of each."""

    def __init__(self, folder: Path):
        files = sorted(folder.glob("latents-*.safetensors"))
        if not files:
            raise SystemExit(f"{folder}: no latents; say where they are with --latents")
        parts = list(self.read(files))
        values = torch.cat([part["latents"] for part in parts])
        self.tokens = torch.cat([part["tokens"] for part in parts]).long()
        numbers = values.double()
        deviation = (numbers.square().mean() - numbers.mean().square()).sqrt().item()
        self.scale = 1 / deviation
        self.values = values

    @staticmethod
    def read(files: list[Path]) -> Iterator[dict[str, torch.Tensor]]:
        for path in files:
            with safe_open(path, "pt") as file:
                yield {name: file.get_tensor(name) for name in ("latents", "tokens")}

    def __len__(self) -> int:
        return len(self.values)

    def latents(self, samples: np.ndarray) -> torch.Tensor:
        """[samples, channels, height, width]."""
        return self.values[torch.from_numpy(samples)].float() * np.float32(self.scale)

    def captions(self, samples: np.ndarray, captions: np.ndarray) -> torch.Tensor:
        """Token ids, [samples, length]."""
        return self.tokens[torch.from_numpy(samples), torch.from_numpy(captions)]
