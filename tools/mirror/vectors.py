"""Packs the emoji corpus small (about 18 MB): drawings as vectors, three-dimensional ones as WebP.

usage: python tools/mirror/vectors.py NODE_MODULES OUT
NODE_MODULES: npm install emojibase-data@17 @lobehub/fluent-emoji-3d
    @iconify-json/{noto,noto-v1,fluent-emoji-flat,emojione,fxemoji,twemoji,streamline-emojis}
Writes OUT/items.json.xz, one record a drawing (style, licence, concept, group, labels and keywords in
English and French, svg), and OUT/raster.tar. Only drawings without skin tone that have a label in
both languages, and no share-alike art. A set that names its drawings by code point is matched
exactly; the others by name, alias or short code.
"""

import collections
import json
import lzma
import re
import sys
import tarfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

SETS = {
    "noto": ("noto", "Apache-2.0"),
    "noto-v1": ("blob", "Apache-2.0"),
    "fluent-emoji-flat": ("flat", "MIT"),
    "emojione": ("classic", "CC-BY-4.0"),
    "fxemoji": ("fx", "Apache-2.0"),
    "twemoji": ("twemoji", "CC-BY-4.0"),
    "streamline-emojis": ("cartoon", "CC-BY-4.0"),
}
NAMED = ["noto", "twemoji", "fluent-emoji-flat"]
ALIASED = [*NAMED, "noto-v1", "emojione"]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="{width}" height="{height}" viewBox="{left} {top} {width} {height}">{body}</svg>'
)


def code(sequence: str) -> str:
    """A code point sequence without variation selectors: the key under which all sets meet."""
    points = sequence.upper().replace(" ", "-").split("-")
    return "-".join(point.lstrip("0") or "0" for point in points if point != "FE0F")


def slug(text: str) -> str:
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    text = text.replace("&", "and").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


class Emoji:
    """What the packages know of each concept: captions, and the names it goes by."""

    def __init__(self, packages: Path):
        self.packages = packages
        self.captions = collections.defaultdict(dict)
        for language in ("en", "fr"):
            for entry in self.load(f"emojibase-data/{language}/data.json"):
                self.captions[code(entry["hexcode"])] |= {
                    language: entry["label"],
                    language + "_tags": entry.get("tags", []),
                    "group": entry.get("group"),
                }
        self.by_name = self.names()
        self.by_letters = {name.replace("-", ""): concept for name, concept in self.by_name.items()}
        self.by_short_code = {}
        for file in sorted(packages.glob("emojibase-data/en/shortcodes/*.json")):
            for concept, names in json.loads(file.read_text()).items():
                for name in names if isinstance(names, list) else [names]:
                    self.by_short_code.setdefault(slug(name), code(concept))

    def load(self, path: str):
        return json.loads((self.packages / path).read_text())

    def names(self) -> dict[str, str]:
        captions = reversed(self.captions.items())
        names = {slug(caption["en"]): concept for concept, caption in captions if "en" in caption}
        for kind in NAMED:
            for concept, name in self.load(f"@iconify-json/{kind}/chars.json").items():
                names.setdefault(name, code(concept))
        for kind in ALIASED:
            aliases = self.load(f"@iconify-json/{kind}/icons.json").get("aliases", {})
            for alias, target in aliases.items():
                if len(target) == 1 and target["parent"] in names:
                    names.setdefault(alias, names[target["parent"]])
        return names

    def find(self, name: str) -> str | None:
        letters = name.replace("-", "")
        return self.by_name.get(name) or self.by_letters.get(letters) or self.by_short_code.get(name)

    def record(self, style: str, licence: str, concept: str | None, **drawing: str) -> dict | None:
        caption = self.captions.get(concept or "", {})
        known = "en" in caption and "fr" in caption
        record = {"style": style, "licence": licence, "concept": concept, **caption, **drawing}
        return record if known else None

    def vectors(self) -> Iterator[dict | None]:
        for kind, (style, licence) in SETS.items():
            file = self.packages / f"@iconify-json/{kind}/chars.json"
            chars = json.loads(file.read_text()) if file.exists() else {}
            named = {name: code(concept) for concept, name in reversed(chars.items())}
            icons = self.load(f"@iconify-json/{kind}/icons.json")
            for name, icon in icons["icons"].items():
                if icon.get("hidden"):
                    continue
                concept = named.get(name) or self.find(re.sub(r"-\d+$", "", name))
                svg = SVG.format(
                    width=icon.get("width", icons.get("width", 16)),
                    height=icon.get("height", icons.get("height", 16)),
                    left=icon.get("left", 0),
                    top=icon.get("top", 0),
                    body=icon["body"],
                )
                yield self.record(style, licence, concept, svg=svg)

    def rasters(self) -> Iterator[dict | None]:
        for file in sorted((self.packages / "@lobehub/fluent-emoji-3d/assets").glob("*.webp")):
            yield self.record("3d", "MIT", code(file.stem), raster=file.name)


def main() -> None:
    packages, out = Path(sys.argv[1]), Path(sys.argv[2])
    emoji = Emoji(packages)
    vectors = [item for item in emoji.vectors() if item]
    rasters = [item for item in emoji.rasters() if item]
    items = vectors + rasters
    out.mkdir(parents=True, exist_ok=True)
    with tarfile.open(out / "raster.tar", "w") as tar:
        for item in rasters:
            tar.add(packages / "@lobehub/fluent-emoji-3d/assets" / item["raster"], item["raster"])
    with lzma.open(out / "items.json.xz", "wt", encoding="utf-8") as file:
        json.dump(items, file, ensure_ascii=False)
    styles = dict(collections.Counter(item["style"] for item in items))
    print(f"{len(items)} drawings of {len({item['concept'] for item in items})} concepts: {styles}")


if __name__ == "__main__":
    main()
