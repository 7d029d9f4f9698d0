"""The tokenizer, and what the text encoder learns before it sees any picture."""

import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from compositions import COLOURS, PHRASES, plain_caption
from drawings import Drawings
from settings import LENGTH, Settings

VOCABULARY = 8192
BEGIN, END = "<|startoftext|>", "<|endoftext|>"
PIECES = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
TOGETHER = 128


def texts(items: list[dict]) -> list[str]:
    captions = [plain_caption(item) for item in items for _ in range(3)]
    names = [word for item in items for lang in ("en", "fr") for word in [item[lang], *item[lang + "_tags"]]]
    colours = [f"{name} {masculine} {feminine}" for name, (masculine, feminine, _) in COLOURS.items()]
    return captions + names + colours * 50 + PHRASES * 200


def train_tokenizer(items: list[dict], folder: Path) -> None:
    """A byte-pair tokenizer in CLIP's form; every byte is in it, at a word's end and inside."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix="</w>"))
    space = normalizers.Replace(Regex(r"\s+"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), space, normalizers.Lowercase()])
    split = pre_tokenizers.Split(Regex(PIECES), "removed", invert=True)
    as_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, as_bytes])
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, end_of_word_suffix="</w>", initial_alphabet=letters, show_progress=False
    )
    tokenizer.train_from_iterator(texts(items), trainer)
    merges = [tuple(merge) for merge in json.loads(tokenizer.to_str())["model"]["merges"]]
    entries = letters + [letter + "</w>" for letter in letters] + [a + b for a, b in merges]
    vocabulary = [*dict.fromkeys(entries), BEGIN, END]
    numbered = {entry: number for number, entry in enumerate(vocabulary)}
    marks = {"bos_token": BEGIN, "eos_token": END, "unk_token": END, "pad_token": END}
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH, **marks}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(numbered, ensure_ascii=False))
    lines = ["#version: 0.2", *(" ".join(merge) for merge in merges)]
    (folder / "merges.txt").write_text("".join(line + "\n" for line in lines))
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1))


class Tokens:
    """The tokenizer of the state, trained when it is first asked for."""

    def __init__(self, settings: Settings, items: list[dict]):
        from transformers import CLIPTokenizer

        folder = settings.at("model/tokenizer")
        if not (folder / "vocab.json").exists():
            train_tokenizer(items, folder)
        self.tokenizer = CLIPTokenizer.from_pretrained(folder)
        self.vocabulary = len(json.loads((folder / "vocab.json").read_text()))

    def of(self, captions: list[str]) -> np.ndarray:
        """[captions, length], of 16 bits."""
        encoded = self.tokenizer(
            captions, padding="max_length", truncation=True, max_length=LENGTH, return_tensors="np"
        )
        return encoded.input_ids.astype(np.int16)

    def tensor(self, captions: list[str], device: str) -> torch.Tensor:
        return torch.from_numpy(self.of(captions)).long().to(device)


def teach_words(settings: Settings, drawings: Drawings, tokens: Tokens, text: torch.nn.Module) -> None:
    """The text encoder learns which concept and which style a caption of either language names.

    So the U-Net meets meaning, not letters: without this, prompts had no visible effect.
    """
    items, device = drawings.items, settings.device
    concepts = sorted({items[k]["concept"] for k in drawings.train})
    styles = sorted({item["style"] for item in items})
    number = {concept: n for n, concept in enumerate(concepts)}
    head = torch.nn.Linear(text.config.hidden_size, len(concepts) + len(styles)).to(device)
    weights = [*text.parameters(), *head.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=1e-3, betas=(0.9, 0.99), weight_decay=0.01)
    minutes, begun, step, right = settings.options.text_minutes, time.time(), 0, 0.0
    while (done := (time.time() - begun) / 60 / minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * min(1, (step + 1) / 100) * (1 - 0.95 * done)
        some = [items[k] for k in random.choices(drawings.train, k=TOGETHER)]
        captions = [plain_caption(item) for item in some]
        concept = torch.tensor([number[item["concept"]] for item in some], device=device)
        said = [styles.index(i["style"]) if "style" in c else -100 for i, c in zip(some, captions)]
        with settings.half_precision():
            scores = head(text(tokens.tensor(captions, device))[1])
        scores = scores.float()
        of_concepts, of_styles = scores.split([len(concepts), len(styles)], 1)
        told = F.cross_entropy(of_styles, torch.tensor(said, device=device), ignore_index=-100)
        loss = F.cross_entropy(of_concepts, concept) + 0.3 * told
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        step += 1
        right = 0.98 * right + 0.02 * (of_concepts.argmax(1) == concept).float().mean().item()
        if step % 100 == 0:
            settings.log(f"words {100 * done:.0f} % step {step} loss {loss.item():.3f} concepts right {right:.3f}")
