"""Reads the toon world's endless stream of scenes: frames, patch labels, prompts and answers."""

import json
import os
import queue
import struct
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
# As LABEL_SIZES of world/labels.ts; `label_sizes` below asks the source itself.
LABELS = ("kind", "colour", "word", "centre", "motion", "tens", "units")
# As TRACK_VALUES there: x, y, size and opacity of the thing at the first frame and at the last.
TRACK = 8
# As BOX_VALUES there: left, top, right and bottom of what is seen of it in this frame.
BOX = 4
# As SHAPE_SIDE there, squared: how much of each cell of the patch the thing covers.
SHAPE = 49
# Last the number of the thing in the patch, from 1: masks[number - 1] is its own; 0 where there is none.
THING = len(LABELS) + TRACK + BOX + SHAPE
BYTES = THING + 1
MASK_SIDE = 64


def label_sizes() -> dict[str, int]:
    script = "import('./training/world/labels.ts').then((m) => console.log(JSON.stringify(m.LABEL_SIZES)))"
    out = subprocess.run(["npx", "tsx", "-e", script], capture_output=True, text=True, check=True, cwd=HERE.parent)
    return json.loads(out.stdout)


@dataclass
class Item:
    frames: np.ndarray  # [frame, row, column, channel] uint8
    labels: np.ndarray  # [frame, patch, label] uint8
    # type, prompt, answer, sought (the actors it is about, or null); `<mask:N>` stands for the codes of masks[N].
    tasks: list[dict]
    masks: np.ndarray  # [mask, 64, 64] uint8


def compile_world() -> Path:
    """The writer as one plain JavaScript file: a quarter faster than through tsx, which names every closure anew."""
    out = HERE / "runs/stream.mjs"
    command = ["npx", "esbuild", "training/world/stream.ts", "--bundle", "--platform=node", "--format=esm"]
    command += ["--packages=external", f"--outfile={out}", "--log-level=warning"]
    subprocess.run(command, check=True, cwd=HERE.parent)
    return out


class World:
    """A writer process of the toon world and a thread that keeps some items ready. Seeds never repeat.

    Giving items out more than once would save time, but the tower learns signs by heart when it sees them thrice.
    """

    def __init__(
        self,
        writer: Path,
        mode: str,
        seed: int,
        size: int,
        patches: int,
        frames: int,
        tasks: int,
        signs: float = 0.35,
        crowds: float = 0.0,
    ):
        self.size, self.patches = size, patches
        self.count = 0
        command = ["node", str(writer), "--mode", mode, "--seed", str(seed), "--size", str(size)]
        command += ["--patches", str(patches), "--frames", str(frames), "--tasks", str(tasks)]
        command += ["--signs", str(signs), "--crowds", str(crowds)]
        # Beside the training, which may be bound to one core.
        every = range(os.cpu_count() or 1)
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=HERE.parent, preexec_fn=lambda: os.sched_setaffinity(0, every)
        )
        self.ready: queue.Queue[Item] = queue.Queue(maxsize=256)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        stream = self.process.stdout
        while True:
            header = stream.read(8)
            if len(header) < 8:
                return
            length, frames, masks = struct.unpack("<IHH", header)
            tasks = json.loads(stream.read(length))
            sizes = (frames * self.size**2 * 3, frames * self.patches**2 * BYTES, masks * MASK_SIDE**2)
            parts = [stream.read(size) for size in sizes]
            if tuple(map(len, parts)) != sizes:
                return  # the writer was ended in the midst of an item
            pixels, labels, shapes = (np.frombuffer(part, np.uint8) for part in parts)
            self.ready.put(
                Item(
                    pixels.reshape(frames, self.size, self.size, 3),
                    labels.reshape(frames, self.patches**2, BYTES),
                    tasks,
                    shapes.reshape(masks, MASK_SIDE, MASK_SIDE),
                )
            )

    def take(self, count: int) -> list[Item]:
        self.count += count
        return [self.ready.get(timeout=300) for _ in range(count)]

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


def expose(frames: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Changes brightness and contrast a little, as decoders and cameras do; the world's own camera does the rest.

    frames [item, frame, channel, row, column] in 0..255; every frame of an item is changed alike.
    """

    def per_item(low: float, high: float) -> torch.Tensor:
        return low + (high - low) * torch.rand(len(frames), 1, 1, 1, 1, generator=generator)

    return ((frames - 128) * per_item(0.88, 1.1) + 128 + per_item(-12, 12)).clamp(0, 255)
