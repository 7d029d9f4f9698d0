"""Trains a model of songe-mini's configuration whole, for a machine with a GPU and little time.

    python mirror.py STATE prepare PACK                     draws a pack of vectors.py
    python mirror.py STATE autoencoder --minutes 5          trains the autoencoder
    python mirror.py STATE diffusion --minutes 6 --of 13    trains text encoder and U-Net; call again
                                                            to go on, --of is the whole schedule
    python mirror.py STATE export OUT                       weights in bfloat16 as OUT/mini.tar.??, in
                                                            pieces of 15 MiB, with sheets and the log

Every stage saves to STATE and goes on from there. --halve: pictures of 128x128, latents of 16x16, the
cheap first part of a schedule. --small: a few hundred drawings and tiny networks, to try the whole
way on a processor. README.md has the plan for half an hour of a GPU.
"""

import argparse
import random
import shutil
import tarfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

import autoencoder
import diffusion
import drawings
from settings import Settings

PIECE = 15 << 20


def export(settings: Settings, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    folder = settings.at("export/songe-mini")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(settings.at("model"), folder)
    for file in folder.rglob("*.safetensors"):
        half = {name: value.to(torch.bfloat16).contiguous() for name, value in load_file(file).items()}
        save_file(half, file, {"format": "pt"})
    whole = settings.at("export/mini.tar")
    with tarfile.open(whole, "w") as tar:
        tar.add(folder, folder.name)
    content = whole.read_bytes()
    for number, start in enumerate(range(0, len(content), PIECE)):
        (out / f"mini.tar.{number:02d}").write_bytes(content[start : start + PIECE])
    for name in ("prompts.png", "random.png", "autoencoder.png", "log.txt"):
        if settings.at(name).exists():
            shutil.copy(settings.at(name), out)
    settings.log(f"exported {len(content) / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("state", type=Path)
    parser.add_argument("stage", choices=["prepare", "autoencoder", "diffusion", "export"])
    parser.add_argument("path", nargs="?", type=Path, help="the pack, or where to export to")
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--of", type=float, help="minutes of the whole schedule of diffusion")
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--latents", type=int, default=160_000)
    parser.add_argument("--channels", default="96,192,256")
    parser.add_argument("--attend", default="0,1,1", help="which levels look at the text")
    parser.add_argument("--average", type=float, default=0.9997)
    parser.add_argument("--text-minutes", type=float, default=1.5)
    parser.add_argument("--threads", type=int)
    for switch in ("--small", "--halve", "--no-compile"):
        parser.add_argument(switch, action="store_true")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    random.seed(0)
    torch.manual_seed(0)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    torch.backends.cudnn.benchmark = True
    settings = Settings(options.state, options)
    stages = {
        "prepare": lambda: drawings.prepare(settings, options.path),
        "autoencoder": lambda: autoencoder.train(settings),
        "diffusion": lambda: diffusion.train(settings),
        "export": lambda: export(settings, options.path),
    }
    stages[options.stage]()


if __name__ == "__main__":
    main()
