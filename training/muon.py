"""Muon's step in float32: in bfloat16, as PyTorch takes it, most of a training step went into it where a processor
does not know that type (8 of 14 seconds)."""

import torch


def orthogonal(grad: torch.Tensor, coefficients: tuple[float, float, float], steps: int, eps: float) -> torch.Tensor:
    """The matrix [rows, columns] with its singular values brought near 1, by the Newton-Schulz iteration."""
    a, b, c = coefficients
    tall = grad.shape[0] > grad.shape[1]
    x = grad.T if tall else grad
    x = x / x.norm().clamp(min=eps)
    for _ in range(steps):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x


def in_float32() -> None:
    torch.optim._muon._zeropower_via_newtonschulz = orthogonal
