"""Everything that is left to chance in a training step: the numbers of io.songe.random.Draws.

Each number is a function of a seed and of what it is for, so that a run that one program began can be
gone on with by another. SampleDraws describes the purposes; here are the same draws, for arrays.
"""

import numpy as np
import torch

GOLDEN_RATIO = 0x9E3779B97F4A7C15
WORD = (1 << 64) - 1
ORDER, LEVEL, CAPTION, LEFT_OUT, NOISE = 1, 2, 3, 4, 5


def mix(numbers: np.ndarray) -> np.ndarray:
    """The mixing of SplittableRandom (Steele, Lea and Flood 2014), of unsigned words."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def words(*numbers: int) -> np.ndarray:
    return np.array([number & WORD for number in numbers], dtype=np.uint64)


class Draws:
    """Random numbers without a state."""

    def __init__(self, seed: int):
        self.seed = seed & WORD

    def bits(self, purpose: int, positions: np.ndarray) -> np.ndarray:
        """One of all 2^64 numbers for each position."""
        step = words(GOLDEN_RATIO)
        base = mix(mix(words(self.seed) + step) + words(purpose) + step)
        return mix(base + np.asarray(positions).astype(np.uint64) + step)

    def uniform(self, purpose: int, positions: np.ndarray) -> np.ndarray:
        """Numbers of at least 0 and below 1."""
        return (self.bits(purpose, positions) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, bound: int, purpose: int, positions: np.ndarray) -> np.ndarray:
        return (self.uniform(purpose, positions) * bound).astype(np.int64)

    def order(self, size: int, purpose: int) -> np.ndarray:
        """All numbers below a size, each once."""
        return np.argsort(self.bits(purpose, np.arange(size)), kind="stable")

    def part(self, part: int) -> "Draws":
        """The draws for a part of the work."""
        return Draws(int(mix(words(self.seed * GOLDEN_RATIO + part))[0]))


class SampleDraws:
    """What each step looks at."""

    def __init__(self, seed: int, samples: int, batch: int):
        self.draws, self.size, self.batch = Draws(seed), samples, batch
        self.orders = {}

    def positions(self, step: int) -> np.ndarray:
        return np.arange(step * self.batch, (step + 1) * self.batch)

    def samples(self, step: int) -> np.ndarray:
        """Which samples: each is looked at once before any is again."""
        positions = self.positions(step)
        epochs = positions // self.size
        chosen = [self.order(int(epoch))[at % self.size] for epoch, at in zip(epochs, positions)]
        return np.array(chosen)

    def order(self, epoch: int) -> np.ndarray:
        if epoch not in self.orders:
            kept = {old: order for old, order in self.orders.items() if old == epoch - 1}
            self.orders = {**kept, epoch: self.draws.part(ORDER).order(self.size, epoch)}
        return self.orders[epoch]

    def levels(self, step: int, count: int) -> np.ndarray:
        return self.draws.below(count, LEVEL, self.positions(step))

    def captions(self, step: int, count: int) -> np.ndarray:
        return self.draws.below(count, CAPTION, self.positions(step))

    def left_out(self, step: int, share: float) -> np.ndarray:
        return self.draws.uniform(LEFT_OUT, self.positions(step)) < share

    def noise(self, step: int, shape: tuple[int, ...]) -> torch.Tensor:
        """Normal numbers of PyTorch's CPU generator, another seed for each sample."""
        seed = int(self.draws.below(2**31 - 1, NOISE, np.array([step]))[0])
        each = [
            torch.randn(1, *shape, generator=torch.Generator().manual_seed(seed + k)) for k in range(self.batch)
        ]
        return torch.cat(each)
