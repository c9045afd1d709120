"""Makes the tokenizer of the bundled model: a small byte-fallback BPE laid out as Gemma's.

Special tokens, bytes, the newline, letters and learned pieces, then <loc0000>..<loc1023>, <seg000>..<seg127> and
<image>. Spaces become the mark U+2581 and nothing is stripped, as in Gemma's tokenizer.json.
"""

import json
import subprocess
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

HERE = Path(__file__).parent
SPECIAL = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
SPACE = "\u2581"
# Every letter that a prompt in the planned languages can hold stands alone too, so that no prompt is all bytes.
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'\"()-/%áéíóúñüäöß¿¡àâçèêëîïôùûœÄÖÜ"


def learn_pieces(lines: list[str], size: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Learned pieces and merges; no piece crosses a space or holds a punctuation mark, so that none is needed to split at spaces later."""
    tokenizer = Tokenizer(models.BPE())
    spaces = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="never")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([spaces, pre_tokenizers.Split(Regex(r"[.,;:!?]"), "isolated")])
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=[SPACE, *LETTERS], show_progress=False, min_frequency=20
    )
    tokenizer.train_from_iterator(lines, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    pieces = [piece for piece, _ in sorted(model["vocab"].items(), key=lambda item: item[1])]
    merges = [tuple(m) if isinstance(m, list) else tuple(m.split(" ")) for m in model["merges"]]
    return pieces, merges


def make(directory: Path, pieces_wanted: int = 1900) -> None:
    """Writes tokenizer.json and tokenizer_config.json."""
    corpus = subprocess.run(
        ["npx", "tsx", str(HERE / "world/corpus.ts"), "3000"], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    pieces, merges = learn_pieces(corpus, pieces_wanted)
    vocab: dict[str, int] = {}
    for piece in [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256)), "\n", *pieces]:
        vocab.setdefault(piece, len(vocab))
    added = [(token, vocab[token], True) for token in SPECIAL]
    next_id = len(vocab)
    for token in [*(f"<loc{i:04}>" for i in range(1024)), *(f"<seg{i:03}>" for i in range(128))]:
        added.append((token, next_id, False))
        next_id += 1
    added.append(("<image>", next_id, True))
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    document = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": t, **flags, "special": s} for t, i, s in added],
        "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": SPACE},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {
            "type": "Sequence",
            "decoders": [
                {"type": "Replace", "pattern": {"String": SPACE}, "content": " "},
                {"type": "ByteFallback"},
                {"type": "Fuse"},
            ],
        },
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": "<unk>",
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": True,
            "byte_fallback": True,
            "ignore_merges": False,
            "vocab": vocab,
            "merges": [list(m) for m in merges],
        },
    }
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "tokenizer.json").write_text(json.dumps(document, ensure_ascii=False))
    config = {
        "tokenizer_class": "GemmaTokenizer",
        "bos_token": "<bos>",
        "eos_token": "<eos>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "add_bos_token": False,
        "add_eos_token": False,
        "clean_up_tokenization_spaces": False,
    }
    (directory / "tokenizer_config.json").write_text(json.dumps(config, indent=1))


if __name__ == "__main__":
    make(HERE / "runs/nano")
