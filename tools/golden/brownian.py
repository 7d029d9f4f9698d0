"""The Brownian path of io.songe.random.BrownianPath, for the scripts that inject it into samplers.

Writes nothing. What torchsde's tree gives k-diffusion, this gives the golden scripts: the same noise
as our samplers read.
"""

import math

import torch

MASK = (1 << 64) - 1
DEPTH = 16


def draw(generators, shape):
    """What NoiseSource.torch draws: for each image from its own generator."""
    return torch.cat([torch.randn((1, *shape), generator=g) for g in generators])


def mixed(bits):
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
    return bits ^ (bits >> 31)


class BrownianPath:
    """A path for each image, of which the generators give the seeds: the signs of 64 numbers."""

    def __init__(self, generators, shape):
        self.shape = shape
        self.seeds = [int("".join("1" if v > 0 else "0" for v in row), 2) for row in draw(generators, (64,))]

    def between(self, a, b):
        climbed = [self.at(seed, a) - self.at(seed, b) + self.octaves(seed, a, b) for seed in self.seeds]
        return torch.stack(climbed) / math.sqrt(a - b)

    def octaves(self, seed, a, b):
        """From the power of two below b to that below a."""
        return sum(self.noise(seed, k, 0) * 2 ** (k / 2) for k in range(octave(b), octave(a)))

    def at(self, seed, level):
        """Since the power of two below."""
        k = octave(level)
        share = level / 2.0**k - 1
        values = {0.0: torch.zeros(self.shape, dtype=torch.float64), 1.0: self.noise(seed, k, 0)}
        start, end, node = 0.0, 1.0, 1
        for _ in range(DEPTH):
            if start == share:
                break
            middle = (start + end) / 2
            spread = math.sqrt(end - start) / 2
            values[middle] = (values[start] + values[end]) / 2 + self.noise(seed, k, node) * spread
            node = 2 * node + (share >= middle)
            start, end = (middle, end) if share >= middle else (start, middle)
        part = (share - start) / (end - start)
        return (values[start] + (values[end] - values[start]) * part) * 2 ** (k / 2)

    def noise(self, seed, k, node):
        bits = mixed((mixed((seed + k) & MASK) + node) & MASK)
        generator = torch.Generator("cpu").manual_seed(bits if bits < 1 << 63 else bits - (1 << 64))
        return torch.randn((1, *self.shape), generator=generator)[0].double()


def octave(level):
    return math.frexp(level)[1] - 1
