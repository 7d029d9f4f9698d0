"""PNG files of every colour type, depth and interlacing, with their pixels.

Writes engine/src/test/resources/golden/image/png_pixels.json, read by PngGoldenTest.
The files are put together here, since Pillow writes neither interlaced files nor all depths; every row takes the
next filter. The expected pixels are computed from the samples, and where Pillow keeps 8 bits it must agree.
Run from the repository's root.
"""

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

OUT = Path("engine/src/test/resources/golden/image/png_pixels.json")
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype(np.uint8).tobytes()
    bits = "".join(format(int(sample), f"0{depth}b") for sample in row)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filter_row(kind, row, above, step):
    out = bytearray([kind])
    for i, value in enumerate(row):
        a = row[i - step] if i >= step else 0
        b = above[i]
        c = above[i - step] if i >= step else 0
        out.append((value - [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]) & 255)
    return bytes(out)


def scanlines(samples, depth, count):
    step = max(1, count * depth // 8)
    lines, above = b"", None
    for y, row in enumerate(samples):
        packed = pack(row.reshape(-1), depth)
        above = above or bytes(len(packed))
        lines += filter_row((y + 1) % 5, packed, above, step)
        above = packed
    return lines


def png(samples, colour, depth, interlaced, palette=None, transparency=None):
    height, width, count = samples.shape
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        raw = b"".join(scanlines(part, depth, count) for part in passes if part.size)
    else:
        raw = scanlines(samples, depth, count)
    body = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced)))
    if palette is not None:
        body += chunk(b"PLTE", palette.tobytes())
    if transparency is not None:
        body += chunk(b"tRNS", transparency)
    compressed = zlib.compress(raw)
    half = len(compressed) // 2
    body += chunk(b"IDAT", compressed[:half]) + chunk(b"IDAT", b"") + chunk(b"IDAT", compressed[half:])
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def pixels(samples, colour, depth, palette, coverage, key):
    most = 2**depth - 1
    if colour == 3:
        flat = samples[..., 0]
        alpha = np.array(list(coverage) + [255] * (len(palette) - len(coverage)))
        return np.concatenate([palette[flat], alpha[flat][..., None]], -1).astype(np.uint8)
    levels = (samples.astype(np.int64) * 255 + most // 2) // most
    if key is not None:
        alpha = np.where((samples == np.array(key)).all(-1), 0, 255)[..., None]
    elif colour in (4, 6):
        alpha = levels[..., -1:]
    else:
        alpha = np.full(levels.shape[:2] + (1,), 255)
    colours = levels[..., :3] if colour in (2, 6) else np.repeat(levels[..., :1], 3, -1)
    return np.concatenate([colours, alpha], -1).astype(np.uint8)


def case(random, colour, depth, interlaced, transparent, width=11, height=9):
    samples = random.integers(0, 2**depth, (height, width, SAMPLES[colour]))
    palette, coverage, key, transparency = None, b"", None, None
    if colour == 3:
        palette = random.integers(0, 256, (2**depth, 3)).astype(np.uint8)
        if transparent:
            coverage = transparency = bytes([0, 100])
    elif transparent:
        key = [int(sample) for sample in samples[0, 0]]
        transparency = b"".join(struct.pack(">H", sample) for sample in key)
    data = png(samples, colour, depth, interlaced, palette, transparency)
    expected = pixels(samples, colour, depth, palette, coverage, key)
    if depth <= 8:
        seen = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
        # Pillow looks for a grey or colour key only in files of 8 bits.
        if depth == 8 or key is None:
            assert (seen == expected).all(), (colour, depth, interlaced, transparent)
    name = f"type {colour}, {depth} bits" + ", interlaced" * interlaced + ", transparent" * transparent
    return {
        "name": f"{name}, {width}x{height}",
        "png": base64.b64encode(data).decode(),
        "width": width,
        "height": height,
        "rgba": base64.b64encode(expected.tobytes()).decode(),
    }


def main():
    random = np.random.default_rng(1)
    depths = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
    cases = []
    for colour, allowed in depths.items():
        for depth in allowed:
            for interlaced in (False, True):
                cases.append(case(random, colour, depth, interlaced, False))
                if colour in (0, 2, 3):
                    cases.append(case(random, colour, depth, interlaced, True))
    for width, height in ((1, 1), (3, 2), (1, 9), (9, 1), (4, 5)):
        cases.append(case(random, 2, 8, True, False, width, height))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(cases, indent=0) + "\n")
    print(len(cases), "files,", OUT.stat().st_size, "bytes")


main()
