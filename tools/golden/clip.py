"""Tiny CLIP text encoders with random weights, what transformers computes with them, and the names
of the parameters of the real ones.

Writes engine/src/test/resources/golden/clip/<model>/{config.json, model.safetensors.gz,
golden.safetensors.gz} and golden/clip/names/<model>.txt.gz; ClipTextEncoderTest reads them, and
ClipTextConfigJsonTest the configurations.
Run from the repository's root: python tools/golden/clip.py
"""

import json

import torch
from tiny_models import randomize, write, write_names
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

SIZES = dict(
    vocab_size=64,
    hidden_size=32,
    intermediate_size=80,
    num_hidden_layers=3,
    num_attention_heads=4,
    max_position_embeddings=12,
    bos_token_id=60,
    pad_token_id=0,
)

# Published configurations of SD1 say 2 for the end of text and mean the largest id. An ordinary
# token 2 before the mark, and a token larger than the mark, tell the two rules apart.
LARGEST = [
    [60, 5, 2, 17, 63, 63, 63, 63, 63, 63, 63, 63],
    [60, 2, 2, 9, 30, 31, 32, 33, 34, 35, 36, 63],
    [60, 63, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2],
]
FIRST = [
    [60, 5, 63, 17, 61, 0, 0, 0, 0, 0, 0, 0],
    [60, 63, 62, 9, 30, 31, 32, 33, 34, 35, 36, 61],
    [60, 61, 61, 61, 63, 61, 61, 61, 61, 61, 61, 61],
]

MODELS = {
    "sd1": (CLIPTextModel, dict(hidden_act="quick_gelu", eos_token_id=2), LARGEST),
    "sd2": (CLIPTextModel, dict(hidden_act="gelu", eos_token_id=61), FIRST),
    "sdxl": (
        CLIPTextModelWithProjection,
        dict(hidden_act="gelu", eos_token_id=61, projection_dim=24),
        FIRST,
    ),
}


def golden(model, ids):
    text_model = getattr(model, "text_model", model)
    with torch.no_grad():
        out = model(input_ids=ids, output_hidden_states=True)
        plain = text_model(input_ids=ids)
        short = text_model(input_ids=ids[:1, :5])
    numbers = {"ids": ids, "last": plain.last_hidden_state, "short": short.last_hidden_state}
    numbers["pooled"] = out.text_embeds if "text_embeds" in out else plain.pooler_output
    for skip in range(1, len(out.hidden_states)):
        hidden = out.hidden_states[-skip]
        numbers[f"hidden.{skip}"] = hidden
        numbers[f"normalized.{skip}"] = text_model.final_layer_norm(hidden)
    assert len(out.hidden_states) == SIZES["num_hidden_layers"] + 1
    assert torch.equal(numbers["normalized.1"], plain.last_hidden_state)
    return numbers


def without_prefix(model):
    """Files have text_model. in front of the names or not; the encoder's own names are without."""
    return {
        name.removeprefix("text_model."): value
        for name, value in model.state_dict().items()
        if not name.endswith("position_ids")
    }


def main():
    for seed, (name, (kind, options, ids)) in enumerate(MODELS.items()):
        config = CLIPTextConfig(**SIZES, **options, architectures=[kind.__name__])
        model = randomize(kind(config), seed)
        write(
            f"clip/{name}",
            json.loads(model.config.to_json_string()),
            without_prefix(model),
            golden(model, torch.tensor(ids)),
        )

    published = dict(vocab_size=49408, max_position_embeddings=77)
    real = {
        "sd1": (CLIPTextModel, dict(hidden_size=768, num_hidden_layers=12)),
        "sd2": (CLIPTextModel, dict(hidden_size=1024, num_hidden_layers=23)),
        "sdxl": (
            CLIPTextModelWithProjection,
            dict(hidden_size=1280, num_hidden_layers=32, projection_dim=1280),
        ),
    }
    for name, (kind, options) in real.items():
        width = options["hidden_size"]
        config = CLIPTextConfig(
            **published, **options, intermediate_size=4 * width, num_attention_heads=width // 64
        )
        with torch.device("meta"):
            write_names(f"clip/names/{name}.txt.gz", without_prefix(kind(config)))


main()
