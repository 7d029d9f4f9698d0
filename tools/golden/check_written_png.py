"""Has Pillow read PNG files that the engine has written: pixels, texts, chunks, and the XMP mark.

Writes nothing; run by hand from the repository's root after the engine was compiled, with Java 25 on the path.
"""

import struct
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
from PIL import Image

TEXTS = {
    "parameters": "a fox, étang\nNegative prompt: flou\nSteps: 20, Seed: 5, Size: 61x43",
    "songe": '{"prompt": "狐と湖 🦊 – “déjà vu”"}',
    "Software": "Songe",
    "Comment": "",
}


def chunks(data):
    position, kinds = 8, []
    while position < len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        kinds.append(kind.decode())
        position += 12 + length
    return kinds


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["java", "-cp", "engine/target/classes", "tools/golden/WritePng.java", folder], check=True)
        y, x, c = np.mgrid[:43, :61, :4]
        expected = ((x * 7 * (c + 1)) ^ (y * 3)).astype(np.uint8)
        for name, mode in (("transparent", "RGBA"), ("opaque", "RGB")):
            path = Path(folder, name + ".png")
            picture = Image.open(path)
            texts = dict(picture.text)
            xmp = texts.pop("XML:com.adobe.xmp")
            assert picture.mode == mode, picture.mode
            assert (np.asarray(picture) == expected[..., : len(mode)]).all()
            assert texts == TEXTS and list(texts) == list(TEXTS), texts
            root = ElementTree.fromstring(xmp.lstrip("\ufeff").split("?>", 1)[1].rsplit("<?", 1)[0].strip())
            marks = [v for e in root.iter() for k, v in e.attrib.items() if k.endswith("DigitalSourceType")]
            assert marks == ["http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"], marks
            print(name, picture.size, picture.mode, " ".join(chunks(path.read_bytes())), "texts equal", marks[0])


main()
