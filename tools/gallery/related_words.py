"""Writes the words that go with words, in English and French, from which the gallery's search knows
that a fox is an animal and a renard.

Needs the npm package emojibase-data 17.0.0 (MIT), unpacked; its labels and keywords come from the
Unicode CLDR. Writes studio/src/main/resources/io/songe/gallery/related-words.tsv.gz, which
io.songe.gallery.RelatedWords reads: a line for each word, with five columns: en or fr, the word,
other words for the same in English and in French, and words for what is around it in English and
in French.

usage, from the root of the repository: python tools/gallery/related_words.py FOLDER
"""

import collections
import gzip
import json
import pathlib
import re
import sys

OUT = pathlib.Path("studio/src/main/resources/io/songe/gallery/related-words.tsv.gz")
GROUPS = {3, 4, 5, 6, 7}  # animals, food, travel, activities, objects
PEOPLE = {11, 12, 13, 25, 26, 27, 28}  # masks, cats, monkeys, professions, fairy tales, sports
STOP = set(
    """a an and the of with in on for to at by from or de du des la le les l d un une et en à au aux
    avec sur dans par pour ou qui non no face tête visage other autre person personne man woman homme
    autres costumés visages femme button bouton sign panneau symbol symbole""".split()
)
SHARE = 0.5  # of a word's pictures that another word must have as well


def words(text):
    return [w for w in re.findall(r"[^\W\d_]{3,}", text.lower()) if w not in STOP]


def single(tags):
    """Tags of several words say several things."""
    return [t for tag in tags for t in words(tag) if len(words(tag)) == 1]


def load(folder):
    both = []
    french = {e["hexcode"]: e for e in json.load(open(folder / "fr/data.json"))}
    kinds = json.load(open(folder / "meta/groups.json"))["subgroups"]
    said = {m["key"]: m["message"] for m in json.load(open(folder / "fr/messages.json"))["subgroups"]}
    for each in json.load(open(folder / "en/data.json")):
        if each.get("group") not in GROUPS and each.get("subgroup") not in PEOPLE:
            continue
        kind = kinds[str(each["subgroup"])]
        other = french[each["hexcode"]]
        both.append(
            {
                "en": (set(words(each["label"])), set(single(each.get("tags", []))) | set(words(kind))),
                "fr": (set(words(other["label"])), set(single(other.get("tags", []))) | set(words(said[kind]))),
            }
        )
    return both


def main():
    drawings = load(pathlib.Path(sys.argv[1]))
    having = collections.defaultdict(set)
    named = collections.defaultdict(set)
    for number, drawing in enumerate(drawings):
        for language, (label, tags) in drawing.items():
            for word in label:
                named[language, word].add(number)
            for word in label | tags:
                having[language, word].add(number)
    lines = []
    for (language, word), mine in sorted(named.items()):
        all_mine = having[language, word]
        if len(mine) < len(all_mine) / 5:
            continue  # such as "simple", a keyword of houses
        same = {"en": set(), "fr": set()}
        near = {"en": set(), "fr": set()}
        candidates = {key for number in all_mine for key in keys(drawings[number])}
        for key in candidates - {(language, word)}:
            common = len(all_mine & having[key])
            if common < SHARE * len(all_mine) or len(all_mine) == 1 and len(having[key]) == 1 and key[1] not in drawings[min(all_mine)][key[0]][0]:
                continue
            mutual = common >= SHARE * len(having[key]) and named[key] & all_mine
            (same if mutual else near)[key[0]].add(key[1])
        columns = [same["en"], same["fr"], near["en"], near["fr"]]
        if any(columns):
            lines.append("\t".join([language, word] + [" ".join(sorted(c)) for c in columns]))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with open(OUT, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    print(len(lines), "words,", OUT.stat().st_size, "bytes")


def keys(drawing):
    for language, (label, tags) in drawing.items():
        for word in label | tags:
            yield language, word


main()
