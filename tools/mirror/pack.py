"""Packs a run with its latents small enough to be carried (under 60 MB), and unpacks it elsewhere.

    python tools/mirror/pack.py pack RUN FILE.tar.xz [--latents FOLDER] [--most N] [--keep text]
    python tools/mirror/pack.py unpack FILE.tar.xz RUN

Latents become bytes, each channel of each latent with its own scale (an error of 0.4 % of the largest
number), tokens become 16-bit numbers. `--most` keeps the first N latents only. What is kept of the
weights, in bfloat16:

    --keep none      nothing: the networks begin anew
    --keep text      the text encoder, which has learned words (15 MB for songe-mini)
    --keep variable  both networks as they are (47 MB)
    --keep average   their moving averages, to bring a trained model back

Unpacking gives a run's folder that train.py goes on with: both networks with a state whose moments
are zeros, the text encoder alone in beginning.safetensors, which train.py takes where no state is. A
state so made has lost its moments and, with --most, its order of samples, and the model's card should
say that the training was interrupted there.
"""

import argparse
import io
import json
import tarfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save, save_file

from runs import FORMAT, Config, Latents, Position, Run, Window

MOST_BYTES = 60_000_000
SMALL = ["config.json", "metrics.csv"]
MODEL = ["*.json", "*/*.json", "*/*.txt"]
LEFT = {"latents": "latents/latents-00000.safetensors", "weights": "weights.safetensors"}


def as_bytes(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Latents [n, channels, height, width] as INT8, and what they are multiplied by, [n, channels]."""
    values = values.float()
    scales = values.abs().amax((2, 3)).clamp(min=1e-6) / 127
    return (values / scales[:, :, None, None]).round().to(torch.int8), scales.half()


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def kept_weights(run: Run, keep: str) -> dict[str, torch.Tensor]:
    kind = "average" if keep == "average" else "variable"
    prefix = "text_encoder." if keep == "text" else ""
    named = run.tensors()[kind]
    return {name: value.bfloat16() for name, value in named.items() if name.startswith(prefix)}


def pack(run: Run, file: Path, folder: Path, most: int | None, keep: str) -> None:
    latents = Latents(folder)
    values, scales = as_bytes(latents.values[:most])
    tokens = latents.tokens[:most].short()
    with tarfile.open(file, "w:xz", preset=1) as tar:
        for name in SMALL:
            add(tar, name, (run.folder / name).read_bytes())
        for pattern in MODEL:
            for path in sorted((run.folder / "model").glob(pattern)):
                add(tar, str(path.relative_to(run.folder)), path.read_bytes())
        add(tar, LEFT["latents"], save({"latents": values, "scales": scales, "tokens": tokens}))
        if keep != "none":
            position = run.position()
            metadata = {"step": str(position.step), "seconds": repr(position.seconds)}
            add(tar, LEFT["weights"], save(kept_weights(run, keep)))
            add(tar, "weights.json", json.dumps(metadata).encode())
    size = file.stat().st_size
    print(f"{file}: {size / 1e6:.1f} MB, {len(values)} latents of {tuple(values.shape[1:])}")
    if size > MOST_BYTES:
        raise SystemExit(f"that is more than {MOST_BYTES / 1e6:.0f} MB; keep fewer latents, with --most")


def restore_latents(path: Path) -> None:
    packed = load_file(path)
    values = packed["latents"].float() * packed["scales"].float()[:, :, None, None]
    save_file({"latents": values.bfloat16(), "tokens": packed["tokens"].int()}, path)


def restore_weights(folder: Path) -> None:
    weights = {name: value.float() for name, value in load_file(folder / LEFT["weights"]).items()}
    position = json.loads((folder / "weights.json").read_text())
    if not any(name.startswith("unet.") for name in weights):
        save_file(weights, folder / "beginning.safetensors")
    else:
        tensors = {"variable": weights}
        for kind, value_of in (
            ("first", torch.zeros_like),
            ("second", torch.zeros_like),
            ("average", torch.clone),
        ):
            tensors[kind] = {name: value_of(value) for name, value in weights.items()}
        at = Position(int(position["step"]), float(position["seconds"]), Window())
        Run(folder).save(at, tensors)
    for name in (LEFT["weights"], "weights.json"):
        (folder / name).unlink()


def unpack(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    with tarfile.open(file) as tar:
        tar.extractall(folder, filter="data")
    restore_latents(folder / LEFT["latents"])
    if (folder / LEFT["weights"]).exists():
        restore_weights(folder)
    print(f"{folder}: a run of {Config(folder / 'config.json')['steps']} steps, {FORMAT}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    packing = commands.add_parser("pack")
    packing.add_argument("run", type=Path)
    packing.add_argument("file", type=Path)
    packing.add_argument("--latents", type=Path)
    packing.add_argument("--most", type=int)
    packing.add_argument("--keep", choices=["none", "text", "variable", "average"], default="none")
    unpacking = commands.add_parser("unpack")
    unpacking.add_argument("file", type=Path)
    unpacking.add_argument("run", type=Path)
    options = parser.parse_args()
    if options.command == "unpack":
        unpack(options.file, options.run)
        return
    folder = options.latents or options.run / "latents"
    pack(Run(options.run), options.file, folder, options.most, options.keep)


if __name__ == "__main__":
    main()
