"""Pictures made of drawings, and true captions of them in English and French."""

import random
from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F

from drawings import LIVING, Drawings, on_white

# English, French masculine and feminine, and what it looks like
COLOURS = {
    "red": ("rouge", "rouge", (0.86, 0.16, 0.16)),
    "orange": ("orange", "orange", (0.96, 0.55, 0.12)),
    "yellow": ("jaune", "jaune", (0.98, 0.84, 0.2)),
    "green": ("vert", "verte", (0.27, 0.68, 0.32)),
    "blue": ("bleu", "bleue", (0.2, 0.46, 0.9)),
    "purple": ("violet", "violette", (0.56, 0.32, 0.8)),
    "pink": ("rose", "rose", (0.97, 0.56, 0.74)),
    "brown": ("marron", "marron", (0.5, 0.33, 0.22)),
    "black": ("noir", "noire", (0.12, 0.12, 0.14)),
}
TINTED = {*COLOURS, "white", "gold", "silver", "rainbow", "color", "colour", "light", "dark"}
COMPOSED = (0, 3, 4, 5, 6, 7)
TINTABLE = (3, 4, 5, 6, 7)
RARE = {9: 0.35, 8: 0.5}
RELATIONS = {
    "left": ("to the left of", "à gauche de", (-0.47, 0.0), (0.47, 0.0)),
    "above": ("above", "au-dessus de", (0.0, -0.47), (0.0, 0.47)),
}
LUMA = [0.3, 0.59, 0.11]
PHRASES = [
    *("to the left of the", "above", "on a background", "small", "and"),
    *("à gauche de", "au-dessus de", "sur fond", "en petit", "de couleur", "et"),
    *("un", "une", "le", "la", "l'", "des", "du"),
]

Wording = Callable[[], str]
Planes = tuple[torch.Tensor, torch.Tensor]


def label(item: dict, language: str) -> str:
    """The name of a thing, often with an article."""
    text = item[language].lower().replace("’", "'")
    if random.random() >= 0.3:
        return text
    vowel = text[0] in "aeiouéèêâàôîh"
    if language == "en":
        return random.choice(["an " if vowel else "a ", "the "]) + text
    return random.choice(["un ", "une ", "des ", *(["l'"] if vowel else ["le ", "la "])]) + text


def styled(text: str, style: str, language: str) -> str:
    if random.random() < 0.2:
        return text
    return f"{text}, {style} style" if language == "en" else f"{text}, style {style}"


def any_language() -> str:
    return random.choice(["en", "fr"])


def plain_caption(item: dict) -> str:
    """Its name, with keywords or as keywords alone."""
    language = any_language()
    tags = [tag.lower() for tag in item[language + "_tags"]]
    text, chance = label(item, language), random.random()
    if chance < 0.25 and tags:
        text += ", " + ", ".join(random.sample(tags, min(len(tags), random.randint(1, 3))))
    elif chance < 0.35 and len(tags) > 1:
        text = " ".join(random.sample(tags, min(len(tags), 3)))
    return styled(text, item["style"], language)


def colour_caption(item: dict, colour: str) -> str:
    language = any_language()
    masculine, feminine, _ = COLOURS[colour]
    if language == "en":
        text = f"{colour} {item['en'].lower()}"
    elif random.random() < 0.5:
        text = f"{label(item, language)} de couleur {feminine}"
    else:
        text = f"{label(item, language)} {masculine}"
    return styled(text, item["style"], language)


def background_caption(item: dict, colour: str) -> str:
    language = any_language()
    where = f" on a {colour} background" if language == "en" else f" sur fond {COLOURS[colour][0]}"
    return styled(label(item, language) + where, item["style"], language)


def small_caption(item: dict) -> str:
    language = any_language()
    return styled(
        label(item, language) + (", small" if language == "en" else ", en petit"), item["style"], language
    )


def pair_caption(item: dict, other: dict, relation: str) -> str:
    language = any_language()
    first, second = label(item, language), label(other, language)
    between = RELATIONS[relation][0 if language == "en" else 1]
    chance = random.random()
    if chance >= 0.5:
        between = "and" if language == "en" else "et"
    if chance >= 0.75:
        first, second = second, first
    return styled(f"{first} {between} {second}", item["style"], language)


def place(planes: Planes, scale: float, right: float, down: float) -> Planes:
    """Shrinks a drawing and moves it, in units of half the side."""
    colour, cover = planes
    grid = torch.zeros(len(colour), 2, 3, device=colour.device)
    grid[:, 0, 0] = grid[:, 1, 1] = 1 / scale
    grid[:, 0, 2], grid[:, 1, 2] = -right / scale, -down / scale
    grid = F.affine_grid(grid, colour.shape, align_corners=False)
    both = torch.cat([colour * cover, cover], 1)
    both = F.grid_sample(both, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    cover = both[:, 3:]
    straight = both[:, :3] / cover.clamp_min(1e-3)
    return torch.where(cover > 1e-3, straight, torch.ones_like(straight)).clamp(0, 1), cover


def over(top: Planes, below: Planes) -> Planes:
    (colour, cover), (under, under_cover) = top, below
    both = cover + under_cover * (1 - cover)
    return (colour * cover + under * under_cover * (1 - cover)) / both.clamp_min(1e-3), both


def tinted(planes: Planes, tone: torch.Tensor) -> torch.Tensor:
    """The drawing in shades of one colour; a dark thing that is named blue must look blue."""
    colour, cover = planes
    light = (colour * torch.tensor(LUMA, device=colour.device)[:, None, None]).sum(1, keepdim=True)
    usual = (light * cover).sum((2, 3), keepdim=True) / cover.sum((2, 3), keepdim=True)
    light = (light + 0.5 - usual).clamp(0, 1)
    return tone * (2 * light).clamp(max=1) + (1 - tone) * (2 * light - 1).clamp(min=0)


class Composer:
    """Makes pictures of one kind at a time."""

    def __init__(self, drawings: Drawings, seed: int):
        self.drawings, self.items = drawings, drawings.items
        self.rng = np.random.default_rng(seed)
        self.by_style = {}
        for k in drawings.train:
            if self.items[k]["group"] in COMPOSED:
                self.by_style.setdefault(self.items[k]["style"], []).append(k)
        composed = np.concatenate(list(self.by_style.values()))
        tintable = np.array([k for k in composed if self.is_tintable(self.items[k])])
        self.pools = {"plain": drawings.train, "colour": tintable}
        self.pools |= {kind: composed for kind in ("background", "small", "pair")}
        self.makers = {
            "plain": self.plain,
            "colour": self.coloured,
            "background": self.backed,
            "small": self.small,
            "pair": self.pairs,
        }

    @staticmethod
    def is_tintable(item: dict) -> bool:
        return item["group"] in TINTABLE and not TINTED & set(item["en"].lower().split())

    def make(self, kind: str, count: int) -> tuple[torch.Tensor, list[Wording]]:
        """Pictures [count, 4, 256, 256] in [-1, 1], each with what words it anew at every call."""
        pool = self.pools[kind]
        weights = np.array([RARE.get(self.items[k]["group"], 1.0) for k in pool])
        chosen = self.rng.choice(pool, count, p=weights / weights.sum())
        items = [self.items[k] for k in chosen]
        return self.makers[kind](items, self.drawings.straight(chosen))

    def plain(self, items: list[dict], planes: Planes):
        flips = [item["group"] in LIVING and self.rng.random() < 0.3 for item in items]
        flip = torch.tensor(flips, device=planes[0].device)[:, None, None, None]
        colour, cover = (torch.where(flip, part.flip(-1), part) for part in planes)
        return on_white(colour, cover), [lambda item=item: plain_caption(item) for item in items]

    def tones(self, count: int, device: str) -> tuple[list[str], torch.Tensor]:
        names = list(COLOURS)
        chosen = [names[k] for k in self.rng.integers(0, len(names), count)]
        tones = torch.tensor([COLOURS[name][2] for name in chosen], device=device)
        return chosen, tones[:, :, None, None]

    def coloured(self, items: list[dict], planes: Planes):
        names, tones = self.tones(len(items), planes[0].device)
        words = [lambda i=i, c=c: colour_caption(i, c) for i, c in zip(items, names)]
        return on_white(tinted(planes, tones), planes[1]), words

    def backed(self, items: list[dict], planes: Planes):
        names, tones = self.tones(len(items), planes[0].device)
        below = tones.expand_as(planes[0]), torch.ones_like(planes[1])
        words = [lambda i=i, c=c: background_caption(i, c) for i, c in zip(items, names)]
        return on_white(*over(planes, below)), words

    def small(self, items: list[dict], planes: Planes):
        placed = []
        for k in range(len(items)):
            right, down = self.rng.uniform(-0.45, 0.45, 2)
            placed.append(place(one(planes, k), 0.5, right, down))
        colour, cover = (torch.cat(parts) for parts in zip(*placed))
        return on_white(colour, cover), [lambda item=item: small_caption(item) for item in items]

    def pairs(self, items: list[dict], planes: Planes):
        others = np.array([self.rng.choice(self.by_style[item["style"]]) for item in items])
        other_planes = self.drawings.straight(others)
        pictures, words = [], []
        for k, item in enumerate(items):
            relation = "above" if self.rng.random() < 0.4 else "left"
            _, _, here, there = RELATIONS[relation]
            scale = self.rng.uniform(0.48, 0.54)
            first = place(one(planes, k), scale, *here)
            pictures.append(on_white(*over(first, place(one(other_planes, k), scale, *there))))
            other = self.items[others[k]]
            words.append(lambda i=item, j=other, r=relation: pair_caption(i, j, r))
        return torch.cat(pictures), words


def one(planes: Planes, k: int) -> Planes:
    return planes[0][k : k + 1], planes[1][k : k + 1]
