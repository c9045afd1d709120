"""Begins a training from an earlier checkpoint: as it was, or its decoder alone behind a tower that has learned since."""

import json
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn.functional import interpolate
from transformers import PaliGemmaForConditionalGeneration


def working_name(published: str) -> str:
    """The name a weight has in the running model, from the one it has in a checkpoint."""
    name = published.replace("vision_tower.vision_model.", "model.vision_tower.")
    name = name.replace("multi_modal_projector.", "model.multi_modal_projector.")
    return name.replace("language_model.model.", "model.language_model.")


DECODER, TOWER = "model.language_model.layers.", "model.vision_tower.encoder.layers."
# What a layer adds to what goes through it.
ADDED = ("self_attn.o_proj.", "mlp.down_proj.", "self_attn.out_proj.", "mlp.fc2.")


def deepened(saved: dict[str, torch.Tensor], prefix: str, layers: int, after: int | None = None) -> dict[str, torch.Tensor]:
    """A decoder or tower with more layers that says the same: the new ones, behind so many or in the middle, look as the
    next one (the last one, behind all) does but add nothing."""
    had = 1 + max(int(name[len(prefix) :].split(".")[0]) for name in saved if name.startswith(prefix))
    before = had // 2 if after is None else min(after, had)
    out = {}
    for name, value in saved.items():
        if not name.startswith(prefix):
            out[name] = value
            continue
        number, rest = name[len(prefix) :].split(".", 1)
        number = int(number)
        out[f"{prefix}{number if number < before else number + layers - had}.{rest}"] = value
        if number == min(before, had - 1):
            for new in range(before, before + layers - had):
                out[f"{prefix}{new}.{rest}"] = torch.zeros_like(value) if rest.startswith(ADDED) else value
    return out


def broadened(saved: dict[str, torch.Tensor], heads: int, width: int) -> dict[str, torch.Tensor]:
    """A decoder whose heads are `width` wide, a multiple of what they were, that says the same.

    Positions turn number i of a head together with number i + width / 2, by a speed that falls with i / width: each pair
    goes to where its speed is now. Queries ask for none of the new pairs, and nothing is made of the new values yet.
    """
    prefix = DECODER
    had = len(saved[f"{prefix}0.self_attn.k_proj.weight"])
    times = width // had
    if times == 1:
        return saved
    own = torch.cat([half + times * torch.arange(had // 2) for half in (0, width // 2)])
    out = dict(saved)
    for name, value in saved.items():
        if name.endswith("q_proj.weight") and name.startswith(prefix):
            wide = value.new_zeros(heads, width, value.shape[1])
            wide[:, own] = value.view(heads, had, -1) * times**0.5  # scores are divided by the root of the width
            out[name] = wide.flatten(0, 1)
        elif name.endswith(("k_proj.weight", "v_proj.weight")) and name.startswith(prefix):
            wide = value.std() * torch.randn(width, value.shape[1])
            wide[own] = value
            out[name] = wide
        elif name.endswith("o_proj.weight") and name.startswith(prefix):
            wide = value.new_zeros(len(value), heads, width)
            wide[:, :, own] = value.view(len(value), heads, had)
            out[name] = wide.flatten(1)
    return out


@torch.no_grad()
def adopt(model: PaliGemmaForConditionalGeneration, directory: Path, tokenizer: Tokenizer) -> None:
    """Copies what fits; stretches patches and places; takes the embedding of every piece both vocabularies have."""
    saved = {working_name(name): value.float() for name, value in load_file(str(directory / "model.safetensors")).items()}
    text, vision = model.config.text_config, model.config.vision_config
    saved = deepened(saved, TOWER, vision.num_hidden_layers, after=vision.num_hidden_layers)
    saved = broadened(deepened(saved, DECODER, text.num_hidden_layers), text.num_attention_heads, text.head_dim)
    own = {name.replace("vision_tower.vision_model.", "vision_tower."): value for name, value in model.state_dict().items()}
    vocabulary = json.loads((directory / "tokenizer.json").read_text())
    pieces = dict(vocabulary["model"]["vocab"])
    pieces.update({token["content"]: token["id"] for token in vocabulary["added_tokens"]})
    for name, value in saved.items():
        target = own[name]
        if name.endswith("embed_tokens.weight"):
            for piece, row in tokenizer.get_vocab(with_added_tokens=True).items():
                if piece in pieces:
                    target[row] = value[pieces[piece]]
        elif name.endswith("patch_embedding.weight") and value.shape != target.shape:
            scale = (value.shape[-1] / target.shape[-1]) ** 2
            target.copy_(interpolate(value, size=target.shape[-2:], mode="bilinear", align_corners=False) * scale)
        elif name.endswith("position_embedding.weight") and value.shape != target.shape:
            old, new = (round(rows**0.5) for rows in (len(value), len(target)))
            grid = value.T.reshape(1, -1, old, old)
            wider = interpolate(grid, size=(new, new), mode="bicubic", align_corners=False)
            target.copy_(wider.reshape(-1, new * new).T)
        else:
            target.copy_(value)


@torch.no_grad()
def blend(model: PaliGemmaForConditionalGeneration, earlier: PaliGemmaForConditionalGeneration, share: float) -> None:
    """Moves a model back towards the one it began from, until it is so much of itself: it keeps most of what it learned
    last, and what it forgot meanwhile comes back."""
    for own, value in zip(model.parameters(), earlier.parameters()):
        own.copy_(value + share * (own.float() - value))


@torch.no_grad()
def graft(
    model: PaliGemmaForConditionalGeneration,
    earlier: PaliGemmaForConditionalGeneration,
    see: Callable[[PaliGemmaForConditionalGeneration, torch.Tensor], torch.Tensor],
    frames: torch.Tensor,
) -> float:
    """Puts an earlier model's decoder behind a tower that was begun from that model's and has learned since.

    A decoder is lost once its tower has learned on without it, and takes a thousand steps to find its way again. Yet
    what the tower told of frames [n, channel, row, column] before, it mostly tells still, turned: so the projector
    becomes the linear map that gives what the decoder was given. Returns the share of that which it does give.
    """
    halves = frames.split(len(frames) // 2)
    weight = earlier.model.multi_modal_projector.linear.weight.double()
    wanted, told = [], []
    for half in halves:
        parts = half.split(64)
        wanted.append(torch.cat([see(earlier, part).flatten(0, 1).double() @ weight.T for part in parts]))
        now = torch.cat([see(model, part).flatten(0, 1).double() for part in parts])
        told.append(torch.cat([now, torch.ones(len(now), 1, dtype=now.dtype)], dim=1))
    small = 1e-3 * torch.eye(told[0].shape[1], dtype=torch.float64)
    turned = torch.linalg.solve(told[0].T @ told[0] + small, told[0].T @ wanted[0])
    missed = (told[1] @ turned - wanted[1]).square().sum() / (wanted[1] - wanted[1].mean(0)).square().sum()
    for (name, own), value in zip(model.named_parameters(), earlier.parameters()):
        if "vision_tower" not in name:
            own.copy_(value)
    projector = model.model.multi_modal_projector.linear
    projector.weight.copy_(turned[:-1].T)
    projector.bias.add_(turned[-1].to(projector.bias.dtype))
    return 1 - missed.item()
