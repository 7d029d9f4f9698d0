"""LoRAs and textual inversions in every published form, and what the reference makes of them.

Writes engine/src/test/resources/golden/adapters/: files for the tiny Stable Diffusion 1 of
tiny_model.py (sd1-*) and the tiny XL of families.py (xl-*), and golden.safetensors: what U-Net and
text encoders give with them. Where diffusers reads a form, it is diffusers that applied it; where
it does not (ranks and alphas that differ by layer, which this version loses on their way to PEFT, names of the
original program for a network of these sizes, kernels between two kernels), the weights were merged
here: with ranks and alphas that are the same as diffusers merges them, and each merged convolution compared
with the chain of convolutions that it stands for. Read by AdaptersGoldenTest. Run from the root of the repository:

    python tools/golden/adapters.py
"""

import base64
import copy
import functools
import json
import shutil

import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline
from peft import LoraConfig, get_peft_model
from peft.utils import get_peft_model_state_dict
from PIL import Image, PngImagePlugin
from safetensors.torch import save_file
from tiny_models import RESOURCES, normal, on_grid

TARGET = RESOURCES / "adapters"
PHRASE = "a red cat on the hill"
TAUGHT = "a Cat-Toy, on the hill"
VECTORS = 2


def opened(kind, folder):
    pipeline = kind.from_pretrained(RESOURCES / folder, dtype=torch.float32, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


@functools.cache
def original(kind, folder):
    return opened(kind, folder)


def sd1():
    return copy.deepcopy(original(StableDiffusionPipeline, "tiny/model"))


def xl():
    return copy.deepcopy(original(StableDiffusionXLPipeline, "families/sdxl/model"))


# ---------------------------------------------------------------- what is compared


def inputs(pipeline):
    generator = torch.Generator().manual_seed(23)
    config = pipeline.unet.config
    return {
        "sample": normal(generator, 1, 4, 8, 8),
        "context": normal(generator, 1, 5, config.cross_attention_dim),
        "pooled": normal(generator, 1, 10),
    }


def encoders(pipeline):
    pairs = [(pipeline.tokenizer, pipeline.text_encoder)]
    if hasattr(pipeline, "text_encoder_2"):
        pairs.append((pipeline.tokenizer_2, pipeline.text_encoder_2))
    return pairs


def features(tokenizer, encoder, phrase):
    """Of all tokens, as the family reads them, and of the text as a whole at its end."""
    ids = tokenizer(phrase, padding="max_length", truncation=True, return_tensors="pt").input_ids
    out = encoder(ids, output_hidden_states=True)
    # Encoders and tokenizers of other versions find the end by the largest id, which new words have.
    end = ids[0].tolist().index(tokenizer.eos_token_id)
    body = getattr(encoder, "text_model", encoder)
    pooled = body.final_layer_norm(out.hidden_states[-1])[:, end]
    if hasattr(encoder, "text_projection"):
        return ids, out.hidden_states[-2], encoder.text_projection(pooled)
    return ids, out.last_hidden_state, pooled


def outputs(pipeline, name, phrase=PHRASE):
    given = inputs(pipeline)
    two = hasattr(pipeline, "text_encoder_2")
    results = {}
    for index, (tokenizer, encoder) in enumerate(encoders(pipeline)):
        ids, tokens, pooled = features(tokenizer, encoder, phrase)
        if two and index == 0:
            tokens = encoder(ids, output_hidden_states=True).hidden_states[-2]
        results |= {f"{name}.text{index}": tokens, f"{name}.pooled{index}": pooled, f"{name}.ids{index}": ids}
    added = {"text_embeds": given["pooled"], "time_ids": torch.tensor([[48.0, 32, 0, 0, 48, 32]])} if two else None
    results[f"{name}.unet"] = pipeline.unet(
        given["sample"], 500, given["context"], added_cond_kwargs=added).sample
    return results


# ---------------------------------------------------------------- LoRAs by hand


def delta(factors, alpha):
    """alpha / rank * up x down, by a chain of convolutions that takes each pixel of a kernel alone."""
    down, up = factors["down"], factors["up"]
    scale = alpha / down.shape[0]
    if down.dim() == 2:
        return scale * up @ down
    inner = factors.get("mid")
    if inner is not None:
        return scale * torch.einsum("oa,abkl,bi->oikl", up[:, :, 0, 0], inner, down[:, :, 0, 0])
    if up.shape[2] > 1:
        return scale * torch.einsum("orkl,ri->oikl", up, down[:, :, 0, 0])
    return scale * torch.einsum("or,rikl->oikl", up[:, :, 0, 0], down)


def require_chain(factors, merged, alpha):
    """A kernel of a chain of convolutions is what the chain makes of a picture."""
    down, up = factors["down"], factors["up"]
    if down.dim() == 2:
        return
    picture = torch.randn(1, down.shape[1], 6, 6)
    through = picture
    for kernel in [down, factors.get("mid"), up]:
        if kernel is not None:
            through = torch.nn.functional.conv2d(through, kernel, padding=kernel.shape[2] // 2)
    once = torch.nn.functional.conv2d(picture, merged, padding=merged.shape[2] // 2)
    assert torch.allclose(once, alpha / down.shape[0] * through, atol=1e-4)


def made(layer, generator, rank, form=""):
    """Two thin tensors of a layer, or three."""
    weight = layer.weight
    out, into = weight.shape[:2]
    if weight.dim() == 2:
        return {"down": normal(generator, rank, into) / 2, "up": normal(generator, out, rank) / 2}
    side = weight.shape[2]
    if form == "mid":
        return {"down": normal(generator, rank, into, 1, 1) / 2, "mid": normal(generator, rank + 1, rank, side, side) / 2,
                "up": normal(generator, out, rank + 1, 1, 1) / 2}
    if form == "wide up":
        return {"down": normal(generator, rank, into, 1, 1) / 2, "up": normal(generator, out, rank, side, side) / 2}
    return {"down": normal(generator, rank, into, side, side) / 2, "up": normal(generator, out, rank, 1, 1) / 2}


def merge(network, path, factors, alpha, strength=1.0):
    weight = network.get_submodule(path).weight
    change = delta(factors, alpha)
    require_chain(factors, change, alpha)
    weight.data += strength * change.reshape(weight.shape)


SD1_LAYERS = [
    "down_blocks.0.attentions.0.proj_in",
    "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q",
    "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k",
    "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_out.0",
    "down_blocks.1.attentions.0.transformer_blocks.0.ff.net.0.proj",
    "mid_block.attentions.0.transformer_blocks.0.attn1.to_v",
    "up_blocks.1.attentions.0.transformer_blocks.0.ff.net.2",
]
SD1_CONVOLUTIONS = {
    "down_blocks.0.resnets.0.conv1": "",
    "down_blocks.0.downsamplers.0.conv": "mid",
    "mid_block.resnets.1.conv2": "mid",
    "up_blocks.2.resnets.0.conv_shortcut": "",
    "up_blocks.0.upsamplers.0.conv": "wide up",
    "down_blocks.1.resnets.0.time_emb_proj": "",
}
TEXT_LAYERS = ["encoder.layers.0.self_attn.q_proj", "encoder.layers.1.self_attn.out_proj", "encoder.layers.0.mlp.fc1"]
XL_LAYERS = {
    "down_blocks.1.attentions.0.transformer_blocks.1.attn1.to_q": "input_blocks_3_1_transformer_blocks_1_attn1_to_q",
    "down_blocks.1.attentions.0.proj_in": "input_blocks_3_1_proj_in",
    "down_blocks.1.resnets.0.conv_shortcut": None,
    "down_blocks.0.resnets.0.conv1": "input_blocks_1_0_in_layers_2",
    "down_blocks.0.downsamplers.0.conv": "input_blocks_2_0_op",
    "mid_block.attentions.0.transformer_blocks.0.attn2.to_v": "middle_block_1_transformer_blocks_0_attn2_to_v",
    "mid_block.resnets.1.time_emb_proj": "middle_block_2_emb_layers_1",
    "up_blocks.0.attentions.1.transformer_blocks.1.ff.net.0.proj": "output_blocks_1_1_transformer_blocks_1_ff_net_0_proj",
    "up_blocks.0.upsamplers.0.conv": "output_blocks_1_2_conv",
    "up_blocks.1.resnets.1.conv_shortcut": "output_blocks_3_0_skip_connection",
    "up_blocks.1.resnets.0.conv2": "output_blocks_2_0_out_layers_3",
}


def body(encoder):
    return getattr(encoder, "text_model", encoder)


def by_hand(layers, seed, strength=1.0, ranks=(1, 2, 3), alphas=(0.5, 1.0, 3.0)):
    """Kohya's file of random factors for layers (network, path, form, name), merged into the networks."""
    generator = torch.Generator().manual_seed(seed)
    tensors = {}
    for number, (network, path, form, name) in enumerate(layers):
        factors = made(network.get_submodule(path), generator, ranks[number % 3], form)
        alpha = alphas[number % 3]
        merge(network, path, factors, alpha, strength)
        tensors |= {f"{name}.lora_{part}.weight": value for part, value in factors.items()}
        tensors[f"{name}.alpha"] = torch.tensor(alpha)
    return tensors


def underscored(path):
    return path.replace(".", "_")


def sd1_layers(pipeline, forms):
    text = body(pipeline.text_encoder)
    return [(pipeline.unet, path, forms[path], "lora_unet_" + underscored(path)) for path in forms] + [
        (text, path, "", "lora_te_text_model_" + underscored(path)) for path in TEXT_LAYERS]


def xl_layers(pipeline):
    layers = [(pipeline.unet, path, "", "lora_unet_" + name) for path, name in XL_LAYERS.items() if name]
    for number, encoder in ((1, pipeline.text_encoder), (2, pipeline.text_encoder_2)):
        layers += [(body(encoder), path, "", f"lora_te{number}_text_model_" + underscored(path)) for path in TEXT_LAYERS]
    return layers


def write(name, tensors, metadata=None):
    tensors = {key: value.detach().contiguous().clone() for key, value in tensors.items()}
    save_file(tensors, TARGET / name, metadata or {})


def old_names(tensors):
    """The names of diffusers before it used PEFT, alpha left out: it is the rank then."""
    renamed = {}
    for key, value in tensors.items():
        path, part = key.rsplit(".lora_", 1)
        side = {"A.weight": "down.weight", "B.weight": "up.weight"}[part]
        block, layer = path.rsplit(".", 1) if not path.endswith(".0") else path[:-2].rsplit(".", 1)
        if path.startswith("unet."):
            renamed[f"{block}.processor.{layer}_lora.{side}" if ".attn" in path else f"{path}.lora.{side}"] = value
        else:
            renamed[f"{path}.lora_linear_layer.{side}"] = value
    return renamed


# ---------------------------------------------------------------- LoRAs by the libraries


def with_peft(pipeline, rank, alpha):
    """Adds adapters of random weights to a pipeline of Stable Diffusion 1."""
    generator = torch.Generator().manual_seed(31)
    for network, layers in ((pipeline.unet, ["to_q", "to_k", "to_v", "to_out.0"]), (pipeline.text_encoder, ["q_proj", "v_proj"])):
        network.add_adapter(LoraConfig(r=rank, lora_alpha=alpha, target_modules=layers, init_lora_weights=False))
        for name, parameter in network.named_parameters():
            if "lora_" in name:
                parameter.data = normal(generator, *parameter.shape) / 2
    return pipeline


def peft_states(pipeline):
    return {part: get_peft_model_state_dict(getattr(pipeline, part)) for part in ("unet", "text_encoder")}


def loaded(file, strength=1.0):
    pipeline = sd1()
    pipeline.load_lora_weights(TARGET, weight_name=file)
    pipeline.fuse_lora(lora_scale=strength)
    return pipeline


def loras(golden):
    golden |= outputs(sd1(), "sd1")
    golden |= outputs(xl(), "xl")

    merged = sd1()
    linear = by_hand(sd1_layers(merged, dict.fromkeys(SD1_LAYERS, "")), 1)
    write("sd1-kohya.safetensors", linear, {"ss_base_model_version": "sd_v1"})
    golden |= outputs(merged, "sd1-kohya")
    checked = sd1()
    write("checked.safetensors", by_hand(sd1_layers(checked, dict.fromkeys(SD1_LAYERS, "")), 1, ranks=(2, 2, 2), alphas=(2, 2, 2)))
    same(outputs(loaded("checked.safetensors"), "checked"), outputs(checked, "checked"))
    (TARGET / "checked.safetensors").unlink()
    torch.save(linear, TARGET / "sd1-kohya-pickle.pt")

    merged = sd1()
    forms = {**dict.fromkeys(SD1_LAYERS, ""), **SD1_CONVOLUTIONS}
    write("sd1-locon.safetensors", by_hand(sd1_layers(merged, forms), 2))
    golden |= outputs(merged, "sd1-locon")

    half, other = sd1(), sd1()
    half_layers = sd1_layers(half, dict.fromkeys(SD1_LAYERS, ""))
    by_hand(half_layers, 1, 0.75)
    by_hand(sd1_layers(half, forms), 2, -0.5)
    golden |= outputs(half, "sd1-both")
    only_unet = [layer for layer in sd1_layers(other, dict.fromkeys(SD1_LAYERS, ""))]
    by_hand(only_unet, 1, 0.25)
    other.text_encoder = sd1().text_encoder
    golden |= outputs(other, "sd1-unet-alone")

    adapted = with_peft(sd1(), 2, 3)
    states = peft_states(adapted)
    config = {part: getattr(adapted, part).peft_config["default"].to_dict() for part in states}
    StableDiffusionPipeline.save_lora_weights(
        TARGET, unet_lora_layers=states["unet"], text_encoder_lora_layers=states["text_encoder"],
        weight_name="sd1-diffusers.safetensors", unet_lora_adapter_metadata=config["unet"],
        text_encoder_lora_adapter_metadata=config["text_encoder"])
    golden |= outputs(adapted, "sd1-diffusers")
    same(outputs(loaded("sd1-diffusers.safetensors"), "sd1-diffusers"), golden)

    plain = with_peft(sd1(), 2, 2)
    golden |= outputs(plain, "sd1-older")
    both = {f"{part}.{key}": value for part, state in peft_states(plain).items() for key, value in state.items()}
    write("sd1-older.safetensors", old_names(both))
    same(outputs(loaded("sd1-older.safetensors"), "sd1-older"), golden)

    wrapped = sd1()
    generator = torch.Generator().manual_seed(37)
    model = get_peft_model(wrapped.unet, LoraConfig(r=2, lora_alpha=5, use_rslora=True, target_modules=["to_k", "conv1"]))
    for name, parameter in model.named_parameters():
        if "lora_" in name:
            parameter.data = normal(generator, *parameter.shape) / 2
    model.save_pretrained(TARGET / "sd1-peft")
    (TARGET / "sd1-peft/README.md").unlink()
    golden |= outputs(wrapped, "sd1-peft")

    merged = xl()
    write("xl-kohya.safetensors", by_hand(xl_layers(merged), 3), {"modelspec.architecture": "stable-diffusion-xl-v1-base/lora"})
    golden |= outputs(merged, "xl-kohya")


def same(loaded, golden):
    for name, value in loaded.items():
        assert torch.allclose(value, golden[name], atol=1e-5), name


# ---------------------------------------------------------------- textual inversions


def png(vectors):
    """A picture with a text, as A1111 writes it."""
    text = {"string_to_token": {"*": 265}, "string_to_param": {"*": {"TORCHTENSOR": vectors.tolist()}}, "name": "cat-toy"}
    info = PngImagePlugin.PngInfo()
    info.add_text("sd-ti-embedding", base64.b64encode(json.dumps(text).encode()).decode())
    Image.new("RGB", (4, 4)).save(TARGET / "inversions/picture/cat-toy.png", pnginfo=info)


def inversions(golden):
    for folder in ("a1111", "plain", "diffusers", "picture", "xl"):
        (TARGET / "inversions" / folder).mkdir(parents=True)
    vectors = normal(torch.Generator().manual_seed(41), VECTORS, 16)
    torch.save(
        {"string_to_token": {"*": torch.tensor(265)}, "string_to_param": torch.nn.ParameterDict({"*": torch.nn.Parameter(vectors)}),
         "name": "another", "step": 500, "sd_checkpoint": None, "sd_checkpoint_name": None},
        TARGET / "inversions/a1111/Cat-Toy.pt")
    write("inversions/plain/cat-toy.safetensors", {"emb_params": vectors})
    write("inversions/diffusers/learned_embeds.safetensors", {"cat-toy": vectors})
    png(vectors)
    pipeline = sd1()
    pipeline.load_textual_inversion(vectors, token="cat-toy")
    golden |= outputs(pipeline, "sd1-taught", pipeline.maybe_convert_prompt(TAUGHT.lower(), pipeline.tokenizer))

    generator = torch.Generator().manual_seed(43)
    both = {"clip_l": normal(generator, VECTORS, 8), "clip_g": normal(generator, VECTORS, 12)}
    write("inversions/xl/cat-toy.safetensors", both)
    pipeline = xl()
    for name, (tokenizer, encoder) in zip(both, encoders(pipeline)):
        pipeline.load_textual_inversion(both[name], token="cat-toy", text_encoder=encoder, tokenizer=tokenizer)
    golden |= outputs(pipeline, "xl-taught", pipeline.maybe_convert_prompt(TAUGHT.lower(), pipeline.tokenizer))


def require_telling(golden):
    """A form that changed nothing would prove nothing."""
    for name, value in golden.items():
        case, part = name.split(".")
        base = case.split("-")[0]
        if case != base and not part.startswith("ids"):
            change = (value - golden[f"{base}.{part}"]).abs().max().item()
            print(f"{name}: changes by up to {change:.3f}")


@torch.no_grad()
def main():
    torch.manual_seed(0)
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    golden = {}
    loras(golden)
    inversions(golden)
    require_telling(golden)
    for kind, pipeline in (("sd1", sd1()), ("xl", xl())):
        golden |= {f"{kind}.{name}": value for name, value in inputs(pipeline).items()}
    write("golden.safetensors", golden, {"phrase": PHRASE, "taught": TAUGHT})
    for file in TARGET.rglob("*"):
        if file.is_file():
            file.chmod(0o644)


if __name__ == "__main__":
    main()
