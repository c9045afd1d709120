"""Trains the bundled model: `python training/train.py`. Stop it at any moment and start it again to go on.

Two stages: first the vision tower on a class for every patch, then everything on pictures and clips. In the second
stage the tower learns from pictures only, and the decoder's states over image tokens learn, besides the answers,
what the thing in each patch does: a dense sign of motion, without which direction is learned very slowly.
"""

import argparse
import csv
import os
import re
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import distributed

import muon
from data import THING, World, compile_world, expose, label_sizes
from model import GRID, LAYERS, SIZE, WIDTH, Heads, Judge, PatchHeads, Speller, Told
from model import build, export, patch_loss, read, see, sharpen_locations
from masks import MaskCoder
from start import adopt, blend, graft
from tokenizer import make as make_tokenizer

HERE = Path(__file__).parent
MASKED = re.compile(r"((?:<loc\d{4}>){4})<mask:(\d+)>")
# Of the picture: the largest standard deviation of the sides of boxes that masks are written behind.
FARTHEST_OFF = 0.025
FIRST_TRAINING_SEED = 1_000_000  # seeds below are for tests, samples and scores
# Processes that share every step's items (`torchrun --nproc-per-node N`), and this one's number.
PROCESSES, NUMBER = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))


@dataclass
class Row:
    """Prompts and answers that are read behind the image tokens of one item."""

    item: int
    tasks: list[dict]
    told: list[Told]


def frames_of(items) -> torch.Tensor:
    """[item, frame, channel, row, column] in 0..255."""
    stacked = torch.stack([torch.from_numpy(item.frames.copy()) for item in items])
    return stacked.permute(0, 1, 4, 2, 3).float()


def labels_of(items) -> torch.Tensor:
    return torch.stack([torch.from_numpy(item.labels.copy()) for item in items])


def share_gradients(learned: list[torch.Tensor]) -> None:
    """Makes every process's gradients the mean of all processes'."""
    if PROCESSES == 1:
        return
    grads = [torch.zeros_like(each) if each.grad is None else each.grad for each in learned]
    flat = torch.cat([grad.flatten() for grad in grads])
    distributed.all_reduce(flat)
    for each, grad in zip(learned, (flat / PROCESSES).split([grad.numel() for grad in grads])):
        each.grad = grad.view_as(each)


def in_turn(make: Callable):
    """What this process makes, one process after the other: they write the same files."""
    made = None
    for number in range(PROCESSES):
        if number == NUMBER:
            made = make()
        if PROCESSES > 1:
            distributed.barrier()
    return made


def of_any(told: bool) -> bool:
    """Whether any process was told so."""
    if PROCESSES == 1:
        return told
    flag = torch.tensor([told], dtype=torch.int32)
    distributed.all_reduce(flag, distributed.ReduceOp.MAX)
    return bool(flag.item())


class Run:
    def __init__(self, options):
        self.options = options
        self.directory = HERE / "runs" / options.name
        if not (self.directory / "tokenizer.json").exists():
            make_tokenizer(self.directory)
        torch.manual_seed(options.seed)
        self.generator = torch.Generator().manual_seed(PROCESSES * options.seed + NUMBER)
        self.tokenizer = Tokenizer.from_file(str(self.directory / "tokenizer.json"))
        self.model = build(self.tokenizer, options.layers)
        self.heads = Heads(label_sizes())
        self.speller = Speller(self.tokenizer)
        self.coder = MaskCoder()
        self.judge = Judge(self.tokenizer, self.coder.near)
        if options.begin is not None and not (self.directory / "state.pt").exists():
            adopt(self.model, options.begin, self.tokenizer)
            if options.sharpen:
                sharpen_locations(self.model, self.judge.first)
        # The network works in bfloat16 where the processor knows it, twice as fast as autocast; the optimiser changes a
        # float32 copy of it.
        tower = {id(p) for p in self.model.model.vision_tower.parameters()}
        self.working = list(self.model.parameters())
        self.master = [p.detach().clone().requires_grad_() for p in self.working]
        table = self.model.model.language_model.embed_tokens.weight
        places = slice(self.judge.first, self.judge.first + Judge.LOCATIONS)
        self.located = next(m for p, m in zip(self.working, self.master) if p is table).data[places]
        if torch.cpu._is_avx512_bf16_supported():
            self.model.to(torch.bfloat16)
        else:
            muon.in_float32()
        # Matrices between layers learn by Muon, which needs fewer steps; everything else by AdamW.
        hidden = {id(p) for n, p in self.model.named_parameters() if p.ndim == 2 and ".layers." in n}
        pairs = list(zip(self.working, self.master))

        def chosen(of_tower: bool, of_hidden: bool) -> list[torch.Tensor]:
            return [m for p, m in pairs if (id(p) in tower) == of_tower and (id(p) in hidden) == of_hidden]

        shared = {"lr": 1e-3, "weight_decay": 0.02}
        rest = [{"params": chosen(True, False)}, {"params": [*chosen(False, False), *self.heads.parameters()]}]
        self.optimisers = [
            torch.optim.Muon(
                [{"params": chosen(True, True)}, {"params": chosen(False, True)}], adjust_lr_fn="match_rms_adamw", **shared
            ),
            torch.optim.AdamW(rest, betas=(0.9, 0.98), fused=True, **shared),
        ]
        self.model.model.vision_tower.requires_grad_(not options.still)
        self.step, self.items, self.minutes = 0, 0, 0.0
        self.state_file = self.directory / "state.pt"
        if self.state_file.exists():
            state = torch.load(self.state_file, weights_only=True)
            for master, saved in zip(self.master, state["master"]):
                master.data.copy_(saved)
            self.publish()
            self.heads.load_state_dict(state["heads"])
            for optimiser, saved in zip(self.optimisers, state["optimisers"]):
                optimiser.load_state_dict(saved)
            self.step, self.items, self.minutes = state["step"], state["items"], state["minutes"]
        self.places = self.located.clone()
        self.started = time.time()
        self.log = defaultdict(list)

    @torch.no_grad()
    def publish(self) -> None:
        """Rounds the float32 copy into the network."""
        for working, master in zip(self.working, self.master):
            working.copy_(master)

    def save(self) -> None:
        if NUMBER > 0:
            return
        state = {
            "master": [master.data for master in self.master],
            "heads": self.heads.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "step": self.step,
            "items": self.items,
            "minutes": self.elapsed(),
        }
        temporary = self.state_file.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(self.state_file)

    def elapsed(self) -> float:
        return self.minutes + (time.time() - self.started) / 60

    def rate(self, peak: float) -> float:
        """Warm-up, then flat, then down to nothing over the last steps."""
        warm = min(1.0, (self.step + 1) / self.options.warm)
        left = (self.options.steps - self.step) / max(1, self.options.decay)
        return peak * warm * min(1.0, max(0.02, left))

    def update(self, loss: torch.Tensor, tower_rate: float, rest_rate: float) -> None:
        for optimiser in self.optimisers:
            for group, rate in zip(optimiser.param_groups, (tower_rate, rest_rate)):
                group["lr"] = rate
        loss.backward()
        for working, master in zip(self.working, self.master):
            master.grad = None if working.grad is None else working.grad.float()
            working.grad = None
        learned = [*self.master, *self.heads.parameters()]
        share_gradients(learned)
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.located.copy_(self.places)  # they stay waves: see `sharpen_locations`
        self.publish()
        self.step += 1

    def report(self, every: int) -> None:
        if self.step % every or NUMBER > 0:
            return
        row = {name: round(sum(values) / len(values), 3) for name, values in sorted(self.log.items()) if values}
        print(self.step, self.items, f"{self.elapsed():.1f}min", row, flush=True)
        file = self.directory / "curve.csv"
        with file.open("a", newline="") as handle:
            writer = csv.writer(handle)
            for name, value in row.items():
                writer.writerow([self.step, self.items, round(self.elapsed(), 2), name, value])
        self.log.clear()

    def look(self, world: World) -> None:
        """One step of the first stage: pictures, a class for every patch."""
        items = world.take(96 // PROCESSES)
        frames = expose(frames_of(items), self.generator).flatten(0, 1)
        features = see(self.model, frames)
        loss, seen = self.perceived(self.heads.tower, features, labels_of(items), self.codes_of(items))
        self.note(seen)
        self.log["patch_loss"].append(loss.item())
        self.items += 96
        self.update(loss, self.rate(1e-3), self.rate(1e-3))

    def settle(self, looks: World, pictures: World, clips: World, steps: int) -> None:
        """Teaches new heads what a trained model tells already, before they have any say in how it goes on."""
        learned = list(self.heads.parameters())
        optimiser = torch.optim.AdamW(learned, betas=(0.9, 0.98), fused=True)
        self.model.requires_grad_(False)
        for step in range(steps):
            items = looks.take(48 // PROCESSES)
            features = see(self.model, frames_of(items).flatten(0, 1))
            loss, seen = self.perceived(self.heads.tower, features, labels_of(items), self.codes_of(items))
            loss.backward()
            if step % 2 == 1:
                held, *_ = self.language(pictures.take(20 // PROCESSES), True, False)
                held.backward()
                held, *_ = self.language(clips.take(4 // PROCESSES), False, True, follow=True)
                held.backward()
            self.note(seen)
            share_gradients(learned)
            optimiser.param_groups[0]["lr"] = 2e-2 * min(1, (step + 1) / 10) * (1 - step / steps)
            optimiser.step()
            optimiser.zero_grad()
            if step % 20 == 19 and NUMBER == 0:
                print("settling", step + 1, {name: round(sum(v) / len(v), 3) for name, v in self.log.items()}, flush=True)
                self.log.clear()
        self.model.requires_grad_(True)

    def perceived(self, heads: PatchHeads, states: torch.Tensor, labels: torch.Tensor, codes: torch.Tensor):
        """`patch_loss` of labels [item, frame, patch, label]."""
        return patch_loss(heads, states, labels.flatten(0, 1), codes, self.coder.near)

    def codes_of(self, items) -> torch.Tensor:
        """[item, thing, 16]: the codes of every thing's mask, 0 behind an item's last thing."""
        counts = [len(item.masks) for item in items]
        codes = torch.zeros(len(items), max(counts), 16, dtype=torch.long)
        if max(counts) > 0:
            known = self.coder.codes(torch.cat([torch.from_numpy(item.masks.copy()) for item in items]))
            for row, own in zip(codes, known.split(counts)):
                row[: len(own)] = own
        return codes

    def tell(self, items, train: bool) -> list[list[Told]]:
        """Prompts and answers of each item, with masks as the sixteen tokens of their codes.

        A mask is that of the box which was written before it, right or not. So in training such boxes are a little off,
        as the model's own are, and the mask's codes are those of what lies in them.
        """
        told = [[Told(task["prompt"], task["answer"], task["answer"]) for task in item.tasks] for item in items]
        found = [
            (item, row, task, match)
            for item, row in zip(items, told)
            for task in range(len(row))
            for match in MASKED.finditer(row[task].answer)
        ]
        if not found:
            return told
        places = torch.tensor([[int(place) for place in re.findall(r"\d{4}", match[1])] for *_, match in found])
        boxes = places[:, [1, 0, 3, 2]] / Judge.LOCATIONS
        size = (boxes[:, 2:] - boxes[:, :2]).repeat(1, 2)
        spread = FARTHEST_OFF * torch.rand(len(boxes), 1, generator=self.generator) * train
        noise = spread * torch.randn(boxes.shape, generator=self.generator)
        off = torch.minimum(torch.maximum(noise, -size / 4), size / 4)
        given = ((boxes + off) * Judge.LOCATIONS).round().clamp(0, Judge.LOCATIONS - 1)
        within = (given / Judge.LOCATIONS - boxes[:, :2].repeat(1, 2)) / size
        masks = torch.stack([torch.from_numpy(item.masks[int(match[2])].copy()) for item, *_, match in found])
        for (_, row, task, match), box, codes in zip(found, given[:, [1, 0, 3, 2]].tolist(), self.coder.codes(masks, within)):
            spelt = "".join(f"<seg{code:03}>" for code in codes.tolist())
            prompt, answer, shown = row[task]
            place = "".join(f"<loc{int(side):04}>" for side in box)
            row[task] = Told(
                prompt, answer.replace(match[0], match[1] + spelt, 1), shown.replace(match[0], place + spelt, 1)
            )
        return told

    def language(self, items, train_tower: bool, together: bool, follow: bool = False, train: bool = True):
        """Losses over patches and over answers, which answers are right, and their kinds of question.

        `together`: all prompts of an item share its image tokens, which is faster where these are many; else each
        stands alone, as in use, and the image tokens see it.
        `follow`: the frames are of one clip, and the decoder learns what each thing does in them.
        """
        frames = frames_of(items)
        count = frames.shape[1]
        if train and torch.rand((), generator=self.generator) < 0.6:
            frames = expose(frames, self.generator)
        labels, codes = labels_of(items), self.codes_of(items)
        with torch.set_grad_enabled(train_tower):
            features = see(self.model, frames.flatten(0, 1))
        dense = torch.zeros(())
        if train_tower:
            dense, _ = self.perceived(self.heads.tower, features, labels, codes)
        tokens = self.model.model.multi_modal_projector(features).reshape(len(items), count * GRID * GRID, WIDTH)
        rows = self.rows(items, together, train)
        own = [row.item for row in rows]
        sheet = self.speller.sheet([row.told for row in rows], tokens.shape[1])
        out = read(self.model, tokens[own], sheet)
        said, held, right, found = self.judge.loss(self.model, self.heads, out, sheet)
        self.note(found)
        dense = dense + held
        states = [state[:, : tokens.shape[1]] for state in out.hidden_states]
        if follow and train:
            loss, known, away = self.heads.follow([states[2], states[-2]], labels[own])
            dense = dense + loss
            self.log[f"motion_right{count}"].append(known)
            self.log[f"track_error{count}"].append(away)
        if train_tower and train:
            dense = dense + self.perceive(rows, states, labels, codes)
        return dense, said, right, [task["type"] for row in rows for task in row.tasks]

    def perceive(self, rows: list[Row], states: list[torch.Tensor], labels: torch.Tensor, codes: torch.Tensor):
        """Loss of the decoder's states over the tokens of single pictures: of what is seen, and of what is sought."""
        of_rows = [row.item for row in rows]
        firsts = [place for place, item in enumerate(of_rows) if item not in of_rows[:place]]
        kept, _ = self.perceived(self.heads.decoder, states[2][firsts], labels, codes)
        sought = [place for place, row in enumerate(rows) if row.tasks[0]["sought"] is not None]
        if not sought:
            return 0.3 * kept
        shown = labels[of_rows, 0, :, THING].long()
        wanted = [torch.isin(shown[row], torch.tensor(rows[row].tasks[0]["sought"]).long() + 1) for row in sought]
        loss, missed = self.heads.find([state[sought] for state in states[1:3]], torch.stack(wanted).float())
        self.log["sought_missed"].append(missed)
        return 0.3 * kept + 2 * loss

    def rows(self, items, together: bool, train: bool) -> list[Row]:
        """What the decoder reads: of each item, its prompts together or each of them alone."""
        told = self.tell(items, train)
        if together:
            return [Row(number, item.tasks, told[number]) for number, item in enumerate(items)]
        return [
            Row(number, [task], [one])
            for number, item in enumerate(items)
            for task, one in zip(item.tasks, told[number])
        ]

    def speak(self, looks: World, pictures: World, clips: World, pairs: World, together: bool) -> None:
        """One step of the second stage: pictures only to look at, pictures to speak of, clips, a few pairs of pictures."""
        if not self.options.still:
            items = looks.take(24 // PROCESSES)
            features = see(self.model, expose(frames_of(items), self.generator).flatten(0, 1))
            looked, seen = self.perceived(self.heads.tower, features, labels_of(items), self.codes_of(items))
            self.note(seen)
            looked.backward()  # at once, so that its states need not be kept
        seen, said, right, types = self.language(pictures.take(48 // PROCESSES), True, False)
        self.tally("picture", said, right, types)
        (0.5 * seen + said).backward()
        batch = clips.take(8 // PROCESSES)
        moving, told, right, types = self.language(batch, False, together, follow=True)
        self.tally(f"clip{batch[0].frames.shape[0]}", told, right, types)
        (moving + 1.5 * told).backward()
        _, stated, right, types = self.language(pairs.take(6 // PROCESSES), False, False)
        self.tally("pair", stated, right, types)
        self.items += 62 if self.options.still else 86
        self.update(0.5 * stated, 0 if self.options.still else self.rate(6e-4), self.rate(1e-3))

    def note(self, values: dict[str, float]) -> None:
        for name, value in values.items():
            self.log[name].append(value)

    def tally(self, name: str, loss: torch.Tensor, right: torch.Tensor, types: list[str]) -> None:
        self.log[f"{name}_loss"].append(loss.item())
        for kind, good in zip(types, right.tolist()):
            self.log[f"{name}/{kind}"].append(good)

    def graft(self, directory: Path) -> float:
        """See `start.graft`; the auxiliary heads and the optimiser stay as they are."""
        earlier = build(self.tokenizer, self.options.layers)
        adopt(earlier, directory, self.tokenizer)
        frames = []
        for mode, count, each in (("pictures", 1000, 1), ("clips", 120, 8)):
            world = World(compile_world(), mode, FIRST_TRAINING_SEED, SIZE, GRID, each, 1)
            frames.append(frames_of(world.take(count)).flatten(0, 1))
            world.close()
        mixed = torch.cat(frames)[torch.randperm(sum(map(len, frames)), generator=self.generator)]
        self.model.float()
        for working, master in zip(self.working, self.master):
            working.data.copy_(master)
        given = graft(self.model, earlier, see, mixed)
        for working, master in zip(self.working, self.master):
            master.data.copy_(working)
        self.save()
        return given

    def blend(self, directory: Path, share: float) -> None:
        """See `start.blend`; only of the network, to be exported."""
        earlier = build(self.tokenizer, self.options.layers)
        adopt(earlier, directory, self.tokenizer)
        self.model.float()
        for working, master in zip(self.working, self.master):
            working.data.copy_(master)
        blend(self.model, earlier, share)

    @torch.no_grad()
    def score(self, count: int) -> dict[str, float]:
        """Share of held-out prompts answered right in every id, by kind of question."""
        self.model.eval()
        tally = defaultdict(list)
        for mode, frames, tasks in (("pictures", 1, 6), ("clips", 8, 6), ("pairs", 2, 4)):
            world = World(compile_world(), mode, 10_000, SIZE, GRID, frames, tasks)
            for _ in range(count // 16):
                _, _, right, types = self.language(world.take(16), False, False, train=False)
                for kind, good in zip(types, right.tolist()):
                    tally[f"{mode}/{kind}"].append(good)
                    tally[f"{mode}/all"].append(good)
            world.close()
        self.model.train()
        return {name: sum(values) / len(values) for name, values in sorted(tally.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", default="nano", help="folder under training/runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--begin", type=Path, help="folder of an earlier checkpoint to begin from, of any size of picture")
    parser.add_argument("--sharpen", action="store_true", help="lay its locations out as waves again")
    parser.add_argument("--graft", type=Path, help="only put the decoder of this checkpoint behind the tower again, then stop")
    parser.add_argument("--tower-steps", type=int, default=2500)
    parser.add_argument("--layers", type=int, default=LAYERS, help="of the decoder; more than the checkpoint has: see start.py")
    parser.add_argument("--settle", type=int, default=0, help="steps before the first, in which only the heads learn")
    parser.add_argument("--still", action="store_true", help="the tower stays as it is while the decoder learns")
    parser.add_argument("--warm", type=int, default=200, help="steps over which the rate rises")
    parser.add_argument("--steps", type=int, default=12000, help="of both stages together")
    parser.add_argument("--decay", type=int, default=2500, help="last steps, over which the rate falls")
    parser.add_argument("--alone", type=int, default=800, help="last steps, in which the prompts of clips stand alone too")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--score", type=int, default=0, help="only score this many pictures and clips, then stop")
    parser.add_argument("--export", type=Path, help="only write the checkpoint to this folder, then stop")
    parser.add_argument("--blend", type=Path, help="of what is exported: another checkpoint to mix it with")
    parser.add_argument("--share", type=float, default=0.5, help="of this training's own weights in the mixture")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.backends.nnpack.set_flags(False)  # warns at every convolution where the processor is unknown to it
    if PROCESSES > 1:
        distributed.init_process_group("gloo")
    run = in_turn(lambda: Run(options))
    if options.export:
        if options.blend:
            run.blend(options.blend, options.share)
        export(run.model, run.directory, options.export)
        return
    if options.graft:
        print(f"{run.graft(options.graft):.1%} of what the decoder was given is given to it again")
        return
    if options.score:
        for name, value in run.score(options.score).items():
            print(f"{name:24} {100 * value:5.1f}")
        return
    seed = FIRST_TRAINING_SEED + options.seed * 500_000_000 + NUMBER * 50_000_000 + run.items
    saved = time.time()
    worlds: dict[str, World] = {}

    writer = in_turn(compile_world)

    def world(name: str, mode: str, frames: int, tasks: int, offset: int, signs=0.35, crowds=0.0) -> World:
        if name not in worlds:
            worlds[name] = World(writer, mode, seed + offset, SIZE, GRID, frames, tasks, signs, crowds)
        return worlds[name]

    stopping = False

    def stop(*_) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        if run.step == 0 and options.settle > 0:
            run.settle(
                world("looks", "pictures", 1, 1, 0, signs=0.5, crowds=0.35),
                world("pictures", "pictures", 1, 5, 300_000_000, crowds=0.35),
                world("clips8", "clips", 8, 12, 200_000_000),
                options.settle,
            )
            run.save()
        while run.step < options.steps and not of_any(stopping):
            if run.step < options.tower_steps:
                run.look(world("looks", "pictures", 1, 1, 0, signs=0.5, crowds=0.35))
            else:
                short = run.step % 8 == 0  # clips of four frames, for windows that are cut from longer videos
                # Prompts about a clip share it; at the end every one stands alone, as it will in use.
                together = run.step < options.steps - options.alone
                name = f"clips{4 if short else 8}{'' if together else '-alone'}"
                frames, offset = (4, 100_000_000) if short else (8, 200_000_000)
                run.speak(
                    world("looks", "pictures", 1, 1, 0, signs=0.5, crowds=0.35),
                    world("pictures", "pictures", 1, 5, 300_000_000, crowds=0.35),
                    world(name, "clips", frames, 12 if together else 2, offset),
                    world("pairs", "pairs", 2, 3, 400_000_000, crowds=0.1),
                    together,
                )
            run.report(50)
            if time.time() - saved > 120:
                run.save()
                saved = time.time()
        run.save()
    finally:
        for each in worlds.values():
            each.close()


if __name__ == "__main__":
    main()
