"""The bundled model's mask coder: 64 x 64 pixels to 16 codes of 128, and the decoder that PaliGemma has for them.

A code stands for what one of 4 x 4 cells of a box looks like. Released PaliGemmas took theirs from an encoder that sees
the whole mask, so that a box a few pixels off changes nearly every code; here codes are the means of clusters of
cells, which a shift changes little, and a wrong code is mostly one that looks much the same.

`python training/masks.py` draws the silhouettes if there are none yet, then trains, going on where it was stopped;
`--said` goes on with what a trained model says (`said-masks.ts`), so that its mistakes look like what it mistook;
`--score` measures models/nano/mask-decoder.npz on held-out silhouettes, `--export` writes it.
"""

import argparse
import math
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HERE = Path(__file__).parent
RUN = HERE / "runs/masks"
CODER = HERE.parent / "models/nano/mask-decoder.npz"
SIDE, GRID, CODES, CODE_WIDTH = 64, 4, 128, 512
CELL = 8  # numbers each way that a cell is looked at with
RECORD = 2 + SIDE * SIDE  # as world/mask-stream.ts writes them
SOURCES = ("kinds of the world", "other icons", "signs", "icons never seen")
# Half the width is twice the speed where the processor knows the type, and a hundredth of it elsewhere.
BFLOAT16 = torch.cpu._is_avx512_bf16_supported()
# How far a model's boxes are off, of a side; masks are coded within such boxes too.
OFF = 0.06


class Residual(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(width, width, 1),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.net(x)


def double(inside: int, outside: int) -> nn.Module:
    return nn.ConvTranspose2d(inside, outside, 4, stride=2, padding=1)


class Decoder(nn.Module):
    """The entries are named and shaped as in big_vision's vae-oid.npz, which `state_dict` therefore gives."""

    def __init__(self):
        super().__init__()
        relu = nn.ReLU
        self.decoder = nn.Sequential(
            *(nn.Conv2d(CODE_WIDTH, 128, 1), relu(), Residual(128), Residual(128)),
            *(double(128, 128), relu(), double(128, 64), relu(), double(64, 32), relu(), double(32, 16), relu()),
            nn.Conv2d(16, 1, 1),
        )
        self._vq_vae = nn.Module()
        self._vq_vae._embedding = nn.Parameter(torch.zeros(CODES, CODE_WIDTH))

    def forward(self, codes: torch.Tensor) -> torch.Tensor:
        """int64 [n, 16] to [n, 64, 64], the mask where above 0."""
        spread = self._vq_vae._embedding[codes].unflatten(1, (GRID, GRID)).permute(0, 3, 1, 2)
        return self.decoder(spread.contiguous(memory_format=torch.channels_last)).squeeze(1)


def cells_of(masks: torch.Tensor) -> torch.Tensor:
    """Masks [n, 64, 64] in 0..1 as what their cells look like, with a little of what is around: [n, 16, 64]."""
    shrunk = F.avg_pool2d(masks.unsqueeze(1), 4, stride=2, padding=1)
    return shrunk.view(-1, GRID, CELL, GRID, CELL).permute(0, 1, 3, 2, 4).reshape(-1, GRID**2, CELL**2)


def nearest(cells: torch.Tensor, centres: torch.Tensor) -> torch.Tensor:
    """The numbers of the centres [code, 64] that cells [..., 64] are nearest to, [...]."""
    flat = cells.reshape(-1, cells.shape[-1])
    # A cell's own square is the same for every code.
    found = [(centres.square().sum(1) - 2 * part @ centres.T).argmin(1) for part in flat.split(65536)]
    return torch.cat(found).reshape(cells.shape[:-1])


def clusters(cells: torch.Tensor, rounds: int = 25) -> torch.Tensor:
    """Centres of k-means over cells [n, 64], begun far apart (k-means++): [code, 64]."""
    some = cells[torch.randperm(len(cells))[:20_000]]
    centres = [some.mean(0)]
    distance = (some - centres[0]).square().sum(1)
    for _ in range(CODES - 1):
        centres.append(some[torch.multinomial(distance, 1).item()])
        distance = torch.minimum(distance, (some - centres[-1]).square().sum(1))
    centres = torch.stack(centres)
    for _ in range(rounds):
        chosen = nearest(cells, centres)
        count = torch.bincount(chosen, minlength=CODES)[:, None]
        sums = torch.zeros_like(centres).index_add_(0, chosen, cells)
        centres = torch.where(count > 0, sums / count.clamp(min=1), centres)
    return centres


def seen_within(masks: torch.Tensor, boxes: torch.Tensor) -> torch.Tensor:
    """What of masks [n, 64, 64] lies in boxes [n, (left, top, right, bottom)], whose unit is the mask itself."""
    left, top, right, bottom = boxes.unsqueeze(-1).unbind(1)
    steps = (torch.arange(SIDE) + 0.5) / SIDE
    x, y = (left + (right - left) * steps) * 2 - 1, (top + (bottom - top) * steps) * 2 - 1
    grid = torch.stack(torch.broadcast_tensors(x[:, None, :], y[:, :, None]), dim=-1)
    return F.grid_sample(masks.unsqueeze(1), grid, padding_mode="zeros", align_corners=False).squeeze(1)


def boxes_off(count: int, spread: float, generator: torch.Generator | None = None) -> torch.Tensor:
    """Boxes [count, 4] that are meant to be 0, 0, 1, 1, each side `spread` off (standard deviation)."""
    return torch.tensor([0.0, 0.0, 1.0, 1.0]) + spread * torch.randn(count, 4, generator=generator)


class MaskCoder:
    """The trained coder, for whoever needs the codes of true masks."""

    def __init__(self, path: Path = CODER):
        with np.load(path) as entries:
            arrays = {name: torch.from_numpy(entries[name]).float() for name in entries.files}
        self.centres = arrays.pop("cells")
        self.decoder = Decoder().eval()
        self.decoder.load_state_dict(arrays)
        self.decoder.to(memory_format=torch.channels_last)
        distance = torch.cdist(self.centres, self.centres).square()
        others = distance.masked_fill(torch.eye(CODES, dtype=torch.bool), torch.inf)
        # What a model should answer where a code is right [code, code]: mostly that one, else what looks much the same.
        self.near = 0.7 * torch.eye(CODES) + 0.3 * torch.softmax(-distance / others.min(1).values.median(), dim=1)

    @torch.inference_mode()
    def codes(self, masks: torch.Tensor, boxes: torch.Tensor | None = None) -> torch.Tensor:
        """uint8 [n, 64, 64], 0 outside and 255 inside (edges between), to int64 [n, 16], row by row; of what lies in
        boxes, as `seen_within`, where they are given."""
        if masks.dtype != torch.uint8 or masks.shape[1:] != (SIDE, SIDE):
            raise ValueError(f"masks must be uint8 [n, 64, 64], not {masks.dtype} {list(masks.shape)}")
        shares = masks.float() / 255
        return nearest(cells_of(shares if boxes is None else seen_within(shares, boxes)), self.centres)

    @torch.inference_mode()
    def masks(self, codes: torch.Tensor) -> torch.Tensor:
        """int64 [n, 16] to float [n, 64, 64]: the mask is where it is above 0."""
        return torch.cat([self.decoder(part) for part in codes.split(256)])


def draw(name: str, seed: int, step: int, count: int) -> subprocess.Popen | None:
    path = RUN / f"{name}.bin"
    if path.exists() and path.stat().st_size >= count * RECORD:
        return None
    stream = str(HERE / "world/mask-stream.ts")
    command = ["node", "--import", "tsx", stream, "--seed", str(seed), "--step", str(step), "--count", str(count)]
    with path.open("wb") as out:
        return subprocess.Popen(command, stdout=out, cwd=HERE.parent)


def load(*names: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Masks uint8 [n, 64, 64], the longer side each had in pixels [n], what was drawn [n] (as SOURCES)."""
    parts = [np.fromfile(RUN / f"{name}.bin", np.uint8) for name in names]
    records = np.concatenate([part[: len(part) // RECORD * RECORD].reshape(-1, RECORD) for part in parts])
    return (
        torch.from_numpy(records[:, 2:].reshape(-1, SIDE, SIDE)),
        torch.from_numpy(records[:, 0].copy()),
        torch.from_numpy(records[:, 1].copy()),
    )


def overlap(out: torch.Tensor, shares: torch.Tensor) -> torch.Tensor:
    """Intersection over union of each mask, [n]."""
    mine, true = (out > 0).flatten(1), (shares > 0.5).flatten(1)
    return (mine & true).sum(1) / (mine | true).sum(1).clamp(min=1)


def loss_of(out: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Squared error, none for what lies beyond -1 or 1 on the right side, and the soft intersection over union."""
    error = out - target
    beyond = (target.abs() > 0.99) & (error * target > 0)
    squared = error.masked_fill(beyond, 0).square().mean()
    mine, true = ((x.clamp(-1, 1) + 1).flatten(1) for x in (out, target))
    soft = 1 - torch.minimum(mine, true).sum(1) / torch.maximum(mine, true).sum(1).clamp(min=1e-3)
    return squared + 0.5 * soft.mean()


@dataclass
class Said:
    """What a model said when it was asked for masks, as said-masks.ts writes it."""

    PICTURE = 112
    codes: torch.Tensor  # [n, 16]
    shares: torch.Tensor  # [n, 64, 64] in 0..1, what lies in the boxes that it said

    @classmethod
    def read(cls, path: Path) -> "Said":
        side = cls.PICTURE
        records = np.fromfile(path, np.uint8).reshape(-1, GRID**2 + 16 + side * side // 8)
        bits = np.unpackbits(records[:, GRID**2 + 16 :], axis=1, bitorder="little")
        boxes = torch.from_numpy(records[:, GRID**2 : GRID**2 + 16].copy().view(np.float32))
        pictures = torch.from_numpy(bits.reshape(-1, side, side))
        shares = [seen_within(some.float(), box) for some, box in zip(pictures.split(1024), boxes.split(1024))]
        return cls(torch.from_numpy(records[:, : GRID**2].astype(np.int64)), torch.cat(shares))


def listen(path: Path, steps: int = 600, rate: float = 5e-4, kept: int = 1000) -> None:
    """Goes on with the decoder in CODER: half of each batch what a model said, half true codes. The last are kept to score."""
    said, masks, coder = Said.read(path), load("a")[0], MaskCoder()
    decoder = coder.decoder.train()
    optimiser = torch.optim.AdamW(decoder.parameters(), lr=rate, weight_decay=0.01)

    def score() -> str:
        with torch.inference_mode():
            out = torch.cat([decoder(part) for part in said.codes[-kept:].split(256)])
        return f"{overlap(out, said.shares[-kept:]).mean():.4f}"

    print(f"{len(said.codes)} masks said; IoU in their boxes {score()}")
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 20) * max(0.02, 1 - step / steps)
        chosen = torch.randint(len(said.codes) - kept, (48,))
        true = masks[torch.randint(len(masks), (48,))].float() / 255
        true = seen_within(true, boxes_off(len(true), OFF))
        codes = torch.cat([said.codes[chosen], nearest(cells_of(true), coder.centres)])
        with torch.autocast("cpu", torch.bfloat16, enabled=BFLOAT16):
            out = decoder(codes)
        loss = loss_of(out.float(), 2 * torch.cat([said.shares[chosen], true]) - 1)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimiser.step()
        if step % 100 == 99:
            print(f"step {step + 1} loss {loss.item():.3f} IoU in their boxes {score()}", flush=True)
    write(CODER, decoder.state_dict() | {"cells": coder.centres})


def write(path: Path, entries: dict[str, torch.Tensor]) -> None:
    np.savez_compressed(path, **{name: value.contiguous().numpy().astype(np.float16) for name, value in sorted(entries.items())})
    print(f"{path}: {path.stat().st_size} bytes, {len(entries)} entries")


class Trainer:
    def __init__(self, options):
        self.options = options
        torch.manual_seed(options.seed)
        self.masks = load("a")[0]
        self.decoder = Decoder().to(memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(
            self.decoder.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.step, self.seconds = 0, 0.0
        if (RUN / "state.pt").exists():
            state = torch.load(RUN / "state.pt", weights_only=True)
            self.decoder.load_state_dict(state["decoder"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.centres, self.step, self.seconds = state["centres"], state["step"], state["seconds"]
            return
        self.centres = MaskCoder().centres if options.keep_codes else self.first_centres()
        # Cells that look alike begin alike.
        table = (self.centres - self.centres.mean(0)) @ torch.randn(CELL**2, CODE_WIDTH)
        self.decoder._vq_vae._embedding.data.copy_(table / table.std())

    def first_centres(self) -> torch.Tensor:
        shares = self.masks[torch.randperm(len(self.masks))[:14_000]].float() / 255
        cells = cells_of(seen_within(shares, boxes_off(len(shares), OFF))).flatten(0, 1)
        return clusters(cells[torch.randperm(len(cells))[:120_000]])

    def save(self) -> None:
        state = {"decoder": self.decoder.state_dict(), "optimiser": self.optimiser.state_dict()}
        state |= {"centres": self.centres, "step": self.step, "seconds": self.seconds}
        torch.save(state, RUN / "new.pt")
        (RUN / "new.pt").rename(RUN / "state.pt")

    def advance(self, shares: torch.Tensor) -> float:
        with torch.autocast("cpu", torch.bfloat16, enabled=self.options.bf16):
            out = self.decoder(nearest(cells_of(shares), self.centres))
        loss = loss_of(out.float(), 2 * shares - 1)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.decoder.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        return loss.item()

    @torch.inference_mode()
    def score(self, shares: torch.Tensor) -> float:
        parts = shares.split(256)
        return torch.cat([overlap(self.decoder(nearest(cells_of(part), self.centres)), part) for part in parts]).mean().item()

    def train(self) -> None:
        held = load("held")[0][:512].float() / 255
        total = 60 * self.options.minutes
        mean, told, last = 0.0, time.time(), time.time()
        generator = torch.Generator().manual_seed(self.options.seed + self.step)
        while self.seconds < total:
            done = self.seconds / total
            rate = self.options.rate * min(1, (self.step + 1) / 100) * max(0.01, 0.5 + 0.5 * math.cos(math.pi * done))
            for group in self.optimiser.param_groups:
                group["lr"] = rate
            batch = self.masks[torch.randint(len(self.masks), (self.options.batch,), generator=generator)].float() / 255
            if torch.rand((), generator=generator) < 0.5:
                batch = batch.flip(2)
            spread = 1.5 * OFF * torch.rand((), generator=generator).item()
            loss = self.advance(seen_within(batch, boxes_off(len(batch), spread, generator)))
            mean = loss if mean == 0 else 0.98 * mean + 0.02 * loss
            now = time.time()
            self.seconds += now - last
            last = now
            if now - told > 30:
                told = now
                print(
                    f"step {self.step} {self.seconds / 60:.1f} min loss {mean:.4f} held-out IoU {self.score(held):.4f}",
                    flush=True,
                )
                self.save()
                last = time.time()
        self.save()


def export(path: Path) -> None:
    state = torch.load(RUN / "state.pt", weights_only=True)
    write(path, state["decoder"] | {"cells": state["centres"]})


def score(path: Path) -> None:
    coder = MaskCoder(path)
    masks, sides, sources = load("held")
    for name, boxes in (("tight", None), ("off", boxes_off(len(masks), OFF, torch.Generator().manual_seed(0)))):
        shares = masks.float() / 255
        within = shares if boxes is None else seen_within(shares, boxes)
        found = overlap(coder.masks(coder.codes(masks, boxes)), within)
        worst = found.quantile(0.1)
        print(f"{len(masks)} masks, boxes {name}: {found.mean():.4f}, median {found.median():.4f}, worst tenth below {worst:.4f}")
        for source, what in enumerate(SOURCES):
            if (sources == source).any():
                print(f"  {what}: {found[sources == source].mean():.4f} ({int((sources == source).sum())})")
        for low, high in ((0, 20), (20, 30), (30, 45), (45, 60), (60, 80), (80, 113)):
            some = (sides >= low) & (sides < high)
            print(f"  {low} to {high - 1} pixels: {found[some].mean():.4f} ({int(some.sum())})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=9, help="in all, over every start")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep-codes", action="store_true", help="those a model has learned: only the decoder is new")
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=BFLOAT16)
    parser.add_argument("--said", type=Path, help="go on with what a model said")
    parser.add_argument("--export", action="store_true")
    parser.add_argument("--score", action="store_true")
    options = parser.parse_args()
    if options.said:
        listen(options.said)
    elif options.export:
        export(CODER)
    elif options.score:
        score(CODER)
    else:
        RUN.mkdir(parents=True, exist_ok=True)
        writers = [draw("held", 0, 1, 1500), draw("a", 1_000_000, 2, 14_000)]
        for writer in writers:
            if writer is not None and writer.wait() != 0:
                raise SystemExit("the silhouettes could not be drawn")
        Trainer(options).train()


if __name__ == "__main__":
    main()
