"""The bundled model: Hugging Face's own PaliGemma classes at a small size, and the loss of its training."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import nn
from data import BOX, LABELS, SHAPE, THING, TRACK
from transformers import GemmaConfig, PaliGemmaConfig, PaliGemmaForConditionalGeneration, SiglipVisionConfig
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS
from transformers.models.gemma.modeling_gemma import GemmaRMSNorm

SIZE = 112
PATCH = 14
GRID = SIZE // PATCH
WIDTH = 192
VOCABULARY = 3392
TOWER_LAYERS = 10
LAYERS = 8  # of the decoder, when nothing is said
HEADS = 4
# All heads share one key and value, so this is all that a layer reads out of a patch for any of them.
HEAD_WIDTH = 96


WAVES = (0.5, 1.0, 2.0, 4.0, 8.0)  # cycles over the picture


class FoldedAttention(torch.autograd.Function):
    """Attention where all heads share one key and value: heads become rows of one product, item after item.

    What an item needs stays in the cache of the processor, and its chances are computed again on the way back: 2.6
    times as fast here as products over the whole batch. query [item, head, token, width], key and value
    [item, 1, token, width], mask additive [item, 1, token, token].
    """

    @staticmethod
    def chances(query, key, mask, scaling):
        """Rows of queries [head * token, width], and where each of them looks [head * token, token]."""
        heads, tokens, width = query.shape
        rows = (query * scaling).reshape(heads * tokens, width)
        scores = torch.mm(rows, key[0].t()).view(heads, tokens, tokens).add_(mask)
        return rows, scores.softmax(-1).view(heads * tokens, tokens)

    @staticmethod
    def forward(ctx, query, key, value, mask, scaling):
        items, heads, tokens, width = query.shape
        mixed = torch.empty(items, heads * tokens, width, dtype=query.dtype)
        for i in range(items):
            _, chances = FoldedAttention.chances(query[i], key[i], mask[i], scaling)
            torch.mm(chances, value[i, 0], out=mixed[i])
        ctx.save_for_backward(query, key, value, mask, mixed)
        ctx.scaling = scaling
        return mixed.view(items, heads, tokens, width).transpose(1, 2)

    @staticmethod
    def backward(ctx, gradient):
        query, key, value, mask, mixed = ctx.saved_tensors
        items, heads, tokens, width = query.shape
        gradient = gradient.transpose(1, 2).contiguous().view(items, heads * tokens, width)
        to_query = torch.empty(items, heads * tokens, width, dtype=query.dtype)
        to_key, to_value = torch.empty_like(key), torch.empty_like(value)
        for i in range(items):
            rows, chances = FoldedAttention.chances(query[i], key[i], mask[i], ctx.scaling)
            torch.mm(chances.t(), gradient[i], out=to_value[i, 0])
            scores = torch.mm(gradient[i], value[i, 0].t())
            of_row = (gradient[i].float() * mixed[i].float()).sum(-1, keepdim=True).to(scores.dtype)
            scores.sub_(of_row).mul_(chances)
            torch.mm(scores, key[i, 0], out=to_query[i])
            torch.mm(scores.t(), rows, out=to_key[i, 0])
        return to_query.mul_(ctx.scaling).view_as(query), to_key, to_value, None, None


def folded_attention(module, query, key, value, attention_mask, scaling, **_):
    return FoldedAttention.apply(query, key, value, attention_mask, scaling), None


ALL_ATTENTION_FUNCTIONS["folded"] = folded_attention


def build(tokenizer: Tokenizer, layers: int = LAYERS) -> PaliGemmaForConditionalGeneration:
    """A PaliGemma 1 of 8.4 million parameters with random weights; each layer more of its decoder has 0.5 million."""
    image_id = tokenizer.token_to_id("<image>")
    assert image_id < VOCABULARY, "the tokenizer has more pieces than the model has rows"
    vision = SiglipVisionConfig(
        hidden_size=WIDTH,
        intermediate_size=4 * WIDTH,
        num_hidden_layers=TOWER_LAYERS,
        num_attention_heads=4,
        image_size=SIZE,
        patch_size=PATCH,
        projection_dim=WIDTH,
        vision_use_head=False,
    )
    text = GemmaConfig(
        vocab_size=VOCABULARY,
        hidden_size=WIDTH,
        intermediate_size=3 * WIDTH,
        num_hidden_layers=layers,
        num_attention_heads=HEADS,
        num_key_value_heads=1,
        head_dim=HEAD_WIDTH,
        max_position_embeddings=8192,
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=2,
    )
    config = PaliGemmaConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=image_id,
        projection_dim=WIDTH,
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=2,
    )
    config.text_config.num_image_tokens = GRID * GRID
    config._attn_implementation = "sdpa"
    config.text_config._attn_implementation = "folded"
    model = PaliGemmaForConditionalGeneration(config)
    lay_out_locations(model, tokenizer.token_to_id("<loc0000>"))
    return model


@torch.no_grad()
def lay_out_locations(model: PaliGemmaForConditionalGeneration, first: int) -> None:
    """Begins the embeddings of neighbouring locations alike, as waves of many lengths, so that they share what is learned."""
    table = model.model.language_model.embed_tokens.weight
    steps = torch.arange(Judge.LOCATIONS)[:, None] / Judge.LOCATIONS
    lengths = 0.5 * 2 ** torch.linspace(0, 6, WIDTH // 2)[None]
    waves = torch.cat([torch.sin(2 * torch.pi * lengths * steps), torch.cos(2 * torch.pi * lengths * steps)], dim=1)
    table[first : first + Judge.LOCATIONS] = waves * table.std()


@torch.no_grad()
def sharpen_locations(model: PaliGemmaForConditionalGeneration, first: int) -> None:
    """Lays the learned embeddings of locations out as waves again, turned to lie as near to the learned ones as can be.

    Where a decoder is not sure of a place, only the longest waves of the embeddings outlive its training, and it
    could never be sure again: neighbours have become the same.
    """
    rows = model.model.language_model.embed_tokens.weight[first : first + Judge.LOCATIONS]
    learned = rows.clone()
    lay_out_locations(model, first)
    middle = learned.mean(0)
    waves = rows - rows.mean(0)
    left, _, right = torch.linalg.svd(waves.T @ (learned - middle))
    waves = waves @ (left @ right)
    rows.copy_(0.5 * middle / middle.norm() + 0.7 * waves / waves.norm(dim=1, keepdim=True))


class RootMeanSquare(torch.autograd.Function):
    """Gemma's norm of x [..., width] in one piece: eight times as fast here as its single operations."""

    @staticmethod
    def forward(ctx, x, weight, eps):
        wide = x.float()
        scale = torch.rsqrt((wide * wide).mean(-1, keepdim=True) + eps)
        ctx.save_for_backward(x, weight, scale)
        return (wide * scale).mul_(1 + weight.float()).to(x.dtype)

    @staticmethod
    def backward(ctx, gradient):
        x, weight, scale = ctx.saved_tensors
        gradient = gradient.float()
        normed = x.float() * scale
        to_weight = (gradient * normed).flatten(0, -2).sum(0).to(weight.dtype)
        gradient = gradient * (1 + weight.float())
        along = (gradient * normed).mean(-1, keepdim=True)
        return gradient.sub_(normed.mul_(along)).mul_(scale).to(x.dtype), to_weight, None


GemmaRMSNorm.forward = lambda norm, x: RootMeanSquare.apply(x, norm.weight, norm.eps)


class PatchHeads(nn.Module):
    """What is told of every patch's features: one class for every label, and the box and mask of the thing there."""

    def __init__(self, sizes: dict[str, int]):
        super().__init__()
        names = ("kind", "colour", "word", "centre", "tens", "units")
        self.label = nn.ModuleDict({name: nn.Linear(WIDTH, sizes[name]) for name in names})
        # The box of what is seen of the thing in a patch: left, top, right, bottom.
        self.box = nn.Linear(WIDTH, BOX)
        self.shape = nn.Linear(WIDTH, SHAPE)
        # The same box as waves, which is how embeddings of locations begin: the decoder then needs only to copy it.
        self.waves = nn.Linear(WIDTH, BOX * 2 * len(WAVES))
        self.codes = nn.Linear(WIDTH, 16 * 128)


class Heads(nn.Module):
    """Auxiliary heads that training needs and the checkpoint leaves out."""

    def __init__(self, sizes: dict[str, int]):
        super().__init__()
        self.tower = PatchHeads(sizes)
        # The same of the decoder's states over the image tokens of a picture, so that all of it stays easy to read.
        self.decoder = PatchHeads(sizes)
        self.motion = nn.ModuleList([nn.Linear(WIDTH, sizes["motion"]) for _ in range(2)])
        # Where the thing in a patch is at the first and at the last frame: what direction is made of.
        self.track = nn.ModuleList([nn.Linear(WIDTH, TRACK) for _ in range(2)])
        # Of the decoder's states where it is about to write a location: the whole box that it writes.
        self.box = nn.ModuleList([nn.Linear(WIDTH, BOX) for _ in range(2)])
        self.waves = nn.ModuleList([nn.Linear(WIDTH, BOX * 2 * len(WAVES)) for _ in range(2)])
        # And of its states where it writes a mask, a layer before these: all of the mask's codes.
        self.codes = nn.Linear(WIDTH, 16 * 128)
        # Of the decoder's states over image tokens, which see the prompt: whether the patch shows what is to be found.
        self.asked = nn.ModuleList([nn.Linear(WIDTH, 1) for _ in range(2)])

    def find(self, states: list[torch.Tensor], wanted: torch.Tensor) -> tuple[torch.Tensor, float]:
        """Loss of what is to be found, wanted [item, patch], over two layers' states [item, patch, width], and the share
        of its patches that the last one misses or takes wrongly."""
        weight = torch.tensor(3.0)
        loss = torch.zeros(())
        for head, state in zip(self.asked, states):
            guess = head(state.float()).squeeze(-1)
            loss = loss + nn.functional.binary_cross_entropy_with_logits(guess, wanted, pos_weight=weight)
        wrong = ((guess > 0) != (wanted > 0)).sum() / wanted.sum().clamp(min=1)
        return loss, wrong.item()

    def locate(self, states: list[torch.Tensor], boxes: torch.Tensor) -> tuple[torch.Tensor, float]:
        """Loss of boxes [n, 4] in 0..1 over the states [n, 4, width] of two layers that write them, and how far off the
        last is."""
        loss = torch.zeros(())
        wanted = boxes.repeat_interleave(4, dim=0)
        for layer, state in enumerate(states):
            flat = state.flatten(0, 1).float()
            guess = self.box[layer](flat)
            away = (guess - wanted).abs().mean()
            loss = loss + 6 * away + 1.5 * (1 - overlap(guess, wanted)).mean()
            loss = loss + 2 * (self.waves[layer](flat) - as_waves(wanted)).square().mean()
        return loss, away.item()

    def follow(self, states: list[torch.Tensor], labels: torch.Tensor) -> tuple[torch.Tensor, float, float]:
        """Loss of motion over the decoder's states on image tokens, two layers of [item, token, width].

        Also the share of things' patches whose motion is right, and the mean error of tracks, of the last layer.
        """
        motion = labels[..., 4].flatten().long()
        thing = motion > 0
        tracks = labels[..., len(LABELS) : len(LABELS) + TRACK].flatten(0, -2)[thing].float() / 255
        weight = torch.ones(self.motion[0].out_features)
        weight[0] = 0.15
        loss = torch.zeros(())
        for layer, state in enumerate(states):
            flat = state.flatten(0, 1).float()
            guess = self.motion[layer](flat)
            loss = loss + 0.4 * nn.functional.cross_entropy(guess, motion, weight=weight)
            away = self.track[layer](flat[thing]) - tracks
            loss = loss + 6 * (away**2).mean()
        return loss, (guess.argmax(-1)[thing] == motion[thing]).float().mean().item(), away.abs().mean().item()


def normalise(frames: torch.Tensor) -> torch.Tensor:
    """0..255 to -1..1, as preprocessor_config.json says."""
    return frames / 127.5 - 1


def see(model: PaliGemmaForConditionalGeneration, frames: torch.Tensor) -> torch.Tensor:
    """Patch features of frames [n, channel, row, column] in 0..255: [n, patch, width]."""
    return model.model.vision_tower(pixel_values=normalise(frames).to(model.dtype)).last_hidden_state


def overlap(guess: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Generalised intersection over union of boxes [n, (left, top, right, bottom)], -1 to 1."""

    def area(box: torch.Tensor) -> torch.Tensor:
        return (box[:, 2] - box[:, 0]).clamp(min=0) * (box[:, 3] - box[:, 1]).clamp(min=0)

    low, high = torch.minimum(guess, wanted), torch.maximum(guess, wanted)
    common = area(torch.cat([high[:, :2], low[:, 2:]], dim=1))
    joined = area(guess) + area(wanted) - common + 1e-6
    around = area(torch.cat([low[:, :2], high[:, 2:]], dim=1)) + 1e-6
    return common / joined - (around - joined) / around


def as_waves(boxes: torch.Tensor) -> torch.Tensor:
    """Boxes [n, 4] in 0..1 as sines and cosines of several lengths [n, waves]."""
    turns = 2 * torch.pi * boxes.unsqueeze(-1) * torch.tensor(WAVES)
    return torch.cat([turns.sin(), turns.cos()], dim=-1).flatten(1)


def sharing(thing: torch.Tensor) -> torch.Tensor:
    """How much each patch counts [patch], of 1 in all: less where many show the same thing [patch]."""
    _, group, count = thing.unique(return_inverse=True, return_counts=True)
    weight = count[group].float().rsqrt()
    return weight / weight.sum()


def patch_loss(
    heads: PatchHeads, features: torch.Tensor, labels: torch.Tensor, codes: torch.Tensor, near: torch.Tensor
) -> tuple[torch.Tensor, dict[str, float]]:
    """Cross entropy of every patch's labels; also the shares of things' kinds and signs' words that are right, and
    how far the sides of things' boxes are off (of 1).

    codes [picture, thing, 16] are those of every thing's mask, near [code, code] the answer for each. A small thing
    has few patches and is as hard to find, so that each of these counts for more.
    """
    cross = nn.functional.cross_entropy
    flat, truth = features.flatten(0, 1).float(), labels.flatten(0, 1).long()
    thing, sign = truth[:, 4] > 0, truth[:, 2] > 0
    found = {}
    kind = heads.label["kind"](flat)
    loss = cross(kind, truth[:, 0], label_smoothing=0.02)
    if thing.any():
        loss = loss + cross(kind[thing], truth[thing, 0], label_smoothing=0.02)
        loss = loss + 0.5 * cross(heads.label["colour"](flat[thing]), truth[thing, 1])
        of_picture = torch.arange(len(labels)).repeat_interleave(labels.shape[1])[thing]
        number = truth[thing, THING] - 1
        share = sharing(of_picture * codes.shape[1] + number)
        first = len(LABELS) + TRACK
        wanted = truth[thing, first : first + BOX].float() / 255
        guess = heads.box(flat[thing])
        away = (guess - wanted).abs()
        common = overlap(guess, wanted)
        loss = loss + 10 * (share @ away).mean() + 3 * share @ (1 - common)
        found["box_iou"] = common.mean().item()
        loss = loss + 4 * share @ (heads.waves(flat[thing]) - as_waves(wanted)).square().mean(1)
        covered = truth[thing, first + BOX : THING].float() / 255
        loss = loss + 1.5 * nn.functional.binary_cross_entropy_with_logits(heads.shape(flat[thing]), covered)
        spelt = codes[of_picture, number].flatten()
        coded = heads.codes(flat[thing]).view(-1, 128)
        loss = loss + 0.7 * cross(coded, near[spelt])
        found["code_right"] = (coded.argmax(-1) == spelt).float().mean().item()
        found["patch_right"] = (kind[thing].argmax(-1) == truth[thing, 0]).float().mean().item()
        found["box_off"] = away.mean().item()
    if sign.any():
        word = heads.label["word"](flat[sign])
        loss = loss + 1.5 * cross(word, truth[sign, 2])
        for name in ("tens", "units"):
            loss = loss + 0.75 * cross(heads.label[name](flat[sign]), truth[sign, LABELS.index(name)])
        found["word_right"] = (word.argmax(-1) == truth[sign, 2]).float().mean().item()
    loss = loss + 0.5 * cross(heads.label["centre"](flat), truth[:, 3], weight=torch.tensor([1.0, 4.0]))
    return loss, found


@dataclass
class Sheet:
    """Prompts and answers behind the image tokens of each item; T text tokens, all = image tokens + T."""

    ids: torch.Tensor  # [item, T]
    positions: torch.Tensor  # [item, all], every prompt starts right behind the image tokens
    mask: torch.Tensor  # [item, 1, all, all], additive
    targets: torch.Tensor  # [item, T], -100 outside of answers
    pairs: torch.Tensor  # [item, T], which pair of the batch a target belongs to
    lengths: torch.Tensor  # [item], of image tokens and text


class Told(NamedTuple):
    """A prompt, its answer, and the answer as the decoder is shown it while it learns to go on: of as many tokens."""

    prompt: str
    answer: str
    shown: str


class Speller:
    """Turns prompts and answers into padded ids with the prefix-LM mask.

    Several pairs may share the image tokens of one item. Each sees the image tokens and itself alone; the image
    tokens see the first pair's prompt, as they do where a pair stands alone. So the first pair is exactly what the
    model will meet, and the others cost a tenth of it.
    """

    def __init__(self, tokenizer: Tokenizer):
        self.tokenizer = tokenizer
        self.newline = tokenizer.encode("\n").ids

    def sheet(self, items: list[list[Told]], image_tokens: int) -> Sheet:
        rows = []
        for item in items:
            row = []
            for prompt, answer, shown in item:
                prefix = [2, *self.tokenizer.encode(prompt).ids, *self.newline]
                suffix = [*self.tokenizer.encode(answer).ids, 1]
                row.append((prefix, suffix, suffix[:-1] if shown == answer else self.tokenizer.encode(shown).ids))
            rows.append(row)
        longest = max(sum(len(p) + len(s) - 1 for p, s, _ in row) for row in rows)
        total = image_tokens + longest
        ids = torch.zeros(len(rows), longest, dtype=torch.long)
        targets = torch.full((len(rows), longest), -100)
        pairs = torch.zeros(len(rows), longest, dtype=torch.long)
        positions = torch.arange(1, total + 1).repeat(len(rows), 1)
        segment = torch.zeros(len(rows), total, dtype=torch.long)
        prefixed = torch.zeros(len(rows), total, dtype=torch.bool)
        segment[:, image_tokens:] = -1
        lengths = torch.zeros(len(rows), dtype=torch.long)
        pair = 0
        for i, row in enumerate(rows):
            at = 0
            for number, (prefix, suffix, shown) in enumerate(row):
                whole = [*prefix, *shown]
                end = at + len(whole)
                ids[i, at:end] = torch.tensor(whole)
                targets[i, at + len(prefix) - 1 : end] = torch.tensor(suffix)
                pairs[i, at:end] = pair
                positions[i, image_tokens + at : image_tokens + end] = torch.arange(1, len(whole) + 1) + image_tokens
                segment[i, image_tokens + at : image_tokens + end] = number + 1
                prefixed[i, image_tokens + at : image_tokens + at + len(prefix)] = True
                at, pair = end, pair + 1
            lengths[i] = image_tokens + at
        of, to = segment.unsqueeze(2), segment.unsqueeze(1)
        causal = torch.ones(total, total, dtype=torch.bool).tril()
        allowed = (to == 0) | ((of == to) & (prefixed.unsqueeze(1) | causal))
        allowed |= (of == 0) & (to == 1) & prefixed.unsqueeze(1)
        mask = torch.zeros(allowed.shape).masked_fill_(~allowed, -1e9)
        return Sheet(ids, positions, mask.unsqueeze(1), targets, pairs, lengths)


class Read(NamedTuple):
    """What the decoder makes of image tokens followed by the text."""

    hidden_states: list[torch.Tensor]  # of every layer [item, all, width], the last one normed
    last_hidden_state: torch.Tensor


def read(model: PaliGemmaForConditionalGeneration, image: torch.Tensor, sheet: Sheet, parts: int = 4) -> Read:
    """All hidden states of the decoder over image tokens [item, token, width] followed by the text; 0 behind its end.

    Texts are of very different lengths: they are read in parts of like length, so that few are filled up to the longest.
    """
    language = model.model.language_model
    embeds = torch.cat([image, language.embed_tokens(sheet.ids).to(image.dtype)], dim=1)
    order = sheet.lengths.argsort()
    states = []
    for chosen in order.chunk(parts):
        end = int(sheet.lengths[chosen].max())
        out = language(
            inputs_embeds=embeds[chosen, :end],
            attention_mask=sheet.mask[chosen, :, :end, :end].to(embeds.dtype),
            position_ids=sheet.positions[chosen, :end],
            output_hidden_states=True,
            use_cache=False,
        )
        rest = embeds.shape[1] - end
        states.append([nn.functional.pad(state, (0, 0, 0, rest)) for state in out.hidden_states])
    back = order.argsort()
    joined = [torch.cat(layer)[back] for layer in zip(*states)]
    return Read(joined, joined[-1])


class Judge:
    """The loss of answers. A location that is near the right one is nearly right; any other token is right or wrong."""

    LOCATIONS = 1024
    # Standard deviations of what counts as near, in steps of a 1024th, a third of the target each. Without the first,
    # which is the place alone, no location would ever be likelier than a word.
    SPREADS = (0.3, 5.0, 20.0)

    def __init__(self, tokenizer: Tokenizer, near_codes: torch.Tensor):
        self.near_codes = near_codes
        self.first = tokenizer.token_to_id("<loc0000>")
        self.codes = tokenizer.token_to_id("<seg000>")
        steps = torch.arange(self.LOCATIONS).float()
        squares = (steps[:, None] - steps[None]) ** 2
        self.near = sum(torch.softmax(-squares / (2 * spread**2), dim=1) for spread in self.SPREADS) / len(self.SPREADS)

    def loss(self, model, heads: Heads, out, sheet: Sheet):
        """Cross entropy over the answers' ids, masks' apart from the others'; the loss of the boxes and masks that the states on the way hold; which
        pairs are right in every id (locations: within 3 %); and how far locations are off (of 1), in ids and in
        states, and how many mask codes are right."""
        text = slice(-sheet.targets.shape[1], None)
        wanted = sheet.targets != -100
        targets = sheet.targets[wanted]
        states = [out.hidden_states[layer][:, text][wanted] for layer in (-3, -2, -1)]
        logits = model.lm_head(out.last_hidden_state[:, text][wanted]).float()
        guess = logits.argmax(-1)
        placed = (targets >= self.first) & (targets < self.first + self.LOCATIONS)
        coded = (targets >= self.codes) & (targets < self.codes + 128)
        word = ~placed & ~coded
        plain = nn.functional.cross_entropy(logits[word], targets[word], label_smoothing=0.02, reduction="sum")
        masked = torch.zeros(())
        wrong = guess != targets
        held = torch.zeros(())
        found = {}
        if placed.any():
            where = targets[placed] - self.first
            chances = logits[placed].log_softmax(-1)[:, self.first : self.first + self.LOCATIONS]
            plain = plain - (self.near[where] * chances).sum()
            off = (guess[placed] - targets[placed]).abs().clamp(max=self.LOCATIONS)
            wrong[placed] = off > 0.03 * self.LOCATIONS
            found["loc_off"] = off.float().mean().item() / self.LOCATIONS
            boxes = where.view(-1, 4).float() / self.LOCATIONS
            held, found["held_off"] = heads.locate([state[placed].view(-1, 4, WIDTH) for state in states[1:]], boxes)
        if coded.any():
            which = targets[coded] - self.codes
            chances = logits[coded].log_softmax(-1)[:, self.codes : self.codes + 128]
            masked = -(self.near_codes[which] * chances).sum(-1).mean()
            found["seg_right"] = (guess[coded] == targets[coded]).float().mean().item()
            whole = which.view(-1, 16).repeat_interleave(16, dim=0)
            held_codes = heads.codes(states[0][coded].float()).view(-1, 16, 128)
            held = held + nn.functional.cross_entropy(held_codes.flatten(0, 1), self.near_codes[whole.flatten()])
            found["held_right"] = (held_codes.argmax(-1) == whole).float().mean().item()
        pairs = sheet.pairs[wanted]
        misses = torch.zeros(int(pairs.max()) + 1, dtype=torch.long).index_add_(0, pairs, wrong.long())
        return plain / (~coded).sum() + masked, held, misses == 0, found


def export(model: PaliGemmaForConditionalGeneration, source: Path, directory: Path) -> None:
    """Writes the checkpoint in bfloat16 in the Hugging Face layout, with the names released checkpoints have."""
    import shutil

    from safetensors.torch import save_file

    directory.mkdir(parents=True, exist_ok=True)
    renamed = {}
    for name, value in model.state_dict().items():
        if name == "lm_head.weight":
            continue
        name = name.replace("model.vision_tower.", "vision_tower.vision_model.").replace("vision_model.vision_model.", "vision_model.")
        name = name.replace("model.multi_modal_projector.", "multi_modal_projector.")
        name = name.replace("model.language_model.", "language_model.model.")
        renamed[name] = value.detach().to(torch.bfloat16).contiguous()
    weights = directory / "model.safetensors"
    save_file(renamed, str(weights), metadata={"format": "pt"})
    weights.chmod(0o644)
    config = model.config
    text, vision = config.text_config, config.vision_config
    document = {
        "architectures": ["PaliGemmaForConditionalGeneration"],
        "model_type": "paligemma",
        "bos_token_id": 2,
        "eos_token_id": 1,
        "pad_token_id": 0,
        "hidden_size": WIDTH,
        "ignore_index": -100,
        "image_token_index": config.image_token_id,
        "projection_dim": WIDTH,
        "torch_dtype": "bfloat16",
        "text_config": {
            "model_type": "gemma",
            "vocab_size": text.vocab_size,
            "num_image_tokens": GRID * GRID,
            "hidden_size": text.hidden_size,
            "intermediate_size": text.intermediate_size,
            "num_hidden_layers": text.num_hidden_layers,
            "num_attention_heads": text.num_attention_heads,
            "num_key_value_heads": text.num_key_value_heads,
            "head_dim": text.head_dim,
        },
        "vision_config": {
            "model_type": "siglip_vision_model",
            "num_image_tokens": GRID * GRID,
            "projection_dim": WIDTH,
            "vision_use_head": False,
            "hidden_size": vision.hidden_size,
            "intermediate_size": vision.intermediate_size,
            "num_hidden_layers": vision.num_hidden_layers,
            "num_attention_heads": vision.num_attention_heads,
            "image_size": SIZE,
            "patch_size": PATCH,
        },
    }
    (directory / "config.json").write_text(json.dumps(document, indent=1) + "\n")
    processor = {
        "do_convert_rgb": None,
        "do_normalize": True,
        "do_rescale": True,
        "do_resize": True,
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "image_processor_type": "SiglipImageProcessor",
        "image_seq_length": GRID * GRID,
        "processor_class": "PaliGemmaProcessor",
        "resample": 3,
        "rescale_factor": 0.00392156862745098,
        "size": {"height": SIZE, "width": SIZE},
    }
    (directory / "preprocessor_config.json").write_text(json.dumps(processor, indent=1) + "\n")
    (directory / "generation_config.json").write_text(
        json.dumps({"bos_token_id": 2, "eos_token_id": 1, "pad_token_id": 0}, indent=1) + "\n"
    )
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(source / name, directory / name)
