"""How long does training take, here and elsewhere, and how does that grow with the network?

Everyone trains the same network (sigmoid, softmax) from the same weights on the same batches in the same order, by
plain gradient descent on the mean gradient, on one thread:

- threesteps: `train`, in float64;
- torch: PyTorch's usual loop, eager, on the CPU, in float32 (its default) and float64;
- sklearn: scikit-learn's MLPClassifier, in the data's float64, so that the trained weights agree with ours to six
  decimals; a float32 run stands in the table too;
- floor: the run's eight matrix products a step and nothing else, in float64.

First the course's network, 64-32-32-10, reads the digits, and what is compared is a whole training; then networks of
several sizes train on random data for a few steps. All ratios are medians over rounds, in each of which everyone runs
once. Run it with `make bench`; it takes two minutes. Whoever isn't installed is left out.
"""

# ruff: noqa: E402
from __future__ import annotations

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # read once, when NumPy and torch are imported

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import backprop
from threesteps.descent import accuracy, minibatches, train
from threesteps.digits import load_digits
from threesteps.loss import one_hot
from threesteps.network import Params, forward, network, normal_init

torch = MLPClassifier = None
with suppress(ImportError):
    import torch
with suppress(ImportError):
    from sklearn.neural_network import MLPClassifier

SEED, ROUNDS = 0, 15
DIGITS = load_digits()
NETWORKS = ([64, 32, 32, 10], [256, 128, 128, 10], [784, 128, 128, 10], [784, 512, 512, 10])
BATCHES = (32, 256)


@dataclass(frozen=True)
class Work:
    """What everyone is to do. X: (N, in); labels: (N,)."""

    sizes: list[int]
    batch: int
    epochs: int
    X: NDArray
    labels: NDArray
    learning_rate: float = 2.0

    @property
    def T(self) -> NDArray:
        return one_hot(self.labels, self.sizes[-1])

    @property
    def start(self) -> Params:
        return normal_init(self.sizes, np.random.default_rng(SEED))

    def batches(self) -> list[list[NDArray]]:
        """The indices of every batch of every epoch, as `train` draws them."""
        rng = np.random.default_rng(SEED)
        return [minibatches(len(self.X), self.batch, rng) for _ in range(self.epochs)]


def threesteps(work: Work, gradient: Callable[..., Params] = backprop) -> Callable[[], Params]:
    """This library's run; it gives the trained parameters, as everyone's does."""
    T, start, rate = work.T, work.start, work.learning_rate

    def run() -> Params:
        rng = np.random.default_rng(SEED)
        return train(
            start, work.X, T, rng, learning_rate=rate, batch_size=work.batch, epochs=work.epochs, gradient=gradient
        )

    return run


def pytorch(work: Work, dtype: torch.dtype) -> Callable[[], Params]:
    """PyTorch's run. The data and the batches' indices are tensors before the clock starts."""
    inputs, labels = torch.tensor(work.X, dtype=dtype), torch.tensor(work.labels)
    order = [torch.tensor(batch) for epoch in work.batches() for batch in epoch]
    first, second, third = (torch.nn.Linear(*pair, dtype=dtype) for pair in pairwise(work.sizes))
    model = torch.nn.Sequential(first, torch.nn.Sigmoid(), second, torch.nn.Sigmoid(), third)
    loss = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=work.learning_rate)
    start = [torch.tensor(array) for pair in work.start for array in pair]

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


def scikit_learn(work: Work, dtype: type) -> Callable[[], Params]:
    """scikit-learn's run.

    `fit` would shuffle in an order of its own. One `partial_fit` an epoch, on rows that are already in order, cuts them
    into these very batches, and checks its input once an epoch rather than once a batch: the fastest way to hand it the
    same work.
    """
    inputs, order = work.X.astype(dtype), [np.concatenate(epoch) for epoch in work.batches()]
    model = MLPClassifier(
        work.sizes[1:-1],
        activation="logistic",
        solver="sgd",
        alpha=0.0,
        batch_size=work.batch,
        learning_rate_init=work.learning_rate,
        shuffle=False,
        momentum=0.0,
        nesterovs_momentum=False,
    )
    model.partial_fit(inputs, work.labels, classes=np.arange(work.sizes[-1]))  # makes the arrays that hold the weights

    def run() -> Params:
        for W_transposed, bias, (W, b) in zip(model.coefs_, model.intercepts_, work.start):
            W_transposed[...], bias[...] = W.T, b
        for epoch in order:
            model.partial_fit(inputs[epoch], work.labels[epoch])
        return [(W.T, b) for W, b in zip(model.coefs_, model.intercepts_)]

    return run


def floor(work: Work) -> Callable[[], None]:
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

    threesteps(Work(work.sizes, work.batch, 1, work.X, work.labels), remember)()

    def run() -> None:
        for _ in range(work.epochs):
            for A0, A1, A2, W1, W2, W3, delta1, delta2, delta3 in steps:
                A0 @ W1.T, A1 @ W2.T, A2 @ W3.T  # forward
                delta3 @ W3, delta2 @ W2  # backward
                delta1.T @ A0, delta2.T @ A1, delta3.T @ A2  # the weights' gradients

    return run


def contenders(work: Work) -> dict[str, Callable[[], Params]]:
    """Everyone who is installed."""
    runs = {"threesteps": threesteps(work)}
    if torch:
        runs |= {"torch float32": pytorch(work, torch.float32), "torch float64": pytorch(work, torch.float64)}
    if MLPClassifier:
        runs |= {"sklearn float32": scikit_learn(work, np.float32), "sklearn float64": scikit_learn(work, np.float64)}
    return runs


def check_same_work(trained: dict[str, Params]) -> dict[str, float]:
    """The test accuracy of each contender; leaves with a message where they did not do the same work.

    In float64 the weights themselves agree; in float32 rounding grows over the run, and the accuracies agree within a
    point.
    """
    scores = {name: accuracy(network(DIGITS.test.X, params), DIGITS.test.labels) for name, params in trained.items()}
    for name, params in trained.items():
        if abs(scores[name] - scores["threesteps"]) > 0.01:
            sys.exit(f"{name} reaches {scores[name]:.2%} on the test part, threesteps {scores['threesteps']:.2%}")
        apart = max(abs(W - W_here).max() for (W, _), (W_here, _) in zip(params, trained["threesteps"]))
        if params[0][0].dtype == np.float64 and apart > 1e-6:
            sys.exit(f"{name}'s weights differ from threesteps' by {apart:.1e}: not the same run")
    return scores


def seconds(runs: dict[str, Callable], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """The times of each run over several rounds, in each of which everyone runs once."""
    times = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            begin = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - begin)
    return times


def ratio(times: dict[str, list[float]], name: str, to: str) -> float:
    """How many times as long as another one someone takes: the median over the rounds."""
    return statistics.median(a / b for a, b in zip(times[name], times[to]))


def peak(run: Callable) -> float:
    """The most memory that a run takes at once, in MB, without what was there before."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def digits() -> str:
    """Print the table of whole trainings; result: the line that sums it up."""
    work = Work(NETWORKS[0], 32, 20, *DIGITS.train)
    runs = contenders(work)
    scores = check_same_work({name: run() for name, run in runs.items()})
    times = seconds(runs | {"floor": floor(work)})
    steps = sum(map(len, work.batches()))
    print(f"{'':16} {'a run':>9} {'a step':>8}   test accuracy")
    for name, taken in times.items():
        middle = statistics.median(taken)
        score = f"{scores[name]:.1%}" if name in scores else ""
        print(f"{name:16} {middle * 1e3:6.1f} ms {middle / steps * 1e6:5.0f} µs   {score}")
    faster = {name: ratio(times, name, "threesteps") for name in runs}
    line = "training:"
    if torch:
        line += f" torch {min(faster['torch float32'], faster['torch float64']):.1f}x"
    if MLPClassifier:
        line += f" sklearn {faster['sklearn float64']:.1f}x"
    return f"{line} floor {ratio(times, 'threesteps', 'floor'):.1f}x"


def growth() -> None:
    """Print what a step takes as network and batch grow."""
    print(
        f"\n{'':16} {'batch':>5} {'a step':>9} {'torch 64':>9} {'torch 32':>9} {'floor':>6} {'peak':>8} {'weights':>9}"
    )
    rng = np.random.default_rng(SEED)
    for sizes in NETWORKS:
        for batch in BATCHES:
            work = Work(sizes, batch, 2, rng.random((8 * batch, sizes[0])), rng.integers(10, size=8 * batch), 0.1)
            times = seconds(contenders(work) | {"floor": floor(work)}, rounds=5)
            step = statistics.median(times["threesteps"]) / 16
            others = [f"{ratio(times, f'torch float{n}', 'threesteps'):8.1f}x" if torch else "" for n in (64, 32)]
            weights = sum(W.nbytes + b.nbytes for W, b in work.start) / 2**20
            print(
                f"{'-'.join(map(str, sizes)):16} {batch:5} {step * 1e6:6.0f} µs {others[0]:>9} {others[1]:>9} "
                f"{ratio(times, 'threesteps', 'floor'):5.1f}x {peak(threesteps(work)):5.1f} MB {weights:6.2f} MB"
            )


def main() -> None:
    """Print both tables, and the line at the end."""
    for name, module in (("PyTorch", torch), ("scikit-learn", MLPClassifier)):
        if not module:
            print(f"{name} is not installed: left out")
    if torch:
        torch.set_num_threads(1)
    line = digits()
    growth()
    print(line)


if __name__ == "__main__":
    main()
