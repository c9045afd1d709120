"""The bundled model's mask coder: 64 x 64 pixels to 16 codes of 128 and back, as PaliGemma's VQ-VAE does.

`python training/masks.py` draws the silhouettes if there are none yet, then trains, going on where it was stopped;
`--score` measures models/nano/mask-decoder.npz on held-out silhouettes, `--export` writes it.
"""

import argparse
import math
import subprocess
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HERE = Path(__file__).parent
RUN = HERE / "runs/masks"
CODER = HERE.parent / "models/nano/mask-decoder.npz"
SIDE, CODES, CODE_WIDTH = 64, 128, 512
RECORD = 2 + SIDE * SIDE  # as world/mask-stream.ts writes them
SOURCES = ("kinds of the world", "other icons", "signs", "icons never seen")


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


def halve(inside: int, outside: int) -> nn.Module:
    return nn.Conv2d(inside, outside, 4, stride=2, padding=1)


def double(inside: int, outside: int) -> nn.Module:
    return nn.ConvTranspose2d(inside, outside, 4, stride=2, padding=1)


class Vae(nn.Module):
    """The entries are named and shaped as in big_vision's vae-oid.npz, which `state_dict` therefore gives."""

    def __init__(self):
        super().__init__()
        relu = nn.ReLU
        self.encoder = nn.Sequential(
            *(halve(1, 16), relu(), halve(16, 32), relu(), halve(32, 64), relu(), halve(64, 128), relu()),
            *(Residual(128), Residual(128), nn.Conv2d(128, CODE_WIDTH, 1)),
        )
        self.decoder = nn.Sequential(
            *(nn.Conv2d(CODE_WIDTH, 128, 1), relu(), Residual(128), Residual(128)),
            *(double(128, 128), relu(), double(128, 64), relu(), double(64, 32), relu(), double(32, 16), relu()),
            nn.Conv2d(16, 1, 1),
        )
        self._vq_vae = nn.Module()
        self._vq_vae.register_buffer("_embedding", torch.zeros(CODES, CODE_WIDTH))

    @property
    def book(self) -> torch.Tensor:
        return self._vq_vae._embedding  # [code, width]

    def encode(self, masks: torch.Tensor) -> torch.Tensor:
        """[n, 64, 64] in -1..1 to [n, row, column, width], 4 x 4, before they are rounded to codes."""
        latent = self.encoder(masks.unsqueeze(1).contiguous(memory_format=torch.channels_last))
        return latent.permute(0, 2, 3, 1)

    def nearest(self, latent: torch.Tensor) -> torch.Tensor:
        """[..., width] to the numbers of the nearest codes, [...]."""
        flat = latent.reshape(-1, CODE_WIDTH).float()
        # The latent's own square is the same for every code.
        distance = self.book.square().sum(1) - 2 * flat @ self.book.T
        return distance.argmin(1).reshape(latent.shape[:-1])

    def decode(self, latent: torch.Tensor) -> torch.Tensor:
        """[n, row, column, width] to [n, 64, 64], the mask where above 0."""
        return self.decoder(latent.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)).squeeze(1)


class MaskCoder:
    """The trained coder, for whoever needs the codes of true masks."""

    def __init__(self, path: Path = CODER):
        self.vae = Vae().eval()
        with np.load(path) as entries:
            self.vae.load_state_dict({name: torch.from_numpy(entries[name]).float() for name in entries.files})
        self.vae.to(memory_format=torch.channels_last)

    @torch.inference_mode()
    def codes(self, masks: torch.Tensor) -> torch.Tensor:
        """uint8 [n, 64, 64], 0 outside and 255 inside (edges between), to int64 [n, 16], row by row."""
        if masks.dtype != torch.uint8 or masks.shape[1:] != (SIDE, SIDE):
            raise ValueError(f"masks must be uint8 [n, 64, 64], not {masks.dtype} {list(masks.shape)}")
        return torch.cat([self.vae.nearest(self.vae.encode(as_input(part))).flatten(1) for part in masks.split(256)])

    @torch.inference_mode()
    def masks(self, codes: torch.Tensor) -> torch.Tensor:
        """int64 [n, 16] to float [n, 64, 64]: the mask is where it is above 0."""
        return torch.cat([self.vae.decode(self.vae.book[part].unflatten(1, (4, 4))) for part in codes.split(256)])


def as_input(masks: torch.Tensor) -> torch.Tensor:
    return masks.float() * (2 / 255) - 1


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


def overlap(out: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """Intersection over union of each mask, [n]."""
    mine, true = (out > 0).flatten(1), (masks > 127).flatten(1)
    return (mine & true).sum(1) / (mine | true).sum(1).clamp(min=1)


def loss_of(out: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Squared error, none for what lies beyond -1 or 1 on the right side, and the soft intersection over union."""
    error = out - target
    beyond = (target.abs() > 0.99) & (error * target > 0)
    squared = error.masked_fill(beyond, 0).square().mean()
    mine, true = ((x.clamp(-1, 1) + 1).flatten(1) for x in (out, target))
    soft = 1 - torch.minimum(mine, true).sum(1) / torch.maximum(mine, true).sum(1)
    return squared + 0.5 * soft.mean()


class Trainer:
    WARM_UP = 200  # steps before there are codes, so that the first ones are taken from an encoder that sees shapes
    KEEP = 0.99  # of the codes' running means, a step

    def __init__(self, options):
        self.options = options
        torch.manual_seed(options.seed)
        self.vae = Vae().to(memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(
            self.vae.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.step, self.seconds = 0, 0.0
        self.count, self.sum = torch.zeros(CODES), torch.zeros(CODES, CODE_WIDTH)
        if (RUN / "state.pt").exists():
            state = torch.load(RUN / "state.pt", weights_only=True)
            self.vae.load_state_dict(state["vae"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.seconds, self.count, self.sum = (state[k] for k in ("step", "seconds", "count", "sum"))

    def save(self) -> None:
        state = {"vae": self.vae.state_dict(), "optimiser": self.optimiser.state_dict()}
        state |= {"step": self.step, "seconds": self.seconds, "count": self.count, "sum": self.sum}
        torch.save(state, RUN / "new.pt")
        (RUN / "new.pt").rename(RUN / "state.pt")
        torch.save(self.vae.encoder.state_dict(), RUN / "encoder.pt")

    @torch.no_grad()
    def learn_codes(self, latent: torch.Tensor, codes: torch.Tensor) -> None:
        """Moves each code to the running mean of what it stood for; a code nobody uses takes a latent's place."""
        flat, chosen = latent.reshape(-1, CODE_WIDTH), codes.flatten()
        used = torch.bincount(chosen, minlength=CODES).float()
        self.count.lerp_(used, 1 - self.KEEP)
        self.sum.lerp_(torch.zeros_like(self.sum).index_add_(0, chosen, flat), 1 - self.KEEP)
        dead = self.count < 0.05 * self.count.mean()
        if dead.any():
            self.sum[dead] = flat[torch.randperm(len(flat))[: int(dead.sum())]] * self.count.mean()
            self.count[dead] = self.count.mean()
        self.vae.book.copy_(self.sum / self.count.unsqueeze(1))

    @torch.no_grad()
    def first_codes(self, latent: torch.Tensor) -> None:
        flat = latent.reshape(-1, CODE_WIDTH)
        self.vae.book.copy_(flat[torch.randperm(len(flat))[:CODES]])
        for _ in range(10):
            chosen = self.vae.nearest(flat)
            used = torch.bincount(chosen, minlength=CODES).float().clamp(min=1)
            sums = torch.zeros_like(self.sum).index_add_(0, chosen, flat)
            self.vae.book.copy_(sums / used.unsqueeze(1))
        self.count.copy_(used)
        self.sum.copy_(sums)

    def advance(self, masks: torch.Tensor) -> float:
        target = as_input(masks)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.options.bf16):
            latent = self.vae.encode(target)
        latent = latent.float()
        if self.step == self.WARM_UP:
            self.first_codes(latent.detach())
        commitment = torch.zeros(())
        given = latent
        if self.step >= self.WARM_UP:
            codes = self.vae.nearest(latent.detach())
            chosen = self.vae.book[codes]
            commitment = F.mse_loss(latent, chosen)
            given = latent + (chosen - latent).detach()
            self.learn_codes(latent.detach(), codes)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.options.bf16):
            out = self.vae.decode(given)
        loss = loss_of(out.float(), target)
        self.optimiser.zero_grad(set_to_none=True)
        (loss + self.options.commitment * commitment).backward()
        nn.utils.clip_grad_norm_(self.vae.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        return loss.item()

    @torch.inference_mode()
    def score(self, masks: torch.Tensor) -> float:
        found = []
        for part in masks.split(256):
            with torch.autocast("cpu", torch.bfloat16, enabled=self.options.bf16):
                codes = self.vae.nearest(self.vae.encode(as_input(part)))
                found.append(overlap(self.vae.decode(self.vae.book[codes]).float(), part))
        return torch.cat(found).mean().item()

    def train(self) -> None:
        masks, _, _ = load("a", "b")
        held = load("held")[0][:512]
        total = 60 * self.options.minutes
        mean, told, last = 0.0, time.time(), time.time()
        generator = torch.Generator().manual_seed(self.options.seed + self.step)
        while self.seconds < total:
            done = self.seconds / total
            rate = self.options.rate * min(1, (self.step + 1) / 100) * max(0.01, 0.5 + 0.5 * math.cos(math.pi * done))
            for group in self.optimiser.param_groups:
                group["lr"] = rate
            batch = masks[torch.randint(len(masks), (self.options.batch,), generator=generator)]
            if torch.rand((), generator=generator) < 0.5:
                batch = batch.flip(2)
            loss = self.advance(batch)
            mean = loss if mean == 0 else 0.98 * mean + 0.02 * loss
            now = time.time()
            self.seconds += now - last
            last = now
            if now - told > 30:
                told = now
                alive = int((self.count > 0.1 * self.count.mean()).sum())
                print(
                    f"step {self.step} {self.seconds / 60:.1f} min loss {mean:.4f} held-out IoU {self.score(held):.4f}"
                    f" codes in use {alive}",
                    flush=True,
                )
                self.save()
                last = time.time()
        self.save()


def export(path: Path) -> None:
    state = torch.load(RUN / "state.pt", weights_only=True)["vae"]
    entries = {name: value.contiguous().numpy().astype(np.float16) for name, value in sorted(state.items())}
    np.savez_compressed(path, **entries)
    print(f"{path}: {path.stat().st_size} bytes, {len(entries)} entries")


def score(path: Path) -> None:
    coder = MaskCoder(path)
    masks, sides, sources = load("held")
    started = time.time()
    codes = coder.codes(masks)
    print(f"{len(masks)} masks coded in {time.time() - started:.1f} s; {len(codes.unique())} codes in use")
    found = overlap(coder.masks(codes), masks)
    print(f"all: {found.mean():.4f}, median {found.median():.4f}, worst tenth below {found.quantile(0.1):.4f}")
    for source, name in enumerate(SOURCES):
        if (sources == source).any():
            print(f"{name}: {found[sources == source].mean():.4f} ({int((sources == source).sum())})")
    for low, high in ((0, 20), (20, 30), (30, 45), (45, 60), (60, 80), (80, 113)):
        some = (sides >= low) & (sides < high)
        print(f"{low} to {high - 1} pixels: {found[some].mean():.4f} ({int(some.sum())})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=9, help="in all, over every start")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--commitment", type=float, default=0.25)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--export", action="store_true")
    parser.add_argument("--score", action="store_true")
    options = parser.parse_args()
    if options.export:
        export(CODER)
    elif options.score:
        score(CODER)
    else:
        RUN.mkdir(parents=True, exist_ok=True)
        writers = [draw("held", 0, 1, 3000), draw("a", 1_000_000, 2, 45_000), draw("b", 1_000_001, 2, 48_000)]
        for writer in writers:
            if writer is not None and writer.wait() != 0:
                raise SystemExit("the silhouettes could not be drawn")
        Trainer(options).train()


if __name__ == "__main__":
    main()
