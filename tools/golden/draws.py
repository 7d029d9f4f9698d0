"""Random numbers without a state, by whole-number arithmetic written from the papers' formulas.

Writes engine/src/test/resources/golden/random/draws.txt, which DrawsTest reads: in each line what
is drawn, the seed, the purpose, the position, and the number.
Run from the repository's root: python tools/golden/draws.py
"""

from pathlib import Path

OUT = Path("engine/src/test/resources/golden/random/draws.txt")
WORD = 2**64 - 1
GOLDEN_RATIO = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


class Draws:
    def __init__(self, seed):
        self.seed = seed & WORD

    def bits(self, purpose, position):
        z = mix((self.seed + GOLDEN_RATIO) & WORD)
        z = mix((z + purpose + GOLDEN_RATIO) & WORD)
        return mix((z + position + GOLDEN_RATIO) & WORD)

    def uniform(self, purpose, position):
        return (self.bits(purpose, position) >> 11) * 2.0**-53

    def below(self, bound, purpose, position):
        return int(self.uniform(purpose, position) * bound)

    def order(self, size, purpose):
        return sorted(range(size), key=lambda i: (self.bits(purpose, i), i))

    def within(self, part):
        return Draws(mix((self.seed * GOLDEN_RATIO + part) & WORD))


def main():
    lines = []
    for seed in (0, 1, -1, 2**63 - 1, 20260101):
        for purpose, position in ((0, 0), (1, 0), (0, 1), (-7, 12345678901), (500, -1)):
            draws = Draws(seed)
            lines.append(f"bits {seed} {purpose} {position} {draws.bits(purpose, position):016x}")
            number = draws.uniform(purpose, position)
            lines.append(f"uniform {seed} {purpose} {position} {number.hex()}")
            number = draws.below(1000, purpose, position)
            lines.append(f"below {seed} {purpose} {position} {number}")
            number = draws.within(3).within(-4).bits(purpose, position)
            lines.append(f"in {seed} {purpose} {position} {number:016x}")
        order = ",".join(map(str, Draws(seed).order(12, 9)))
        lines.append(f"order {seed} 9 0 {order}")
    OUT.write_text("\n".join(lines) + "\n")


main()
