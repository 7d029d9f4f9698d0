"""Levels that diffusers makes of a decoder's values, and the values it makes of levels for an encoder.

Writes engine/src/test/resources/golden/image/planes.json, read by ImagePlanesTest.
Run from the repository's root.
"""

import json
from pathlib import Path

import numpy as np
import torch
from diffusers.image_processor import VaeImageProcessor
from PIL import Image

OUT = Path("engine/src/test/resources/golden/image/planes.json")
WIDTH, HEIGHT = 16, 12


def main():
    random = np.random.default_rng(3)
    planes = random.uniform(-1.2, 1.2, (3, HEIGHT, WIDTH)).astype(np.float32)
    # Values whose level lies on or beside a half: where ways of rounding differ.
    halves = ((np.arange(WIDTH * 2) * 8 + 0.5) / 255 * 2 - 1).astype(np.float32)
    planes[0, :2] = halves.reshape(2, WIDTH)
    planes[1, :2] = np.nextafter(halves, np.float32(2)).reshape(2, WIDTH)
    planes[2, :2] = np.nextafter(halves, np.float32(-2)).reshape(2, WIDTH)
    planes[:, 2, :4] = np.array([-1, 1, 0, -0.0], np.float32)
    picture = VaeImageProcessor().postprocess(torch.tensor(planes)[None], output_type="pil")[0]
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    normalised = VaeImageProcessor(do_resize=False).preprocess(Image.fromarray(np.stack([ramp] * 3, -1)))
    golden = {
        "width": WIDTH,
        "height": HEIGHT,
        "planes": [float(value) for value in planes.reshape(-1)],
        "rgb": np.asarray(picture).reshape(-1).tolist(),
        "normalised": [float(value) for value in normalised[0, 0].reshape(-1)],
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(golden) + "\n")
    print(OUT.stat().st_size, "bytes")


main()
