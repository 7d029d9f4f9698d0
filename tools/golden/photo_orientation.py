"""Small JPEG photographs that lie in their files, and how they are to be seen.

Writes engine/src/test/resources/golden/photos/: 1.jpg to 8.jpg, one for each orientation of Exif,
in both orders of bytes, and upright-1.png to upright-8.png, as Pillow turns them. Read by
PhotoOrientationTest. Run from the root of the repository:

    python tools/golden/photo_orientation.py
"""

import struct
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

TARGET = Path("engine/src/test/resources/golden/photos")


def exif(orientation):
    order = "<" if orientation % 2 else ">"
    mark = b"II" if orientation % 2 else b"MM"
    entries = [(271, 2, 4, b"me\0\0"), (274, 3, 1, struct.pack(order + "HH", orientation, 0))]
    body = struct.pack(order + "H", len(entries))
    for tag, kind, count, value in entries:
        body += struct.pack(order + "HHI", tag, kind, count) + value
    return b"Exif\0\0" + mark + struct.pack(order + "HI", 42, 8) + body + struct.pack(order + "I", 0)


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:16, 0:24]
    picture = Image.fromarray(np.stack([x * 10, y * 15, 0 * x], -1).astype(np.uint8))
    for orientation in range(1, 9):
        file = TARGET / f"{orientation}.jpg"
        picture.save(file, quality=95, exif=exif(orientation))
        ImageOps.exif_transpose(Image.open(file)).save(TARGET / f"upright-{orientation}.png")
        print(file, file.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
