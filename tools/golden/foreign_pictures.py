"""Writes JPEG and WebP pictures whose files say how they were made, as Pillow writes them.

Needs Pillow. Run from the root of the repository: python tools/golden/foreign_pictures.py
Writes engine/src/test/resources/golden/image/foreign_pictures.json, a list of files (in base64)
with the texts that were put into them, read by PictureTextsTest and PictureTextsFuzzTest, and
studio/src/test/resources/golden/a1111.{jpg,webp}, read by ForeignPictureTest.
"""

import base64
import io
import json
import pathlib

from PIL import Image

PARAMETERS = (
    "un château, le soir\n"
    "Negative prompt: flou\n"
    "Steps: 2, Sampler: Euler a, CFG scale: 4, Seed: 5, Size: 64x64, Model: songe-mini, RNG: CPU"
)
IMAGE = Image.new("RGB", (8, 8), (90, 140, 60))
USER_COMMENT, EXIF, MAKER_NOTE = 0x9286, 0x8769, 0x927C
DESCRIPTION, MAKE, MODEL, SOFTWARE = 0x010E, 0x010F, 0x0110, 0x0131


def comment(data, endian=">"):
    """EXIF with a user comment of these bytes, where the standard wants it."""
    exif = Image.Exif()
    exif.endian = endian
    exif.get_ifd(EXIF)[USER_COMMENT] = data
    return exif


def texts(values):
    """EXIF with texts in its first directory."""
    exif = Image.Exif()
    for tag, value in values.items():
        exif[tag] = value
    return exif


def saved(kind, **options):
    out = io.BytesIO()
    IMAGE.save(out, kind, quality=50, **options)
    return out.getvalue()


def main():
    unicode = b"UNICODE\0"
    cases = {
        "UTF-16, big-endian, in a big-endian file": (
            comment(unicode + PARAMETERS.encode("utf-16-be")), PARAMETERS),
        "UTF-16, big-endian, in a little-endian file": (
            comment(unicode + PARAMETERS.encode("utf-16-be"), "<"), PARAMETERS),
        "UTF-16, little-endian, in a little-endian file": (
            comment(unicode + PARAMETERS.encode("utf-16-le"), "<"), PARAMETERS),
        "UTF-16, little-endian, in a big-endian file": (
            comment(unicode + PARAMETERS.encode("utf-16-le")), PARAMETERS),
        "UTF-16 with a byte order mark": (
            comment(unicode + PARAMETERS.encode("utf-16")), PARAMETERS),
        "UTF-8 that says it is UTF-16": (comment(unicode + PARAMETERS.encode()), PARAMETERS),
        "ASCII": (comment(b"ASCII\0\0\0Steps: 20"), "Steps: 20"),
        "UTF-8 that says it is ASCII": (
            comment(b"ASCII\0\0\0" + PARAMETERS.encode()), PARAMETERS),
        "of no code": (comment(b"\0" * 8 + PARAMETERS.encode()), PARAMETERS),
        "of no code, Latin": (comment(b"\0" * 8 + PARAMETERS.encode("latin-1")), PARAMETERS),
        "without a code": (comment(PARAMETERS.encode()), PARAMETERS),
    }
    files = []
    for kind in ("JPEG", "WEBP"):
        for name, (exif, text) in cases.items():
            files.append((f"{kind} {name}", saved(kind, exif=exif), {"UserComment": text}))
        fooocus = {SOFTWARE: "Fooocus v2.5.5", MAKER_NOTE: "fooocus", USER_COMMENT: '{"prompt": ""}'}
        files.append((
            f"{kind} all in the first directory",
            saved(kind, exif=texts(fooocus)),
            {"Software": "Fooocus v2.5.5", "MakerNote": "fooocus", "UserComment": '{"prompt": ""}'},
        ))
        comfy = {MAKE: 'workflow:{"a": 1}', MODEL: 'prompt:{"b": 2}', DESCRIPTION: "abc"}
        files.append((
            f"{kind} under the names of cameras",
            saved(kind, exif=texts(comfy)),
            {"ImageDescription": "abc", "Make": 'workflow:{"a": 1}', "Model": 'prompt:{"b": 2}'},
        ))
        files.append((f"{kind} of nothing", saved(kind), {}))
    files.append((
        "JPEG with a comment", saved("JPEG", comment="un été"), {"JPEG comment": "un été"}))
    listed = [
        {"name": name, "file": base64.b64encode(data).decode(), "texts": held}
        for name, data, held in files
    ]
    out = pathlib.Path("engine/src/test/resources/golden/image/foreign_pictures.json")
    out.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
    folder = pathlib.Path("studio/src/test/resources/golden")
    folder.mkdir(parents=True, exist_ok=True)
    exif = comment(unicode + PARAMETERS.encode("utf-16-be"))
    for kind, suffix in (("JPEG", "jpg"), ("WEBP", "webp")):
        (folder / f"a1111.{suffix}").write_bytes(saved(kind, exif=exif))


if __name__ == "__main__":
    main()
