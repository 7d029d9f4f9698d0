"""Compares the loss curves of two runs that made the same steps, such as Songe's and train.py's.

usage: python tools/mirror/compare.py RUN OTHER [--from STEP] [--within 1e-3]
Prints the losses side by side and the largest difference, relative to the loss; ends with 1 if that
is above --within.
"""

import argparse
import csv
from pathlib import Path

LOSS = "model.loss"


def curve(run: Path) -> dict[int, float]:
    with (run / "metrics.csv").open() as file:
        return {int(row["step"]): float(row[LOSS]) for row in csv.DictReader(file)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--from", type=int, default=0, dest="first", help="leave earlier steps out")
    parser.add_argument("--within", type=float, default=1e-3)
    options = parser.parse_args()
    ours, theirs = curve(options.run), curve(options.other)
    steps = sorted(step for step in ours.keys() & theirs.keys() if step > options.first)
    if not steps:
        raise SystemExit("the runs have no row of the same step")
    largest = 0.0
    for step in steps:
        difference = abs(ours[step] - theirs[step]) / abs(ours[step])
        largest = max(largest, difference)
        print(f"{step:7d} {ours[step]:.6f} {theirs[step]:.6f} {difference:.1e}")
    print(f"{len(steps)} rows, largest difference {largest:.1e}")
    if largest > options.within:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
