"""A pipeline's tensors under the names of the original single-file checkpoints.

As a module, what the scripts of single files share: original() gives such a file's tensors, and
verify() has diffusers' own conversion turn them back. As a script, writes the names and shapes of
the published files to engine/src/test/resources/golden/original/{sd2,sdxl,refiner}.txt.gz, a line
for each, of networks that are never filled with numbers; OriginalModelTest reads them, and sd1.txt.gz
beside them, the list of a published file. Run from the repository's root:

    python tools/golden/original_names.py
"""

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders import single_file_utils as reference
from tiny_models import write_names
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

UNET = "model.diffusion_model."
AUTOENCODER = "first_stage_model."
ENDS = {
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
RESIDUAL = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
MIDDLE = {"resnets.0": "0", "attentions.0": "1", "resnets.1": "2"}


def unet_name(config, name):
    for ours, theirs in ENDS.items():
        if name.startswith(ours + "."):
            return theirs + name[len(ours) :]
    per_level = config.layers_per_block + 1
    path = name.split(".")
    if path[0] == "mid_block":
        block = "middle_block." + MIDDLE[".".join(path[1:3])]
        rest = path[3:]
    elif path[2] == "downsamplers":
        return f"input_blocks.{(int(path[1]) + 1) * per_level}.0.op.{path[-1]}"
    elif path[2] == "upsamplers":
        attends = config.up_block_types[int(path[1])] == "CrossAttnUpBlock2D"
        return f"output_blocks.{(int(path[1]) + 1) * per_level - 1}.{1 + attends}.conv.{path[-1]}"
    else:
        down = path[0] == "down_blocks"
        number = int(path[1]) * per_level + int(path[3]) + down
        block = f"{'input' if down else 'output'}_blocks.{number}.{int(path[2] == 'attentions')}"
        rest = path[4:]
    return ".".join([block, RESIDUAL.get(rest[0], rest[0]), *rest[1:]])


def autoencoder_tensor(config, name, value):
    path = name.split(".")
    if len(path) < 3:
        return name, value
    half = path[0]
    if path[1] == "conv_norm_out":
        return f"{half}.norm_out.{path[-1]}", value
    if path[1] == "mid_block" and path[2] == "attentions":
        layer = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out": "proj_out"}[path[4]]
        kernel = value[:, :, None, None] if value.dim() == 2 else value
        return f"{half}.mid.attn_1.{layer}.{path[-1]}", kernel
    rest = ".".join(path[-2:]).replace("conv_shortcut", "nin_shortcut")
    if path[1] == "mid_block":
        return f"{half}.mid.block_{int(path[3]) + 1}.{rest}", value
    if path[1] == "down_blocks":
        place = "downsample" if path[3] == "downsamplers" else f"block.{path[4]}"
        return f"{half}.down.{path[2]}.{place}.{rest}", value
    if path[1] == "up_blocks":
        level = len(config.block_out_channels) - 1 - int(path[2])
        place = "upsample" if path[3] == "upsamplers" else f"block.{path[4]}"
        return f"{half}.up.{level}.{place}.{rest}", value
    return name, value


def clip(state):
    return {"transformer.text_model." + name.removeprefix("text_model."): value for name, value in state.items()}


def open_clip(state):
    state = {name.removeprefix("text_model."): value for name, value in state.items()}
    renamed = {}
    for name, value in state.items():
        if ".self_attn." in name and ".out_proj." not in name:
            block, layer, kind = name.split(".self_attn.")[0], *name.split(".")[-2:]
            if layer == "q_proj":
                parts = [state[f"{block}.self_attn.{part}_proj.{kind}"] for part in "qkv"]
                number = block.split(".")[-1]
                renamed[f"model.transformer.resblocks.{number}.attn.in_proj_{kind}"] = torch.cat(parts)
        elif name == "text_projection.weight":
            renamed["model.text_projection"] = value.T.contiguous()
        elif name.startswith("embeddings.token"):
            renamed["model.token_embedding.weight"] = value
        elif name.startswith("embeddings.position"):
            renamed["model.positional_embedding"] = value
        elif name.startswith("final_layer_norm"):
            renamed["model.ln_final." + name.split(".")[-1]] = value
        else:
            for ours, theirs in {
                "encoder.layers": "transformer.resblocks",
                "layer_norm1": "ln_1",
                "layer_norm2": "ln_2",
                "self_attn.out_proj": "attn.out_proj",
                "mlp.fc1": "mlp.c_fc",
                "mlp.fc2": "mlp.c_proj",
            }.items():
                name = name.replace(ours, theirs)
            renamed["model." + name] = value
    return renamed


def under(prefix, tensors):
    return {prefix + name: value for name, value in tensors.items()}


def original(unet, autoencoder, texts):
    """texts: prefix of each encoder, such as "cond_stage_model.", with its tensors already named."""
    tensors = {UNET + unet_name(unet.config, name): value for name, value in unet.state_dict().items()}
    for name, value in autoencoder.state_dict().items():
        name, value = autoencoder_tensor(autoencoder.config, name, value)
        tensors[AUTOENCODER + name] = value
    for prefix, text in texts.items():
        tensors.update(under(prefix, text))
    return tensors


def verify(tensors, unet, autoencoder):
    """The reference's conversion gives the networks' own tensors back."""
    back = reference.convert_ldm_unet_checkpoint(dict(tensors), dict(unet.config))
    same(back, unet.state_dict())
    back = reference.convert_ldm_vae_checkpoint(dict(tensors), dict(autoencoder.config))
    same(back, autoencoder.state_dict())


def same(actual, expected):
    assert actual.keys() == expected.keys(), actual.keys() ^ expected.keys()
    for name, value in expected.items():
        assert actual[name].shape == value.shape, name
        assert value.is_meta or torch.equal(actual[name], value), name


def attending(*attend):
    return dict(
        down_block_types=["CrossAttnDownBlock2D" if yes else "DownBlock2D" for yes in attend],
        up_block_types=["CrossAttnUpBlock2D" if yes else "UpBlock2D" for yes in reversed(attend)],
    )


def published_unet(kind):
    sizes = {
        "sd1": dict(block_out_channels=[320, 640, 1280, 1280], **attending(1, 1, 1, 0), attention_head_dim=8,
                    cross_attention_dim=768),
        "sd2": dict(block_out_channels=[320, 640, 1280, 1280], **attending(1, 1, 1, 0),
                    attention_head_dim=[5, 10, 20, 20], cross_attention_dim=1024, use_linear_projection=True),
        "sdxl": dict(block_out_channels=[320, 640, 1280], **attending(0, 1, 1), attention_head_dim=[5, 10, 20],
                     transformer_layers_per_block=[1, 2, 10], cross_attention_dim=2048, use_linear_projection=True,
                     addition_embed_type="text_time", addition_time_embed_dim=256,
                     projection_class_embeddings_input_dim=2816),
        "refiner": dict(block_out_channels=[384, 768, 1536, 1536], **attending(0, 1, 1, 0),
                        attention_head_dim=[6, 12, 24, 24], transformer_layers_per_block=4, cross_attention_dim=1280,
                        use_linear_projection=True, addition_embed_type="text_time", addition_time_embed_dim=256,
                        projection_class_embeddings_input_dim=2560),
    }[kind]
    return UNet2DConditionModel(**sizes)


def published_autoencoder():
    return AutoencoderKL(
        block_out_channels=(128, 256, 512, 512),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=2,
    )


def published_text(kind):
    width, layers, projection = {"l": (768, 12, 768), "h": (1024, 24, 1024), "g": (1280, 32, 1280)}[kind]
    model = CLIPTextModel if kind == "l" else CLIPTextModelWithProjection
    return model(
        CLIPTextConfig(
            hidden_size=width,
            intermediate_size=4 * width,
            num_hidden_layers=layers,
            num_attention_heads=width // 64,
            projection_dim=projection,
            hidden_act="quick_gelu" if kind == "l" else "gelu",
        )
    )


def main():
    with torch.device("meta"):
        l, h, g = (published_text(kind).state_dict() for kind in "lhg")
        scalar = torch.empty(())
        positions = torch.empty(1, 77, dtype=torch.int64)
        texts = {
            "sd1": {"cond_stage_model.": {**clip(l), "transformer.text_model.embeddings.position_ids": positions}},
            "sd2": {"cond_stage_model.": {**open_clip(h), "model.logit_scale": scalar}},
            "sdxl": {
                "conditioner.embedders.0.": {**clip(l), "transformer.text_model.embeddings.position_ids": positions},
                "conditioner.embedders.1.": {**open_clip(g), "model.logit_scale": scalar},
            },
            "refiner": {"conditioner.embedders.0.": {**open_clip(g), "model.logit_scale": scalar}},
        }
        autoencoder = published_autoencoder()
        for kind, text in texts.items():
            unet = published_unet(kind)
            tensors = original(unet, autoencoder, text)
            verify(tensors, unet, autoencoder)
            if kind == "sdxl":
                tensors["denoiser.sigmas"] = torch.empty(1000)
            if kind == "sd1":
                check_published(tensors)
            else:
                write_names(f"original/{kind}.txt.gz", tensors)


def check_published(tensors):
    """What this script names is what a published file has, whose list was not made by it."""
    import gzip

    listed = gzip.open("engine/src/test/resources/golden/original/sd1.txt.gz", "rt").read().splitlines()
    named = {f"{name} {list(value.shape)}" for name, value in tensors.items()}
    assert set(listed) == named, set(listed) ^ named
    print("sd1: the same", len(listed), "names and shapes")


if __name__ == "__main__":
    main()
