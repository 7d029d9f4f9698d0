"""Token ids of transformers' CLIPTokenizer for ClipTokenizerGoldenTest.

Run from the repository's root:  python tools/golden/tokenizer.py
Needs transformers 5.23 and its tokenizers.

Reads   engine/src/test/resources/golden/tokenizer/mini/    vocabulary and merges of songe-mini
Writes  engine/src/test/resources/golden/tokenizer/lines.jsonl.gz
            one text on each line: {"text", "ids"}, ids without begin and end; on every eighth line
            also "padded", with padding and truncation to the model's length, and "decoded"
        engine/src/test/resources/golden/tokenizer/folders.json.gz
            tokenizer folders as different models publish them: {name: {"files": {file: content},
            "lines": as above}}; a folder without a tokenizer.json has mini's vocabulary and merges
"""

import gzip
import json
import random
import shutil
import tempfile
import unicodedata
from pathlib import Path

from transformers import CLIPTokenizer
from transformers.utils import logging

GOLDEN = Path("engine/src/test/resources/golden/tokenizer")
MINI = GOLDEN / "mini"
BEGIN, END = "<|startoftext|>", "<|endoftext|>"

FRENCH = """\
un château médiéval au coucher du soleil
l'été, la forêt s'éveille ; où es-tu ?
une pomme rouge, style 3d
Noël à la montagne : neige, sapins, étoiles
un cœur brisé près d'un œuf
garçon français mangeant une crêpe
L’hiver, c’est l’heure du thé
un chat noir qu'on n'aperçoit qu'à demi
des îles, des âmes, des forêts et des fenêtres
voilà l'aïeul naïf, ambigüe, capharnaüm
ÉTÉ À LA PLAGE, ÇA ET LÀ
« des guillemets » et – des tirets — longs…
aujourd'hui, presqu'île, quelqu'un d'autre
n° 5, 1er étage, 2ème rue à gauche, 20 %
un maïs doré, Saint-Exupéry, Gérard Œuvrard""".split("\n")

ENGLISH = """\
a red apple, 3d style
A cat's whiskers, the dogs' bowls, it's raining
I'LL DON'T WE'VE THEY'RE I'M HE'D CAN'T O'CLOCK
i'll don't we've they're i'm he'd can't o'clock
'start 'till 're 've'd'll 's's's ''s '''t
it’s a dog’s life, ‘quoted’ “words”
photo-realistic, 8k, ultra-detailed, f/1.8, ISO 100
rock'n'roll & R&B @ 50% off #sale $9.99 (today only!)
hello_world foo.bar@baz.com https://example.org/a?b=c&d=e#f
2024-01-31T12:34:56Z 1,000,000.00 3.14159 007 1st 2nd
a very, very, VERY big dragon!!! ... ??? ;-) :-D <3
(masterpiece:1.2), [bad anatomy], {a|b}, <lora:name:0.8>
AND or BREAK | pipe \\ backslash / slash ~ tilde ^ caret ` tick
The quick brown fox jumps over the lazy dog
camelCase PascalCase SCREAMING_CASE kebab-case""".split("\n")

OTHER = """\
\U0001f600 smile \U0001f44d\U0001f3fd thumbs
\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family
\U0001f9d1\U0001f3fd\u200d\U0001f680 astronaut \U0001f3f3\ufe0f\u200d\U0001f308
\U0001f1eb\U0001f1f7 \U0001f1ec\U0001f1e7 flags \U0001f1eb
\u2764\ufe0f red heart \u2764 1\ufe0f\u20e3 keycap
\u4e00\u53ea\u732b \u7ea2\u8272\u82f9\u679c\uff0c\u98ce\u683c
\u5bcc\u58eb\u5c71\u3068\u685c\u3001\u30ab\u30bf\u30ab\u30ca \uff76\uff9e
\ud55c\uad6d\uc5b4 \u1112\u1161\u11ab\u1100\u116e\u11a8
\u0642\u0637\u0629 \u062d\u0645\u0631\u0627\u0621 \u0645\u064e\u0631\u0652\u062d\u064e\u0628\u064b\u0627
\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd \u05d7\u05ea\u05d5\u05dc
\u0e41\u0e21\u0e27\u0e2a\u0e35\u0e41\u0e14\u0e07\u0e01\u0e33\u0e25\u0e31\u0e07\u0e19\u0e2d\u0e19
\u092c\u093f\u0932\u094d\u0932\u0940 \u0915\u094d\u0937 \u0958 \u0915\u093c
\u041a\u0440\u0430\u0441\u043d\u0430\u044f \u043a\u043e\u0448\u043a\u0430 \u0401\u043b\u043a\u0430 \u0419\u043e\u0434
\u0391\u03a3 \u039f\u0394\u039f\u03a3 \u03a3\u03a3\u03a3 \u03c2\u03c3\u03a3. \u1f08\u03c7\u03b9\u03bb\u03bb\u03b5\u03cd\u03c2 \u1fbc \u1f88
\u0130stanbul I\u0131i\u0130 D\u0130YARBAKIR \u0131\u015f\u0131k
Stra\u00dfe \u1e9e GRO\u1e9e \u00df\u00df
\u01c4\u01c5\u01c6 \u01c7\u01c8\u01c9 \u01ca\u01cb\u01cc \u01f1\u01f2\u01f3
\u212b \u2126 \u212a \u00c5 \u03a9 K
\ufb01re \ufb03 \u0149 \u01f0 \u0390 \u1e96
e\u0301 E\u0301 a\u0323\u0302 a\u0302\u0323 o\u0328\u0304 q\u0323\u0307 q\u0307\u0323 s\u0323\u0307
z\u0335\u0321\u0322a\u0334\u0315l\u0338\u0344g\u0343o\u0340\u0341
\u2460\u2461 \u00bd \u2167 \u2177 \u0661\u0662\u0663 \u0967 \u1369 \U0001d7d8
\u2200x\u2208\u211d \u2264 \u221e \u222b \u2202 \u2115 \U0001d400\U0001d41a \ud7a3
\u20ac100 \u00a35 \u00a59 \u20bf \u00a7 \u00b6 \u00a9 \u00ae \u2122
\u202ertl\u202c \u2066iso\u2069 \u200fx\u200e soft\u00adhyphen zero\u200bwidth \ufeffbom
\ufffd \ufffe \uffff \U0001ffff \U0010ffff \ue000 \U000f0000
\u24b6\u24d0 \uff21\uff41 \u2c2f\u2c5f \U00010400\U00010428 \U0001e900\U0001e922 \u13a0\uab70 \u10a0\u1c90\u10d0
T\u1eadp \u0111o\u00e0n \u1ec6 Vi\u1ec7t \u00c0\u0300 \u01d5\u01db""".split("\n")

SPECIAL = """\
<|startoftext|>
<|endoftext|>
a cat<|endoftext|>a dog
a cat <|endoftext|> a dog
<|startoftext|>a cat<|endoftext|>
<|ENDOFTEXT|> shouted <|StartOfText|>
!<|ENDOFTEXT|>! x<|STARTOFTEXT|>y <|ENDOFTEXT|><|ENDOFTEXT|>
<|endoftext|><|endoftext|><|endoftext|>
<|endoftext| <|endoftext>| <endoftext> |endoftext|
<|<|endoftext|>|> <<|startoftext|>> <|endoftext|>\u0301e
e<|endoftext|>\u0301 <|endoftext|>'s it<|startoftext|>'s
<|ENDOFTE\u017fT|> <|end\u200boftext|> <\\|endoftext\\|>
<|EndOfText|>s <|ENDOFTEXT|>\u0301 \u00e9<|STARTOFTEXT|>\u00e9
</w> a</w> </w></w> cat</w> <|/w|>
! !! a! !a wow! !<|endoftext|>! ?!
\uff01 !\ufe0f \u203c \u00a1hola! !!!!!!!!
a <cat-toy> on a <CAT-TOY> <cat-toy><cat-toy>s
a<cat-toy>b <Cat-Toy> <cat-toy <cat-toys> <big cat-toy> <BIG  cat-toy>
sks <sks> a photo of sks dog SKS \u017fk\u017f
[pad] [PAD] <pad> <unk> <s> </s>""".split("\n")

# Of these the reference's normaliser, of Unicode 9, knows nothing: they neither compose nor move.
NEW_MARKS = [
    0x07FD, 0x0898, 0x08CA, 0x09FE, 0x0C3C, 0x0D3B, 0x0EBA, 0x1715, 0x1ABF, 0x1AC1, 0x1DF6, 0xA82C,
    0x10D24, 0x10EAB, 0x10F46, 0x10F82, 0x11070, 0x1133B, 0x1145E, 0x11839, 0x1193D, 0x119E0, 0x11A34,
    0x11A47, 0x11A99, 0x11D42, 0x11D97, 0x11F41, 0x16FF0, 0x1E08F, 0x1E130, 0x1E2AE, 0x1E2EC, 0x1E4EC,
]  # fmt: skip
NEW_COMPOSITIONS = [
    "\U000105d2\u0307", "\U00011382\U000113c9", "\U000113c2\U000113b8", "\U00011935\U00011930",
    "\U0001611e\U0001611e\U0001611f", "\U00016d63\U00016d67\U00016d67",
]  # fmt: skip


def assigned(random_source: random.Random) -> str:
    """A character that this Python's Unicode knows, so that every later Unicode has it alike."""
    while True:
        character = chr(random_source.randrange(0x110000))
        if unicodedata.category(character) not in ("Cn", "Cs", "Co"):
            return character


def captions(random_source: random.Random) -> list[str]:
    """Captions of words that the vocabulary knows whole, and of some that it does not."""
    words = [t[:-4] for t in json.loads((MINI / "vocab.json").read_text()) if t.endswith("</w>")]
    words = [bytes_of(w).decode("utf-8", "ignore") for w in words]
    words = [w for w in words if len(w) > 2 and w.isalpha()]
    patterns = [
        "a {} {}, {} style", "two {} and a {}'s {}", "{} {} in the {}", "{}, {}, {}",
        "une {} {}, style {}", "l'{} d'un {} {}", "deux {} et des {} ; {}", "{}-{}/{}",
        "{}{} {}", "{} (12) {}: {}!",
    ]  # fmt: skip
    lines = []
    for i in range(1100):
        line = patterns[i % len(patterns)].format(*random_source.sample(words, 3))
        lines.append([line, line, line.upper(), line.title()][i // len(patterns) % 4])
    return lines


def bytes_of(token: str) -> bytes:
    """The bytes that a token of a byte-level vocabulary stands for."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [b for b in range(256) if b not in printable]
    table = {chr(b): b for b in printable} | {chr(256 + i): b for i, b in enumerate(rest)}
    return bytes(table[c] for c in token)


def texts() -> list[str]:
    r = random.Random(20261122)
    hand = FRENCH + ENGLISH + OTHER + SPECIAL
    lines = ["", " ", "   ", "\t\n\r ", "\u00a0", "\u3000\u2003", "!", "a", "\u0000", "\u0301"]
    for line in hand:
        lines += [line, line.upper(), line.lower(), line.title(), line.swapcase()]
        lines += [unicodedata.normalize(form, line) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    lines += captions(r)
    spaces = [c for c in map(chr, range(0x3001)) if c.isspace()] + list("\u180e\u200b\u2060\ufeff")
    controls = [chr(c) for c in [*range(0x20), 0x7F, *range(0x80, 0xA0)]]
    for c in spaces + controls:
        lines += [f"a{c}b", f"{c}{c} cat {c}'s{c}"]
    cased = [chr(c) for c in range(0x20000) if unicodedata.category(chr(c)) in ("Lu", "Lt")]
    for c in r.sample(cased, 160):
        lines.append(f"x{c}y {c} {c}\u0301 {c.lower()}")
    for mark in map(chr, NEW_MARKS):
        lines += [f"e{mark}\u0301 e\u0301{mark}\u0323", f"a\u0323{mark}\u0302\u0334 {mark}"]
    lines += [f"{pair} x{pair}\u0323 {pair[0]} {pair}" for pair in NEW_COMPOSITIONS]
    for _ in range(340):
        lines.append("".join(assigned(r) for _ in range(r.randrange(1, 9))))
    pool = list("abcde fghij 0123 '’!?.,;:-_<|>/é") + ["'s", "'LL", END, "</w>", "\u0301", "\u0323", "  "]
    for _ in range(340):
        lines.append("".join(r.choice(pool) if r.random() < 0.85 else assigned(r) for _ in range(r.randrange(2, 40))))
    lines += ["a" * 300, "supercalifragilisticexpialidocious" * 8, "é" * 120, "!" * 200, "1" * 90, "1a" * 60, "ab" * 256]
    lines += ["anticonstitutionnellement" * 3, "\U0001f600" * 50, "e\u0301\u0323" * 60, "'" * 50 + "s", "\u4e00" * 90]
    many = [w for line in captions(r)[:140] for w in line.split()]
    lines += [" ".join(many[:n]) for n in (30, 36, 37, 38, 39, 40, 41, 76, 77, 100, 300)]
    lines += ["a " * n for n in (37, 38, 39, 76, 77)]
    return list(dict.fromkeys(lines))


def line(tokenizer: CLIPTokenizer, text: str, whole: bool) -> dict:
    ids = tokenizer(text, add_special_tokens=False)["input_ids"]
    result = {"text": text, "ids": ids}
    if whole:
        result["padded"] = tokenizer(text, padding="max_length", truncation=True)["input_ids"]
        result["decoded"] = tokenizer.decode(ids, skip_special_tokens=True)
    return result


def option(content: str, normalized: bool, **more) -> dict:
    return {"content": content, "lstrip": False, "normalized": normalized, "rstrip": False, "single_word": False, **more}


def tiny(tokenizer: CLIPTokenizer) -> dict:
    """The tokenizer.json of the first 200 merges, as the reference itself writes one."""
    vocabulary = json.loads((MINI / "vocab.json").read_text())
    merges = (MINI / "merges.txt").read_text().split("\n")[1:201]
    small = {token: i for token, i in vocabulary.items() if i < 512 + len(merges)} | {BEGIN: 712, END: 713}
    with tempfile.TemporaryDirectory() as folder:
        CLIPTokenizer(vocab=small, merges=[tuple(m.split(" ")) for m in merges]).save_pretrained(folder)
        return json.loads((Path(folder) / "tokenizer.json").read_text())


def early(tokenizer_json: dict) -> dict:
    """A tokenizer.json as it was written in 2022, with a token that its vocabulary lacks."""
    early = json.loads(json.dumps(tokenizer_json))
    early["model"]["merges"] = [" ".join(pair) for pair in early["model"]["merges"]]
    for added in ("byte_fallback", "ignore_merges"):
        del early["model"][added]
    split, byte_level = early["pre_tokenizer"]["pretokenizers"]
    split["pattern"]["Regex"] = split["pattern"]["Regex"].removeprefix(r"<\|startoftext\|>|<\|endoftext\|>|")
    del byte_level["use_regex"]
    early["added_tokens"][0]["normalized"] = True
    early["added_tokens"].append({"id": 714, **option("<sks>", True, special=False)})
    return early


def folders(tokenizer: CLIPTokenizer) -> dict:
    typed = {"__type": "AddedToken"}
    marked = {"bos_token": option(BEGIN, True), "eos_token": option(END, True), "unk_token": option(END, True)}
    first = {"add_prefix_space": False, "do_lower_case": True, "errors": "replace", "model_max_length": 77}
    first |= {"tokenizer_class": "CLIPTokenizer", "pad_token": END}
    first |= {role: typed | token for role, token in marked.items()}
    decoder = {"0": option("!", False, special=True), "8382": option(BEGIN, False, special=True)}
    decoder |= {"8383": option(END, True, special=True), "8384": option("<cat-toy>", True, special=False)}
    named = {"bos_token": BEGIN, "eos_token": END, "unk_token": END, "pad_token": "!", "model_max_length": 77}
    whole = tiny(tokenizer)
    return {
        "stable-diffusion-1": {
            "tokenizer_config.json": first,
            "special_tokens_map.json": marked | {"pad_token": END},
        },
        "stable-diffusion-2": {
            "tokenizer_config.json": first,
            "special_tokens_map.json": marked | {"pad_token": "!"},
        },
        "stable-diffusion-xl": {
            "tokenizer_config.json": named | {"added_tokens_decoder": decoder, "tokenizer_class": "CLIPTokenizer"},
            "special_tokens_map.json": marked | {"pad_token": END},
        },
        "textual-inversion": {
            "tokenizer_config.json": first,
            "special_tokens_map.json": marked | {"pad_token": END, "additional_special_tokens": ["st", "<big cat-toy>"]},
            "added_tokens.json": {"<big cat-toy>": 8385, "<cat-toy>": 8384},
        },
        "tokenizer-json": {
            "tokenizer_config.json": {"tokenizer_class": "CLIPTokenizer", "model_max_length": 20},
            "tokenizer.json": whole,
        },
        "early-tokenizer-json": {"tokenizer.json": early(whole), "tokenizer_config.json": first},
    }


def compressed(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode("ascii"), mtime=0))
    print(path, path.stat().st_size, "bytes")


def main() -> None:
    logging.set_verbosity_error()
    mini = CLIPTokenizer.from_pretrained(MINI)
    lines = [line(mini, text, i % 8 == 0) for i, text in enumerate(texts())]
    print(len(lines), "lines")
    compressed(GOLDEN / "lines.jsonl.gz", "".join(json.dumps(entry) + "\n" for entry in lines))

    variants = {}
    for name, files in folders(mini).items():
        with tempfile.TemporaryDirectory() as folder:
            for file, content in files.items():
                (Path(folder) / file).write_text(json.dumps(content))
            if "tokenizer.json" not in files:
                shutil.copy(MINI / "vocab.json", folder)
                shutil.copy(MINI / "merges.txt", folder)
            tokenizer = CLIPTokenizer.from_pretrained(folder)
            chosen = SPECIAL + FRENCH[:5] + ENGLISH[:5] + OTHER[:14:2] + [" ".join(ENGLISH)]
            variants[name] = {"files": files, "size": len(tokenizer), "lines": [line(tokenizer, t, True) for t in chosen]}
    compressed(GOLDEN / "folders.json.gz", json.dumps(variants))


if __name__ == "__main__":
    main()
