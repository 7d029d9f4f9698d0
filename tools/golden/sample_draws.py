"""What a training step looks at, drawn by another program from the description in SampleDraws.

Writes engine/src/test/resources/golden/train/sample_draws.safetensors.gz, which SampleDrawsTest
reads: samples, noise levels, captions, which captions are left out, and noise, of some steps.
Run from the repository's root: python tools/golden/sample_draws.py
"""

import torch
from tiny_models import RESOURCES, compress

BITS = (1 << 64) - 1
GOLDEN_RATIO = 0x9E3779B97F4A7C15
SEED, SAMPLES, BATCH, LEVELS, CAPTIONS, DROPOUT = -42, 10, 6, 1000, 5, 0.3
ORDER, LEVEL, CAPTION, LEFT_OUT, NOISE = 1, 2, 3, 4, 5


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & BITS
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & BITS
    return z ^ (z >> 31)


class Draws:
    def __init__(self, seed):
        self.seed = seed & BITS

    def bits(self, purpose, position):
        z = mix(self.seed + GOLDEN_RATIO & BITS)
        z = mix(z + purpose + GOLDEN_RATIO & BITS)
        return mix(z + position + GOLDEN_RATIO & BITS)

    def uniform(self, purpose, position):
        return (self.bits(purpose, position) >> 11) * 2.0**-53

    def below(self, bound, purpose, position):
        return int(self.uniform(purpose, position) * bound)

    def order(self, size, purpose):
        return sorted(range(size), key=lambda i: (self.bits(purpose, i), i))

    def part(self, part):
        return Draws(mix(self.seed * GOLDEN_RATIO + part & BITS))


def step(number):
    draws = Draws(SEED)
    rows = range(number * BATCH, number * BATCH + BATCH)
    seed = draws.below(2**31 - 1, NOISE, number)
    noise = [
        torch.randn(1, 2, 3, 3, generator=torch.Generator().manual_seed(seed + k))
        for k in range(BATCH)
    ]
    return {
        "samples": torch.tensor(
            [draws.part(ORDER).order(SAMPLES, i // SAMPLES)[i % SAMPLES] for i in rows]
        ),
        "levels": torch.tensor([draws.below(LEVELS, LEVEL, i) for i in rows]),
        "captions": torch.tensor([draws.below(CAPTIONS, CAPTION, i) for i in rows]),
        "left_out": torch.tensor([int(draws.uniform(LEFT_OUT, i) < DROPOUT) for i in rows]),
        "noise": torch.cat(noise),
    }


def main():
    out = {}
    for number in (0, 1, 2, 123456):
        out.update({f"{number}/{name}": tensor for name, tensor in step(number).items()})
    compress(RESOURCES / "train" / "sample_draws.safetensors.gz", out)


if __name__ == "__main__":
    main()
