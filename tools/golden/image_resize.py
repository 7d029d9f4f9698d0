"""Pictures resized by Pillow.

Writes engine/src/test/resources/golden/image/resize.json, read by ResizeTest.
Run from the repository's root.
"""

import base64
import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

OUT = Path("engine/src/test/resources/golden/image/resize.json")
FILTERS = {
    "NEAREST": Image.Resampling.NEAREST,
    "BILINEAR": Image.Resampling.BILINEAR,
    "BICUBIC": Image.Resampling.BICUBIC,
    "LANCZOS3": Image.Resampling.LANCZOS,
}


def encoded(picture):
    return base64.b64encode(np.asarray(picture).tobytes()).decode()


def main():
    random = np.random.default_rng(2)
    noise = Image.fromarray(random.integers(0, 256, (9, 11, 4)).astype(np.uint8), "RGBA")
    drawing = Image.new("RGBA", (40, 30), (0, 255, 0, 0))
    draw = ImageDraw.Draw(drawing)
    draw.ellipse((4, 4, 30, 26), fill=(220, 40, 10, 255), outline=(0, 0, 0, 255), width=2)
    draw.rectangle((22, 10, 38, 20), fill=(30, 60, 250, 128))
    cases = []
    for name, source, sizes in (
        ("noise", noise, [(5, 4), (11, 6), (19, 14), (1, 1)]),
        ("drawing", drawing, [(13, 11), (20, 15), (47, 30)]),
    ):
        for kind, resample in FILTERS.items():
            for size in sizes:
                result = source.resize(size, resample)
                cases.append({"source": name, "filter": kind, "size": size, "rgba": encoded(result)})
    sources = {
        name: {"size": picture.size, "rgba": encoded(picture)}
        for name, picture in (("noise", noise), ("drawing", drawing))
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"sources": sources, "cases": cases}, indent=0) + "\n")
    print(len(cases), "cases,", OUT.stat().st_size, "bytes")


main()
