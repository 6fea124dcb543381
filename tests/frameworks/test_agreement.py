"""Our functions, gradients and training against PyTorch's, Keras' and JAX's own, in float64.

A framework that is not installed is skipped; `make test-frameworks` installs all of them.
"""

from __future__ import annotations

import importlib
import os
import warnings
from collections.abc import Callable, Iterator
from functools import partial

os.environ |= {"JAX_PLATFORMS": "cpu", "CUDA_VISIBLE_DEVICES": "-1", "KERAS_BACKEND": "tensorflow"}
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}

import numpy as np
import pytest
from numpy.typing import NDArray

from threesteps.backprop import backprop
from threesteps.descent import minibatches, train
from threesteps.digits import load_digits
from threesteps.loss import cross_entropy, network_loss, one_hot
from threesteps.network import Params, affine, he_init, log_softmax, logits, network, normal_init, sigmoid, softmax
from threesteps.tasks.frameworks import to_keras_layout

pytestmark = pytest.mark.filterwarnings("ignore")  # the frameworks' own

LECTURE: Params = [
    (np.array([[1.0, -2.0], [-1.0, 1.0]]), np.array([1.0, 0.0])),
    (np.array([[2.0, -1.0], [-2.0, -1.0]]), np.array([0.0, 0.0])),
    (np.array([[3.0, -1.0], [-1.0, 4.0]]), np.array([-2.0, 2.0])),
]
X, T = np.array([[1.0, -1.0]]), np.array([[1.0, 0.0]])
FRAMEWORKS = ("torch", "keras", "jax")


def module(name: str):
    """The framework, or the test is skipped."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = importlib.import_module(name)
        except ImportError:
            pytest.skip(f"{name} is not installed")
    if name == "jax":
        found.config.update("jax_enable_x64", True)
    if name == "keras":
        found.config.set_floatx("float64")
    return found


# Each framework's way to a loss and its gradients: (X, T, params, hidden, output) → loss, [(dW, db), …].


def by_torch(X, T, params, hidden, output):
    torch = module("torch")
    tensors = [[torch.tensor(array, requires_grad=True) for array in pair] for pair in params]
    a, T = torch.tensor(X), torch.tensor(T)
    for W, b in tensors[:-1]:
        a = getattr(torch, hidden)(torch.nn.functional.linear(a, W, b))
    z = torch.nn.functional.linear(a, *tensors[-1])
    goodness = {"softmax": torch.nn.CrossEntropyLoss, "sigmoid": torch.nn.BCEWithLogitsLoss}[output](reduction="sum")
    loss = goodness(z, T)
    loss.backward()
    return loss.item(), [(W.grad.numpy(), b.grad.numpy()) for W, b in tensors]


def keras_model(params, hidden="sigmoid"):
    keras = module("keras")
    layers = [keras.layers.Dense(len(b), activation=hidden) for _, b in params[:-1]]
    model = keras.Sequential([keras.Input((params[0][0].shape[1],)), *layers, keras.layers.Dense(len(params[-1][1]))])
    model.set_weights(to_keras_layout(params))
    return model


def in_our_layout(arrays):
    return [(np.asarray(kernel).T, np.asarray(bias)) for kernel, bias in zip(arrays[::2], arrays[1::2])]


def by_keras(X, T, params, hidden, output):
    model, tf = keras_model(params, hidden), module("tensorflow")
    with tf.GradientTape() as tape:
        z = model(X)
        if output == "softmax":
            loss = tf.reduce_sum(tf.nn.softmax_cross_entropy_with_logits(T, z))
        else:
            loss = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(T, z))
    return float(loss), in_our_layout(tape.gradient(loss, model.trainable_variables))


def jax_loss(params, X, T, hidden="sigmoid", output="softmax"):
    nn, np_ = module("jax").nn, module("jax.numpy")
    for W, b in params[:-1]:
        X = {"sigmoid": nn.sigmoid, "tanh": np_.tanh, "relu": nn.relu}[hidden](X @ W.T + b)
    z = X @ params[-1][0].T + params[-1][1]
    if output == "softmax":
        return -(T * nn.log_softmax(z)).sum()
    return -(T * nn.log_sigmoid(z) + (1 - T) * nn.log_sigmoid(-z)).sum()


def by_jax(X, T, params, hidden, output):
    jax = module("jax")
    gradient = jax.jit(jax.value_and_grad(jax_loss), static_argnums=(3, 4))
    loss, grads = gradient(params, X, T, hidden, output)
    return float(loss), [(np.asarray(dW), np.asarray(db)) for dW, db in grads]


GRADIENTS = {"torch": by_torch, "keras": by_keras, "jax": by_jax}


def case(sizes, n: int, output: str, seed: int) -> tuple[NDArray, NDArray, Params]:
    """A batch, targets (one-hot and soft ones mixed) and a network with biases of its own."""
    rng = np.random.default_rng(seed)
    params = [(W, rng.normal(size=b.shape)) for W, b in normal_init(sizes, rng)]
    K = sizes[-1]
    if output == "softmax":
        T = np.where(rng.random((n, 1)) < 0.5, np.eye(K)[rng.integers(K, size=n)], rng.dirichlet(np.ones(K), n))
    else:
        T = np.where(rng.random((n, K)) < 0.5, rng.integers(2, size=(n, K)), rng.random((n, K)))
    return rng.normal(size=(n, sizes[0])), T, params


def largest_difference(a: Params, b: Params) -> float:
    assert [[x.shape for x in pair] for pair in a] == [[y.shape for y in pair] for pair in b]
    return max(float(abs(x - y).max()) for pair, other in zip(a, b) for x, y in zip(pair, other))


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_lectures_network(framework):
    """The loss and every gradient of the lecture's network, for both of its examples and for both together."""
    both = np.array([[1.0, -1.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    for X, T in (both, *((x[None], t[None]) for x, t in zip(*both))):
        for output in ("softmax", "sigmoid"):
            loss, grads = GRADIENTS[framework](X, T, LECTURE, "sigmoid", output)
            assert abs(loss - network_loss(X, T, LECTURE, output=output)) <= 1e-12
            assert largest_difference(grads, backprop(X, T, LECTURE, output=output)) <= 1e-12


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_uneven_networks(framework, hidden, output):
    """Layers of different sizes, biases that are not 0, batches, soft targets: where no fault can hide."""
    for seed, (sizes, n) in enumerate([((3, 4, 5, 2), 4), ((5, 3), 7), ((6, 1, 3), 1), ((2, 3, 3, 3, 3, 3, 2), 5)]):
        X, T, params = case(sizes, n, output, seed)
        loss, grads = GRADIENTS[framework](X, T, params, hidden, output)
        assert abs(loss - network_loss(X, T, params, hidden, output)) <= 1e-12
        assert largest_difference(grads, backprop(X, T, params, hidden, output)) <= 1e-12


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_small_fault_is_seen(framework):
    """What the bound is worth: one slope off by a millionth stands far above it."""
    X, T, params = case((3, 4, 5, 2), 4, "softmax", 0)
    _, grads = GRADIENTS[framework](X, T, params, "sigmoid", "softmax")
    wrong = [(dW.copy(), db.copy()) for dW, db in backprop(X, T, params)]
    wrong[1][0][2, 3] *= 1 + 1e-6
    assert largest_difference(grads, wrong) > 1e-10


def extreme_logits() -> NDArray:
    rng = np.random.default_rng(0)
    return np.concatenate(
        [rng.normal(size=(5, 4)), 1000 * rng.normal(size=(5, 4)), [[0, -1000, 1000, 0], [0, 0, 0, 0]]]
    )


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_functions_of_one_layer(framework):
    """Sigmoid, softmax and its logarithm, for moderate scores and for ±1000; ours are finite where theirs are."""
    nn = {"torch": "torch", "keras": "keras.ops", "jax": "jax.nn"}
    module(framework)
    theirs, Z = importlib.import_module(nn[framework]), extreme_logits()
    given = theirs.tensor(Z) if framework == "torch" else Z
    last = {"dim": -1} if framework == "torch" else {"axis": -1}
    assert np.asarray(theirs.sigmoid(given)) == pytest.approx(sigmoid(Z), rel=0, abs=1e-15)
    assert np.asarray(theirs.softmax(given, **last)) == pytest.approx(softmax(Z), rel=0, abs=1e-15)
    assert np.asarray(theirs.log_softmax(given, **last)) == pytest.approx(log_softmax(Z), rel=1e-14, abs=1e-14)


def test_torch_keeps_weights_as_we_do():
    torch, (_, _, params) = module("torch"), case((3, 4), 1, "softmax", 0)
    (W, b), A = params[0], np.random.default_rng(0).normal(size=(5, 3))
    layer = torch.nn.Linear(3, 4)
    assert tuple(layer.weight.shape) == W.shape == (4, 3)
    layer.weight.data, layer.bias.data = torch.tensor(W), torch.tensor(b)
    assert layer(torch.tensor(A)).detach().numpy() == pytest.approx(affine(A, W, b), abs=1e-12)


def test_keras_keeps_weights_the_other_way_round():
    for sizes in ((3, 4, 5, 2), (2, 2, 2, 2), (6, 1, 3)):
        A, _, params = case(sizes, 4, "softmax", 1)
        model = keras_model(params)
        assert [tuple(layer.kernel.shape) for layer in model.layers] == [W.T.shape for W, _ in params]
        assert np.asarray(model(A)) == pytest.approx(logits(A, params), abs=1e-12)


def test_square_weights_fit_into_keras_both_ways():
    model = keras_model(LECTURE)
    assert softmax(np.asarray(model(X)))[0, 0] == pytest.approx(0.249812, abs=5e-7)
    model.set_weights([array for pair in LECTURE for array in pair])
    assert softmax(np.asarray(model(X)))[0, 0] == pytest.approx(0.129305, abs=5e-7)


def test_softmax_twice():
    """The commonest slip gives 0.974311 where 1.387046 is right, and never less than 1.461150 on ten classes."""
    once = network(X, LECTURE)
    assert cross_entropy(once, T)[0] == pytest.approx(1.387046, abs=5e-7)
    assert cross_entropy(softmax(once), T)[0] == pytest.approx(0.974311, abs=5e-7)
    assert -np.log(softmax(np.eye(10)[0])[0]) == pytest.approx(1.461150, abs=5e-7)


def test_softmax_twice_in_torch():
    torch = module("torch")
    loss, z = torch.nn.CrossEntropyLoss(), torch.tensor(logits(X, LECTURE))
    assert loss(z, torch.tensor(T)).item() == pytest.approx(1.387046, abs=5e-7)
    assert loss(torch.softmax(z, dim=1), torch.tensor(T)).item() == pytest.approx(0.974311, abs=5e-7)


def test_softmax_twice_in_keras():
    """Keras remembers where probabilities come from, warns and goes back to the logits, unless they went on."""
    keras = module("keras")
    loss, y = keras.losses.CategoricalCrossentropy(from_logits=True), keras.ops.softmax(logits(X, LECTURE))
    with pytest.warns(UserWarning, match="Softmax"):
        assert float(loss(T, y)) == pytest.approx(1.387046, abs=5e-7)
    assert float(loss(T, 1 * y)) == pytest.approx(0.974311, abs=5e-7)


def test_torch_takes_the_mean_unless_told_otherwise():
    torch, (X, T, params) = module("torch"), case((3, 4, 5, 2), 4, "softmax", 2)
    loss = torch.nn.CrossEntropyLoss()(torch.tensor(logits(X, params)), torch.tensor(T))
    assert loss.item() == pytest.approx(network_loss(X, T, params) / 4, abs=1e-12)


def test_keras_takes_the_mean_unless_told_otherwise():
    keras, (X, T, params) = module("keras"), case((3, 4, 5, 2), 4, "softmax", 2)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)(T, logits(X, params))
    assert float(loss) == pytest.approx(network_loss(X, T, params) / 4, abs=1e-12)


def test_torch_adds_to_old_gradients():
    torch = module("torch")
    w = torch.tensor(2.0, requires_grad=True)
    for call in (1, 2, 3):
        (w * w).backward()
        assert w.grad.item() == 4.0 * call


def digits_run(params: Params, X: NDArray, T: NDArray, rate: float, hidden: str) -> tuple[list[Params], list]:
    """Our parameters after each of two epochs, and the batches that led there."""
    seen = []
    rng = np.random.default_rng(1)
    options = {"learning_rate": rate, "epochs": 2, "gradient": partial(backprop, hidden=hidden)}
    train(params, X, T, rng, after_epoch=lambda _, params: seen.append(params), **options)
    rng = np.random.default_rng(1)
    return seen, [minibatches(len(X), 32, rng) for _ in range(2)]


def torch_run(params: Params, X: NDArray, T: NDArray, rate: float, hidden: str, epochs: list) -> Iterator[Params]:
    torch = module("torch")
    layers = [torch.nn.Linear(*W.shape[::-1], dtype=torch.float64) for W, _ in params]
    between = {"sigmoid": torch.nn.Sigmoid, "relu": torch.nn.ReLU}[hidden]
    model = torch.nn.Sequential(*(part for layer in layers[:-1] for part in (layer, between())), layers[-1])
    with torch.no_grad():
        for layer, (W, b) in zip(layers, params):
            layer.weight.copy_(torch.tensor(W))
            layer.bias.copy_(torch.tensor(b))
    loss, optimizer = torch.nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=rate)
    for epoch in epochs:
        for batch in epoch:
            optimizer.zero_grad()
            loss(model(torch.tensor(X[batch])), torch.tensor(T[batch])).backward()
            optimizer.step()
        yield [(layer.weight.detach().numpy().copy(), layer.bias.detach().numpy().copy()) for layer in layers]


def keras_run(params: Params, X: NDArray, T: NDArray, rate: float, hidden: str, epochs: list) -> Iterator[Params]:
    keras, model = module("keras"), keras_model(params, hidden)
    model.compile(keras.optimizers.SGD(rate), keras.losses.CategoricalCrossentropy(from_logits=True))
    for epoch in epochs:
        order = np.concatenate(epoch)  # in order already, so fit cuts it into these very batches
        model.fit(X[order], T[order], batch_size=32, epochs=1, shuffle=False, verbose=0)
        yield in_our_layout(model.get_weights())


def step_down(rate: float, w, slope):
    return w - rate * slope


def jax_run(params: Params, X: NDArray, T: NDArray, rate: float, hidden: str, epochs: list) -> Iterator[Params]:
    jax = module("jax")
    gradient = jax.jit(jax.grad(jax_loss), static_argnums=(3, 4))
    for epoch in epochs:
        for batch in epoch:
            grads = gradient(params, X[batch], T[batch], hidden, "softmax")
            params = jax.tree.map(partial(step_down, rate / len(batch)), params, grads)
        yield [(np.asarray(W), np.asarray(b)) for W, b in params]


RUNS: dict[str, Callable[..., Iterator[Params]]] = {"torch": torch_run, "keras": keras_run, "jax": jax_run}


@pytest.mark.parametrize(("hidden", "rate", "init"), [("sigmoid", 2.0, normal_init), ("relu", 0.2, he_init)])
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_training_on_the_digits(framework, hidden, rate, init):
    """The same start and the same batches: parameters within 1e-9 after one epoch and after two."""
    X, labels = load_digits().train
    T, start = one_hot(labels, 10), init([64, 32, 32, 10], np.random.default_rng(0))
    ours, epochs = digits_run(start, X, T, rate, hidden)
    for mine, theirs in zip(ours, RUNS[framework](start, X, T, rate, hidden, epochs), strict=True):
        assert largest_difference(mine, theirs) <= 1e-9
        assert network_loss(X, T, mine, hidden) == pytest.approx(network_loss(X, T, theirs, hidden), rel=1e-9)
