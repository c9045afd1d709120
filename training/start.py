"""Begins a training from an earlier checkpoint whose picture, patches or tokenizer may have been others."""

import json
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


@torch.no_grad()
def adopt(model: PaliGemmaForConditionalGeneration, directory: Path, tokenizer: Tokenizer) -> None:
    """Copies what fits; stretches patches and places; takes the embedding of every piece both vocabularies have."""
    saved = {working_name(name): value.float() for name, value in load_file(str(directory / "model.safetensors")).items()}
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
