"""What all stages of mirror.py share: the folder of the state, the device, and the options."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

SIDE, LENGTH = 256, 40


@dataclass
class Settings:
    """The options, and where things are."""

    state: Path
    options: argparse.Namespace

    def __post_init__(self):
        self.state.mkdir(parents=True, exist_ok=True)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.gpu = self.device == "cuda"
        self.small = self.options.small

    def at(self, name: str) -> Path:
        return self.state / name

    def half_precision(self) -> torch.autocast:
        return torch.autocast(self.device, torch.bfloat16)

    def log(self, *words: object) -> None:
        line = " ".join(map(str, words))
        print(line, flush=True)
        with self.at("log.txt").open("a") as file:
            file.write(line + "\n")


def save_whole(state: dict, file: Path) -> None:
    """The file before stays until this one is whole."""
    unfinished = file.with_suffix(".tmp")
    torch.save(state, unfinished)
    unfinished.replace(file)
