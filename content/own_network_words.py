"""What people call an activation, a loss or a key of a network, besides its own name."""

from __future__ import annotations

import re

from engine.functions import ACTIVATIONS
from engine.losses import LOSSES

_ACTIVATIONS = {
    "identity": ("linear", "none", "purelin", "id"),
    "sigmoid": ("logistic", "logsig", "sig", "sigma", "σ", "binary_sigmoid"),
    "relu": ("rectifier", "rectified_linear"),
    "leaky_relu": ("lrelu", "leakyrelu", "leaky"),
    "tanh": ("tansig", "hyperbolic_tangent"),
    "softplus": ("soft_plus",),
    "step": ("heaviside", "threshold", "hardlim", "hard_limit", "unit_step"),
    "softmax": ("soft_max",),
}
_LOSSES = {
    "squared_error": ("se", "sse", "squared", "square_error", "sum_of_squares", "quadratic"),
    "half_squared_error": ("half", "half_sse", "half_se", "half_squared", "½_squared_error"),
    "mean_squared_error": ("mse", "mean_square_error", "mean_squared"),
    "cross_entropy": (
        *("ce", "bce", "crossentropy", "log_loss", "logloss", "nll", "binary_cross_entropy"),
        *("categorical_cross_entropy", "binary_crossentropy", "categorical_crossentropy"),
    ),
}
_KEYS = {
    "learning_rate": ("rate", "lr", "eta", "η", "α", "alpha", "step_size", "learning_factor"),
    "target": ("targets", "t", "expected", "desired", "desired_output", "target_output"),
    "activation": ("function", "act", "activation_function"),
    "weights": ("w", "weight"),
    "train_biases": ("train_bias", "trainbiases"),
    "loss": ("cost", "loss_function", "cost_function"),
    "examples": ("batch", "samples", "data"),
    "decimals": ("places", "decimal_places"),
}
_HALF = re.compile(r"^(?:½|1/2|0\.5)_?(?:\*|×|x)?_?")


def _word(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


def _other(groups: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: meant for meant, words in groups.items() for word in words}


_ACTIVATION, _LOSS, _KEY = map(_other, (_ACTIVATIONS, _LOSSES, _KEYS))


def activation_meant(text: str) -> str | None:
    """The activation that a word stands for; None for any other word.

    >>> activation_meant("ReLU"), activation_meant("logistic"), activation_meant("rely")
    ('relu', 'sigmoid', None)
    """
    word = _word(text)
    return word if word in ACTIVATIONS else _ACTIVATION.get(word)


def loss_meant(text: str) -> str | None:
    """The loss that some words stand for; None for any others.

    >>> loss_meant("MSE"), loss_meant("cross-entropy"), loss_meant("1/2 squared error")
    ('mean_squared_error', 'cross_entropy', 'half_squared_error')
    """
    word = _word(text)
    if (whole := _HALF.sub("", word)) != word:
        return "half_squared_error" if loss_meant(whole) == "squared_error" else None
    return word if word in LOSSES else _LOSS.get(word)


def key_meant(text: str) -> str:
    """The key that a word stands for; the word itself where it is another.

    >>> key_meant("eta"), key_meant("Learning rate"), key_meant("x1")
    ('learning_rate', 'learning_rate', 'x1')
    """
    word = _word(text)
    return _KEY.get(word, word if word in _KEYS else text)
