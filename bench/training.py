"""How long does training the course's network on the digits take, here and elsewhere?

Everyone trains the same network (64-32-32-10, sigmoid, softmax) from the same weights on the same
batches in the same order, by plain gradient descent on the mean gradient, on one thread:

- threesteps: `train`, in float64;
- torch: PyTorch's usual loop, eager, on the CPU, in float32 (its default) and float64; the faster counts;
- sklearn: scikit-learn's MLPClassifier, in the data's float64, so that the trained weights agree with
  ours to six decimals; a float32 run stands in the table too;
- floor: the run's eight matrix products a step and nothing else, in float64.

Run it with `make bench`; it takes less than a minute.
"""

# ruff: noqa: E402
from __future__ import annotations

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # read once, when NumPy and torch are imported

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from threesteps.backprop import backprop
from threesteps.descent import accuracy, minibatches, train
from threesteps.digits import load_digits
from threesteps.loss import one_hot
from threesteps.network import Params, forward, network, normal_init

SIZES, BATCH, EPOCHS, LEARNING_RATE, ROUNDS, SEED = [64, 32, 32, 10], 32, 20, 2.0, 15, 0
DIGITS = load_digits()
X, LABELS = DIGITS.train
T = one_hot(LABELS, SIZES[-1])
START = normal_init(SIZES, np.random.default_rng(SEED))


def batches() -> list[list[NDArray]]:
    """The indices of every batch of every epoch, as `train` draws them."""
    rng = np.random.default_rng(SEED)
    return [minibatches(len(X), BATCH, rng) for _ in range(EPOCHS)]


def threesteps(gradient: Callable[..., Params] = backprop, epochs: int = EPOCHS) -> Params:
    """This library's run; result: the trained parameters, as from every contender."""
    rng = np.random.default_rng(SEED)
    return train(START, X, T, rng, learning_rate=LEARNING_RATE, batch_size=BATCH, epochs=epochs, gradient=gradient)


def pytorch(dtype: torch.dtype) -> Callable[[], Params]:
    """PyTorch's run. The data and the batches' indices are tensors before the clock starts."""
    inputs, labels = torch.tensor(X, dtype=dtype), torch.tensor(LABELS)
    order = [torch.tensor(batch) for epoch in batches() for batch in epoch]
    first, second, third = (torch.nn.Linear(*pair, dtype=dtype) for pair in zip(SIZES[:-1], SIZES[1:]))
    model = torch.nn.Sequential(first, torch.nn.Sigmoid(), second, torch.nn.Sigmoid(), third)
    loss = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    start = [torch.tensor(array) for pair in START for array in pair]

    def run() -> Params:
        with torch.no_grad():
            for parameter, array in zip(model.parameters(), start):
                parameter.copy_(array)
        for batch in order:
            optimizer.zero_grad()
            loss(model(inputs[batch]), labels[batch]).backward()
            optimizer.step()
        return [(layer.weight.detach().numpy(), layer.bias.detach().numpy()) for layer in (first, second, third)]

    return run


def scikit_learn(dtype: type) -> Callable[[], Params]:
    """scikit-learn's run.

    `fit` would shuffle in an order of its own. One `partial_fit` an epoch, on rows that are already
    in order, cuts them into these very batches, and checks its input once an epoch rather than once
    a batch: the fastest way to hand it the same work.
    """
    inputs, order = X.astype(dtype), [np.concatenate(epoch) for epoch in batches()]
    model = MLPClassifier(
        SIZES[1:-1],
        activation="logistic",
        solver="sgd",
        alpha=0.0,
        batch_size=BATCH,
        learning_rate_init=LEARNING_RATE,
        shuffle=False,
        momentum=0.0,
        nesterovs_momentum=False,
    )
    model.partial_fit(inputs, LABELS, classes=np.arange(SIZES[-1]))  # makes the arrays that hold the weights

    def run() -> Params:
        for W_transposed, bias, (W, b) in zip(model.coefs_, model.intercepts_, START):
            W_transposed[...], bias[...] = W.T, b
        for epoch in order:
            model.partial_fit(inputs[epoch], LABELS[epoch])
        return [(W.T, b) for W, b in zip(model.coefs_, model.intercepts_)]

    return run


def floor() -> Callable[[], None]:
    """The matrix products alone: those of the first epoch, on its own operands, as often as there are epochs."""
    steps = []

    def remember(X: NDArray, T: NDArray, params: Params) -> Params:
        A0, A1, A2, Y = forward(X, params)
        W1, W2, W3 = (W for W, _ in params)
        delta3 = Y - T
        delta2 = (delta3 @ W3) * A2 * (1 - A2)
        delta1 = (delta2 @ W2) * A1 * (1 - A1)
        steps.append((A0, A1, A2, W1, W2, W3, delta1, delta2, delta3))
        return backprop(X, T, params)

    threesteps(remember, epochs=1)

    def run() -> None:
        for _ in range(EPOCHS):
            for A0, A1, A2, W1, W2, W3, delta1, delta2, delta3 in steps:
                A0 @ W1.T, A1 @ W2.T, A2 @ W3.T  # forward
                delta3 @ W3, delta2 @ W2  # backward
                delta1.T @ A0, delta2.T @ A1, delta3.T @ A2  # the weights' gradients

    return run


def check_same_work(trained: dict[str, Params]) -> dict[str, float]:
    """The test accuracy of each contender; leaves with a message where they did not do the same work.

    In float64 the weights themselves agree; in float32 rounding grows over the run, and the
    accuracies agree within a point.
    """
    scores = {name: accuracy(network(DIGITS.test.X, params), DIGITS.test.labels) for name, params in trained.items()}
    for name, params in trained.items():
        if abs(scores[name] - scores["threesteps"]) > 0.01:
            sys.exit(f"{name} reaches {scores[name]:.2%} on the test part, threesteps {scores['threesteps']:.2%}")
        apart = max(abs(W - W_here).max() for (W, _), (W_here, _) in zip(params, trained["threesteps"]))
        if params[0][0].dtype == np.float64 and apart > 1e-6:
            sys.exit(f"{name}'s weights differ from threesteps' by {apart:.1e}: not the same run")
    return scores


def seconds(runs: dict[str, Callable]) -> dict[str, float]:
    """The median time of each run over several rounds, in each of which everyone runs once."""
    times = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begin = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - begin)
    return {name: statistics.median(measured) for name, measured in times.items()}


def main() -> None:
    """Check that all do the same work, time them, and print a table and the summary."""
    torch.set_num_threads(1)
    contenders = {
        "threesteps": threesteps,
        "torch float32": pytorch(torch.float32),
        "torch float64": pytorch(torch.float64),
        "sklearn float32": scikit_learn(np.float32),
        "sklearn float64": scikit_learn(np.float64),
    }
    with threadpool_limits(1):
        scores = check_same_work({name: run() for name, run in contenders.items()})
        times = seconds(contenders | {"floor": floor()})

    steps = sum(len(epoch) for epoch in batches())
    print(f"{'':16} {'a run':>9} {'a step':>8}   test accuracy")
    for name, taken in times.items():
        score = f"{scores[name]:.1%}" if name in scores else ""
        print(f"{name:16} {taken * 1e3:6.1f} ms {taken / steps * 1e6:5.0f} µs   {score}")
    here = times["threesteps"]
    torch_faster = min(times["torch float32"], times["torch float64"])
    print(
        f"training: torch {torch_faster / here:.1f}x sklearn {times['sklearn float64'] / here:.1f}x "
        f"floor {here / times['floor']:.1f}x"
    )


if __name__ == "__main__":
    main()
