"""Reads the toon world's endless stream of scenes: frames, patch labels, prompts and answers."""

import json
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
LABELS = ("kind", "colour", "word", "centre", "motion")
# As TRACK_VALUES there: x, y, size and opacity of the thing at the first frame and at the last.
TRACK = 8


def label_sizes() -> dict[str, int]:
    script = "import('./training/world/labels.ts').then((m) => console.log(JSON.stringify(m.LABEL_SIZES)))"
    out = subprocess.run(["npx", "tsx", "-e", script], capture_output=True, text=True, check=True, cwd=HERE.parent)
    return json.loads(out.stdout)


@dataclass
class Item:
    frames: np.ndarray  # [frame, row, column, channel] uint8
    labels: np.ndarray  # [frame, patch, label] uint8
    tasks: list[dict[str, str]]  # type, prompt, answer


class World:
    """A writer process of the toon world and a thread that keeps some items ready. Seeds never repeat."""

    def __init__(self, mode: str, seed: int, size: int, patches: int, frames: int, tasks: int, captions: float = 0.6):
        self.size, self.patches = size, patches
        self.count = 0
        command = ["node", "--import", "tsx", str(HERE / "world/stream.ts"), "--mode", mode, "--seed", str(seed)]
        command += ["--size", str(size), "--patches", str(patches), "--frames", str(frames), "--tasks", str(tasks)]
        command += ["--captions", str(captions)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HERE.parent)
        self.ready: queue.Queue[Item] = queue.Queue(maxsize=256)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        stream = self.process.stdout
        while True:
            header = stream.read(6)
            if len(header) < 6:
                return
            length, frames = struct.unpack("<IH", header)
            tasks = json.loads(stream.read(length))
            pixels = np.frombuffer(stream.read(frames * self.size**2 * 3), np.uint8)
            labels = np.frombuffer(stream.read(frames * self.patches**2 * (len(LABELS) + TRACK)), np.uint8)
            self.ready.put(
                Item(
                    pixels.reshape(frames, self.size, self.size, 3),
                    labels.reshape(frames, self.patches**2, len(LABELS) + TRACK),
                    tasks,
                )
            )

    def take(self, count: int) -> list[Item]:
        self.count += count
        return [self.ready.get(timeout=120) for _ in range(count)]

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


def as_camera(frames: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Makes drawn pictures look like decoded video: brightness, contrast, coarse colour, blur, noise.

    frames [item, frame, channel, row, column] in 0..255; every frame of an item is changed alike but for the noise.
    """
    items, count, _, rows, columns = frames.shape

    def per_item(low: float, high: float) -> torch.Tensor:
        return low + (high - low) * torch.rand(items, 1, 1, 1, 1, generator=generator)

    out = (frames - 128) * per_item(0.85, 1.12) + 128 + per_item(-14, 14)
    flat = out.flatten(0, 1)
    light = flat.mean(1, keepdim=True)
    colour = torch.nn.functional.avg_pool2d(flat - light, 2)
    coarse = light + torch.nn.functional.interpolate(colour, size=(rows, columns), mode="bilinear")
    blurred = torch.nn.functional.avg_pool2d(torch.nn.functional.pad(coarse, (1, 1, 1, 1), mode="replicate"), 3, 1)
    amount = (per_item(-0.35, 0.45)).expand(items, count, 1, 1, 1).reshape(-1, 1, 1, 1)
    mixed = coarse + (blurred - coarse) * amount
    noise = (per_item(-4, 8).clamp(min=0)).expand(items, count, 1, 1, 1).reshape(-1, 1, 1, 1)
    mixed = mixed + noise * torch.randn(mixed.shape, generator=generator)
    return mixed.clamp(0, 255).reshape(out.shape)
