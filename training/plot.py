"""Draws the curve of a training: `python training/plot.py training/curve.csv training/curve.png`."""

import csv
import sys
from collections import defaultdict

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt  # noqa: E402  (the backend is chosen first)

ABROAD = ("es", "de", "fr")
# Panel: what is drawn in it, and which names of the log are averaged for it.
PANELS = {
    "seeing (share of things' patches named right)": {"patches": lambda n: n == "patch_right"},
    "pictures (share right, every word)": {
        "caption en": lambda n: n == "picture/caption-en",
        "caption es, de, fr": lambda n: n in {f"picture/caption-{code}" for code in ABROAD},
        "answers": lambda n: n.startswith("picture/") and plain(n),
        "ocr": lambda n: n == "picture/ocr",
        "detect, every corner within 3 %": lambda n: n == "picture/detect",
        "statements": lambda n: n == "pair/statement",
        "codes of masks": lambda n: n == "seg_right",
    },
    "clips of eight (share right, every word)": {
        "caption en": lambda n: n == "clip8/caption-en",
        "caption es, de, fr": lambda n: n in {f"clip8/caption-{code}" for code in ABROAD},
        "answers": lambda n: n.startswith("clip8/") and plain(n),
        "what it does": lambda n: n == "clip8/does",
        "which way": lambda n: n == "clip8/way",
    },
}


def plain(name: str) -> bool:
    """A question answered in English."""
    task = name.split("/")[1]
    others = ("caption", "cap", "describe", "question", "ocr", "detect", "segment", "refer")
    return not task.startswith(others) and not task.endswith(tuple(f"-{code}" for code in ABROAD))


def draw(source: str, target: str) -> None:
    rows = defaultdict(dict)
    with open(source, newline="") as handle:
        for _, _, minutes, name, value in csv.reader(handle):
            rows[float(minutes)][name] = float(value)
    figure, axes = plt.subplots(1, len(PANELS), figsize=(15, 5), sharey=True)
    for axis, (title, lines) in zip(axes, PANELS.items()):
        for label, wanted in lines.items():
            points = []
            for minutes, values in sorted(rows.items()):
                chosen = [value for name, value in values.items() if wanted(name)]
                if chosen:
                    points.append((minutes, sum(chosen) / len(chosen)))
            if points:
                axis.plot(*zip(*points), label=label, linewidth=1.4)
        axis.set_title(title, fontsize=10)
        axis.set_xlabel("minutes")
        axis.set_ylim(0, 1)
        axis.grid(alpha=0.3)
        axis.legend(fontsize=8, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)
    figure.tight_layout()
    figure.savefig(target, dpi=90)


if __name__ == "__main__":
    draw(sys.argv[1], sys.argv[2])
