"""PNG files with texts, written by Pillow.

Writes engine/src/test/resources/golden/image/png_text.json, read by PngGoldenTest.
Run from the repository's root.
"""

import base64
import io
import json
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

OUT = Path("engine/src/test/resources/golden/image/png_text.json")

A1111 = (
    "a fox, étang à l'aube\nNegative prompt: blurry\n"
    "Steps: 20, Sampler: Euler a, Schedule type: Automatic, CFG scale: 7.0, Seed: 965400086, Size: 512x512, "
    "Model hash: 45dee52b11, Model: name"
)
JAPANESE = "狐と湖 🦊🌅 – “déjà vu” " * 20


def case(name, add, texts):
    info = PngInfo()
    add(info)
    file = io.BytesIO()
    Image.new("RGB", (2, 2), (10, 20, 30)).save(file, "PNG", pnginfo=info)
    assert dict(Image.open(io.BytesIO(file.getvalue())).text) == texts, name
    return {"name": name, "png": base64.b64encode(file.getvalue()).decode(), "texts": texts}


def main():
    cases = [
        case("tEXt of ASCII", lambda i: i.add_text("parameters", "Steps: 1"), {"parameters": "Steps: 1"}),
        case("tEXt of Latin-1", lambda i: i.add_text("parameters", A1111), {"parameters": A1111}),
        case("zTXt", lambda i: i.add_text("parameters", A1111 * 9, zip=True), {"parameters": A1111 * 9}),
        case("iTXt by need", lambda i: i.add_text("parameters", JAPANESE), {"parameters": JAPANESE}),
        case("iTXt compressed", lambda i: i.add_itxt("prompt", JAPANESE, zip=True), {"prompt": JAPANESE}),
        case(
            "iTXt with language and translation",
            lambda i: i.add_itxt("Title", JAPANESE, lang="fr", tkey="Intitulé"),
            {"Title": JAPANESE},
        ),
        case("empty texts", lambda i: (i.add_text("a", ""), i.add_itxt("b", "")), {"a": "", "b": ""}),
        case(
            "the later of two",
            lambda i: (i.add_text("a", "1"), i.add_text("b", "2"), i.add_itxt("a", "3")),
            {"a": "3", "b": "2"},
        ),
    ]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(cases, indent=0) + "\n")
    print(len(cases), "files,", OUT.stat().st_size, "bytes")


main()
