"""Writes engine/src/test/resources/golden/evaluate/frechet.json: features of two sets and their Fréchet distances.

Needs numpy and scipy. Read by FrechetDistanceTest. Run from the root of the repository:

    python tools/golden/frechet.py
"""
import json
import os

import numpy as np
from scipy import linalg

OUT = "engine/src/test/resources/golden/evaluate"


def distance(a, b):
    apart = a.mean(0) - b.mean(0)
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = linalg.sqrtm(ca @ cb)
    return float(apart @ apart + np.trace(ca + cb - 2 * root.real))


def main():
    random = np.random.default_rng(0)
    mix = random.normal(size=(6, 6))
    one = (random.normal(size=(40, 6)) @ mix).astype(np.float32)
    two = (random.normal(size=(30, 6)) + 0.5).astype(np.float32)
    flat = (random.normal(size=(5, 6)) @ mix).astype(np.float32)
    os.makedirs(OUT, exist_ok=True)
    with open(os.path.join(OUT, "frechet.json"), "w", encoding="utf-8") as file:
        json.dump(
            {
                "width": 6,
                "one": [round(float(x), 5) for x in one.ravel()],
                "two": [round(float(x), 5) for x in two.ravel()],
                "flat": [round(float(x), 5) for x in flat.ravel()],
                "one_two": distance(one.round(5).astype(np.float64), two.round(5).astype(np.float64)),
                "flat_two": distance(flat.round(5).astype(np.float64), two.round(5).astype(np.float64)),
            },
            file,
        )


if __name__ == "__main__":
    main()
