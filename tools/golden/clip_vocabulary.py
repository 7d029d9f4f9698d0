"""CLIP's merges as a resource of the engine, and token ids of transformers' CLIPTokenizer with them.

Run from the repository's root, with the file that package open_clip_torch (3.3.0, MIT) carries:

    python tools/golden/clip_vocabulary.py .../open_clip/bpe_simple_vocab_16e6.txt.gz

Writes  engine/src/main/resources/io/songe/text/clip-merges.txt.gz
            the pairs that CLIP joins, one a line, the earliest learned first; the vocabulary follows
        engine/src/test/resources/golden/tokenizer/published.json.gz
            {"clip" | "open_clip": [{"text", "ids", "padded", "decoded"}]}; PublishedTokenizerTest
            reads it
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path

from tokenizer import ENGLISH, FRENCH, OTHER
from transformers import CLIPTokenizer

RESOURCE = Path("engine/src/main/resources/io/songe/text/clip-merges.txt.gz")
GOLDEN = Path("engine/src/test/resources/golden/tokenizer/published.json.gz")

# the rest of the file was never used: 256 bytes, each also at a word's end, and two marks fill up
MERGES = 49152 - 256 - 2
BEGIN, END = "<|startoftext|>", "<|endoftext|>"
PAD = {"clip": END, "open_clip": "!"}

PROMPTS = """\
a photograph of an astronaut riding a horse
masterpiece, best quality, 1girl, looking at viewer, detailed background
portrait of a wizard, intricate, elegant, highly detailed, artstation, by greg rutkowski
hello! hello!! wow ! !
lowres, bad anatomy, bad hands, text, error, missing fingers, extra digit, cropped, jpeg artifacts
<|endoftext|> inside <|startoftext|> a text <|ENDOFTEXT|>
supercalifragilisticexpialidocious antidisestablishmentarianism""".split("\n")


def alphabet():
    """The printable stand-ins of the 256 bytes, in the order of CLIP's vocabulary."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [256 + i for i in range(256 - len(plain))]
    return [chr(code) for code in plain + others]


def write_resource(source):
    lines = gzip.open(source).read().decode().split("\n")
    pairs = lines[1 : MERGES + 1]
    assert lines[0].endswith("#version: 0.2") and all(len(pair.split(" ")) == 2 for pair in pairs)
    RESOURCE.parent.mkdir(parents=True, exist_ok=True)
    RESOURCE.write_bytes(gzip.compress(("\n".join(pairs) + "\n").encode(), 9, mtime=0))
    print(RESOURCE, RESOURCE.stat().st_size, "bytes,", len(pairs), "pairs")
    return pairs


def tokenizer(pairs, pad):
    letters = alphabet()
    tokens = [*letters, *[letter + "</w>" for letter in letters]]
    tokens += [pair.replace(" ", "") for pair in pairs] + [BEGIN, END]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vocabulary = {token: index for index, token in enumerate(tokens)}
        (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
        (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *pairs]) + "\n")
        options = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "pad_token": pad}
        (folder / "tokenizer_config.json").write_text(json.dumps(options))
        return CLIPTokenizer.from_pretrained(folder)


def line(reference, text):
    ids = reference(text, add_special_tokens=False).input_ids
    return {
        "text": text,
        "ids": ids,
        "padded": reference(text, padding="max_length", truncation=True).input_ids,
        "decoded": reference.decode(ids, skip_special_tokens=True),
    }


def main():
    pairs = write_resource(sys.argv[1])
    texts = [*PROMPTS, *ENGLISH, *FRENCH, *OTHER, "", ", ".join(PROMPTS)]
    golden = {}
    for name, pad in PAD.items():
        reference = tokenizer(pairs, pad)
        assert len(reference) == 49408 and reference.eos_token_id == 49407
        golden[name] = [line(reference, text) for text in texts]
    content = json.dumps(golden, ensure_ascii=False, separators=(",", ":")).encode()
    GOLDEN.write_bytes(gzip.compress(content, 9, mtime=0))
    print(GOLDEN, GOLDEN.stat().st_size, "bytes,", len(texts), "texts")


if __name__ == "__main__":
    main()
