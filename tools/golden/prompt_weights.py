"""Weighted features of phrases by the tiny model's text encoder.

Weights do not enter the network: they multiply the features of each token, and the web UI of
AUTOMATIC1111 then multiplies all features of the chunk by (mean before / mean after). Which words
have which weight, and where chunks end, is written down here by hand; how a text says so is the
test's matter. Reads engine/src/test/resources/golden/tiny/model, writes
golden/tiny/prompt_weights.safetensors. Read by PhraseEncoderTest. Run from the root of the
repository, after tools/golden/tiny_model.py:

    python tools/golden/prompt_weights.py
"""

import torch
from safetensors.torch import save_file
from tiny_models import RESOURCES
from transformers import CLIPTextModel, CLIPTokenizer

MODEL = RESOURCES / "tiny/model"

# A text as it is typed, and what it means: chunks of words with weights.
PHRASES = {
    "a red cat on the hill": [[("a red cat on the hill", 1.0)]],
    "a (red:1.5) cat": [[("a", 1.0), ("red", 1.5), ("cat", 1.0)]],
    "a ((red)) [cat] (on the hill:0.25)": [
        [("a", 1.0), ("red", 1.1 * 1.1), ("cat", 1 / 1.1), ("on the hill", 0.25)]
    ],
    "(a cat:1.2) BREAK the (blue:-0.5) hill": [
        [("a cat", 1.2)],
        [("the", 1.0), ("blue", -0.5), ("hill", 1.0)],
    ],
    "a small red cat on (the hill, a blue cat on:1.4) the hill": [
        [("a small red cat on", 1.0), ("the hill,", 1.4)],
        [("a blue cat on", 1.4), ("the hill", 1.0)],
    ],
}


def framed(tokenizer, chunk):
    length = tokenizer.model_max_length
    ids, weights = [tokenizer.bos_token_id], [1.0]
    for words, weight in chunk:
        tokens = tokenizer(words, add_special_tokens=False).input_ids
        ids += tokens
        weights += [weight] * len(tokens)
    assert len(ids) < length
    ids.append(tokenizer.eos_token_id)
    ids += [tokenizer.pad_token_id] * (length - len(ids))
    weights += [1.0] * (length - len(weights))
    return torch.tensor([ids]), torch.tensor(weights).reshape(1, -1, 1)


def features(encoder, ids, clip_skip):
    text_model = getattr(encoder, "text_model", encoder)
    with torch.no_grad():
        hidden = encoder(ids, output_hidden_states=True).hidden_states[-clip_skip]
        return text_model.final_layer_norm(hidden)


def main():
    tokenizer = CLIPTokenizer.from_pretrained(MODEL / "tokenizer")
    encoder = CLIPTextModel.from_pretrained(MODEL / "text_encoder", dtype=torch.float32).eval()
    numbers, texts = {}, {}
    for index, (text, chunks) in enumerate(PHRASES.items()):
        texts[f"phrase.{index}"] = text
        for clip_skip in (1, 2):
            plain, restored = [], []
            for chunk in chunks:
                ids, weights = framed(tokenizer, chunk)
                z = features(encoder, ids, clip_skip)
                weighted = z * weights
                plain.append(weighted)
                restored.append(weighted * (z.mean() / weighted.mean()))
                print(text, clip_skip, "ratio", (z.mean() / weighted.mean()).item())
            numbers[f"plain.{index}.{clip_skip}"] = torch.hstack(plain)
            numbers[f"a1111.{index}.{clip_skip}"] = torch.hstack(restored)
    texts["phrases"] = str(len(PHRASES))
    save_file(numbers, RESOURCES / "tiny/prompt_weights.safetensors", texts)


main()
