"""The drawings of a pack of vectors.py: drawn once, then kept on the device as bytes."""

import io
import json
import lzma
import re
import tarfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from settings import SIDE, Settings

MARGIN = 0.94
FEWEST_STYLES = 5
LIVING = (3, 4)


def draw(item: dict) -> np.ndarray | None:
    """Bytes [256, 256, 4], straight alpha, the longer side 94 % of the square; None if it fails."""
    longest = round(SIDE * MARGIN)
    try:
        if "svg" in item:
            picture = rendered(item["svg"], longest)
        else:
            picture = Image.open(io.BytesIO(item["bytes"])).convert("RGBA")
            picture.thumbnail((longest, longest), Image.LANCZOS)
    except Exception as failure:  # a renderer has its own reasons to refuse a drawing
        print(f"left out {item['style']} {item['concept']}: {failure}")
        return None
    page = Image.new("RGBA", (SIDE, SIDE), (255, 255, 255, 0))
    page.paste(picture, ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2))
    return np.asarray(page)


def rendered(svg: str, longest: int) -> Image.Image:
    import resvg_py

    width, height = map(float, re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups())
    side = {"width": longest} if width >= height else {"height": longest}
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, **side)))).convert("RGBA")


def prepare(settings: Settings, pack: Path) -> None:
    """Draws the pack into images.npy and items.json."""
    with lzma.open(pack / "items.json.xz", "rt") as file:
        items = json.load(file)
    with tarfile.open(pack / "raster.tar") as tar:
        rasters = {entry.name: tar.extractfile(entry).read() for entry in tar}
    if settings.small:
        items = [item for item in items if item["group"] in LIVING][::12]
    for item in items:
        if "raster" in item:
            item["bytes"] = rasters[item["raster"]]
    with ProcessPoolExecutor() as pool:
        drawn = list(pool.map(draw, items, chunksize=32))
    kept = [k for k, picture in enumerate(drawn) if picture is not None and picture[..., 3].max() > 8]
    np.save(settings.at("images.npy"), np.stack([drawn[k] for k in kept]))
    told = [{k: v for k, v in items[i].items() if k not in ("svg", "bytes")} for i in kept]
    settings.at("items.json").write_text(json.dumps(told, ensure_ascii=False))
    settings.log("drawn", len(kept), "of", len(items))


class Drawings:
    """All drawings; one concept in 40 is held out, and one in 33 of (concept, style) pairs."""

    def __init__(self, settings: Settings):
        self.device = settings.device
        self.items = json.loads(settings.at("items.json").read_text())
        self.pixels = torch.from_numpy(np.load(settings.at("images.npy"))).to(self.device)
        concepts = sorted({item["concept"] for item in self.items})
        unseen = set(concepts[::40])
        count = {concept: 0 for concept in concepts}
        for item in self.items:
            count[item["concept"]] += 1
        held = np.array([item["concept"] in unseen for item in self.items])
        pairs = np.array([self.is_held_pair(item, count) for item in self.items])
        self.train, self.test = np.flatnonzero(~held & ~pairs), np.flatnonzero(held)

    @staticmethod
    def is_held_pair(item: dict, count: dict[str, int]) -> bool:
        number = sum(map(ord, item["concept"] + item["style"]))
        return count[item["concept"]] >= FEWEST_STYLES and number % 33 == 0

    def straight(self, index: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """Colour [n, 3, 256, 256] and coverage [n, 1, 256, 256], both in [0, 1]."""
        chosen = torch.as_tensor(np.asarray(index), device=self.device)
        planes = self.pixels[chosen].permute(0, 3, 1, 2).float() / 255
        return planes[:, :3], planes[:, 3:]


def on_white(colour: torch.Tensor, cover: torch.Tensor) -> torch.Tensor:
    """What networks see: colour over white, and coverage, in [-1, 1]."""
    return torch.cat([colour * cover + 1 - cover, cover], 1) * 2 - 1


def write_sheet(pictures: torch.Tensor, columns: int, file: Path) -> None:
    planes = ((pictures[:, :3].clamp(-1, 1) + 1) * 127.5).byte().permute(0, 2, 3, 1).cpu().numpy()
    rows = [np.concatenate(list(planes[i : i + columns]), 1) for i in range(0, len(planes), columns)]
    Image.fromarray(np.concatenate(rows)).save(file)
