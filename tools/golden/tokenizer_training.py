"""Merges that tokenizers' BpeTrainer learns, for BytePairTrainerTest.

Run from the repository's root:  python tools/golden/tokenizer_training.py
Needs tokenizers and transformers 5.23.

Writes  engine/src/test/resources/golden/tokenizer/trained/text.txt      what both learn from
        engine/src/test/resources/golden/tokenizer/trained/merges.txt    what BpeTrainer learns

BpeTrainer breaks ties by the ids of the tokens, and gives the bytes at a word's end their ids in the
order in which a hash map yields them. So all single bytes are given to it as special tokens in our
order: then it must learn exactly our merges.

With a folder as argument, says whether transformers' CLIPTokenizer opens it and reads words back.
"""

import random
import sys
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTokenizer

FOLDER = Path("engine/src/test/resources/golden/tokenizer/trained")
SIZE = 900
LETTERS = sorted(pre_tokenizers.ByteLevel.alphabet())
WORDS = """\
fox foxes renard renards bleu bleue bleus blue apple apples pomme pommes rouge red style 3d flat left right
gauche droite à de la le l'arbre d'un une to the of above au-dessus devant derrière behind front house maison
œuf œufs hibou hiboux owl night nuit étoilée star stars étoile étoiles 2 3 × whale's baleine dragon dragons
castle château ÉTÉ Noël sapin tree arbre small petit petite tiny corner coin background fond rayé striped""".split()


def text():
    pick = random.Random(4)
    weights = [1 / (1 + i) for i in range(len(WORDS))]
    return "\n".join(" ".join(pick.choices(WORDS, weights, k=9)) for _ in range(160)) + "\n"


def train(lines):
    tokenizer = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    words = Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(words, "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE - 2,
        end_of_word_suffix="</w>",
        special_tokens=LETTERS + [letter + "</w>" for letter in LETTERS],
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    import json

    return [" ".join(m) for m in json.loads(tokenizer.to_str())["model"]["merges"]]


if len(sys.argv) > 1:
    opened = CLIPTokenizer.from_pretrained(sys.argv[1])
    for said in ("a blue fox, 3d style", "un renard bleu à gauche d'une pomme, style 3d"):
        ids = opened(said).input_ids
        print(len(opened), ids, opened.decode(ids, skip_special_tokens=True))
else:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "text.txt").write_text(text(), encoding="utf-8")
    merges = train(text().splitlines())
    (FOLDER / "merges.txt").write_text("\n".join(merges) + "\n", encoding="utf-8")
    print(len(merges), "merges")
