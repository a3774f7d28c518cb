"""Training: held to the trace step by step, reproducible, and the lesson's claims about it."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from engine.descent import Example, accuracy, predicted, trained
from engine.expression import evaluate
from engine.network import Network, NetworkError
from engine.trace import trace
from engine.training import Run, Task, above_half, history, smoothed
from tests.engine.networks import LESSON, one_neuron, random_case

NETWORK = Network.from_data(LESSON)
WITH_BIASES = replace(NETWORK, train_biases=True)
SEEDS = tuple(f"seed {number}" for number in range(20))
TRACED = ((0.6, 0.7), (0.2, 0.1))


def weights(network: Network) -> dict[str, float]:
    """Every weight and bias by its id."""
    return {
        name: value
        for neuron in network.neurons()
        for name, value in (*neuron.weights, (f"{neuron.name}.bias", neuron.bias))
    }


def test_a_step_is_the_step_of_the_trace() -> None:
    """On networks of every shape, activation and loss, step after step moves as `.updated` says."""
    compared = 0
    for seed in range(40):
        rng = random.Random(seed)
        case = random_case(rng)
        network = Network.from_data(case.data)
        for _ in range(6):
            inputs = [rng.uniform(-1.5, 1.5) for _ in network.inputs]
            target = [rng.choice([0.0, 1.0, rng.random()]) for _ in network.outputs]
            try:
                expected = trace(network, inputs, target, case.rate)
                after, losses = trained(network, [Example(tuple(inputs), tuple(target))], case.rate)
            except NetworkError:  # some of these networks explode
                break
            assert losses[0] == pytest.approx(expected["loss"].value, rel=1e-12, abs=1e-12)
            for name, value in weights(after).items():
                if f"{name}.updated" in expected:
                    moved = expected[f"{name}.updated"].value
                    assert value == pytest.approx(moved, rel=1e-12, abs=1e-12), name
                else:
                    assert value == weights(network)[name], name
            network, compared = after, compared + 1
    assert compared > 200


def test_a_sum_that_is_0_on_paper_shuts_its_relu() -> None:
    """0.1 × 3 − 0.3 is 0, as the trace has it, though floats leave a little over."""
    data = {
        "inputs": ["x"],
        "layers": [
            [{"name": "H", "activation": "relu", "bias": -0.3, "weights": {"w": 0.1}}],
            [{"name": "O", "activation": "identity", "weights": {"v": 1.0}}],
        ],
        "train_biases": True,
    }
    after, _ = trained(Network.from_data(data), [Example((3.0,), (1.0,))], 0.1)
    assert weights(after)["w"] == 0.1


def test_a_prediction_is_the_trace_s() -> None:
    """What the network says at a point is its output in a trace there."""
    for seed in range(20):
        case = random_case(random.Random(seed))
        found = case.traced()
        network = found.network
        (said,) = predicted(network, [tuple(case.inputs)])
        assert said == pytest.approx(
            [found[f"{neuron.name}.activation"].value for neuron in network.outputs], abs=1e-12
        )


@pytest.mark.parametrize("parts", [(250,), (1, 10, 100, 139), (125, 125), (0, 250, 0)])
def test_a_run_in_parts_is_the_run_in_one_go(parts: Sequence[int]) -> None:
    """+1, +10 and +100 give the same numbers, to the last bit, as all of them at once."""
    run = Run(WITH_BIASES, above_half(2), "a seed")
    for part in parts:
        run = run.continued(part)
    assert run == Run(WITH_BIASES, run.task, "a seed").continued(250)
    assert run.steps == 250


def test_examples_are_the_same_everywhere() -> None:
    """The examples of a seed are fixed for ever: a hash of the seed and the example's number."""
    first = above_half(2).example("a seed", 0)
    assert [round(x, 12) for x in first.inputs] == [0.648865103554, 0.751850834069]
    assert first.target == (1.0 if sum(first.inputs) > 1 else 0.0,)
    many = [above_half(3).example("a seed", index) for index in range(2000)]
    for place in range(3):
        numbers = sorted(example.inputs[place] for example in many)
        assert 0 <= numbers[0] < 0.01
        assert 0.99 < numbers[-1] < 1
        assert all(abs(x - (i + 0.5) / 2000) < 0.04 for i, x in enumerate(numbers))


def test_a_run_is_fixed_by_its_seed() -> None:
    """The figures of one run, as they must come out on every machine and version of Python."""
    run = Run(WITH_BIASES, above_half(2), "a seed").continued(1000)
    other = Run(WITH_BIASES, above_half(2), "another seed").continued(1000)
    assert run.network != other.network
    assert {name: round(value, 9) for name, value in weights(run.network).items()} == {
        "w11": 1.324135105,
        "w12": 0.848148618,
        "H1.bias": -0.739771735,
        "w21": 1.291794784,
        "w22": 1.879167129,
        "H2.bias": -1.109400667,
        "wO1": 1.638065352,
        "wO2": 2.338132601,
        "O.bias": -1.984968991,
    }


def test_without_biases_it_cannot_learn_the_task() -> None:
    """Biases held at 0: after 2,000 steps at most 70 % right, 0.60 to 0.72 at (0.6, 0.7)."""
    for seed in SEEDS:
        run = Run(NETWORK, above_half(2), seed).continued(2000)
        (high,), (low,) = predicted(run.network, TRACED)
        assert run.accuracy() <= 0.70
        assert 0.55 < high < 0.75
        assert low > 0.5  # it stays on the wrong side


def test_without_biases_the_answer_does_not_change_along_a_ray() -> None:
    """The sum of k times a point is k times its sum, so its side of 0.5 is the same for all k."""
    network = Run(NETWORK, above_half(2), "a seed").continued(500).network
    for point in TRACED:
        once = trace(network, point, 1)["O.sum"].value
        for k in (0.1, 0.5, 2.0):
            scaled = trace(network, [k * x for x in point], 1)["O.sum"].value
            assert scaled == pytest.approx(k * once)


def test_with_biases_it_learns_the_task() -> None:
    """Biases trained from 0: after 5,000 steps 0.93 or more at (0.6, 0.7), and 90 % right."""
    for seed in SEEDS:
        run = Run(WITH_BIASES, above_half(2), seed).continued(5000)
        (high,), (low,) = predicted(run.network, TRACED)
        assert high >= 0.93
        assert low < 0.1
        assert run.accuracy() >= 0.90


def test_the_history_tells_of_every_so_many_steps() -> None:
    """A moment at the beginning, one every so many steps, and one at the end."""
    run = Run(NETWORK, above_half(2), "a seed")
    moments = list(history(run, 25, 10, TRACED))
    assert [moment.steps for moment in moments] == [0, 10, 20, 25]
    assert math.isnan(moments[0].loss)
    assert moments[0].network == NETWORK
    assert moments[0].predictions[0][0] == pytest.approx(0.5627, abs=5e-5)
    whole = run.continued(25)
    assert moments[-1].loss == pytest.approx(sum(whole.losses[20:]) / 5)
    assert moments[-1].network == whole.network
    assert moments[-1].accuracy == whole.accuracy()
    assert [m.steps for m in history(whole, 5, 5)] == [25, 30]


def test_accuracy_asks_every_output_for_its_side_of_a_half() -> None:
    """An example is right when every output lies on its target's side of 0.5."""
    network = one_neuron("identity", 1.0)
    examples = [Example((x,), (t,)) for x, t in [(0.6, 1.0), (0.5, 0.0), (0.6, 0.0), (0.1, 1.0)]]
    assert accuracy(network, examples) == 0.5


@pytest.mark.parametrize("count", [0, 1, 2, 9, 10, 100, 121, 5000])
def test_a_smoothed_curve_spans_the_steps(count: int) -> None:
    """At most 120 points, in order, up to the last step, each a mean of the steps before it."""
    losses = [1 / (step + 1) for step in range(count)]
    curve = smoothed(losses)
    steps = [step for step, _ in curve]
    assert len(curve) <= 120
    assert steps == sorted(set(steps))
    assert steps[-1:] == [count][: len(steps)]
    assert bool(curve) == bool(losses)
    values = [value for _, value in curve]
    assert values == sorted(values, reverse=True)


def test_what_cannot_be_trained_is_refused() -> None:
    """A run that explodes, goes back, or has a task that does not fit says so."""
    explosive = Run(one_neuron("identity", 1.0), Task(1, lambda _: (1e6,)), "s", 100.0)
    with pytest.raises(NetworkError, match=r"step \d+: the numbers grow too large .* smaller"):
        explosive.continued(50)
    explosive = Run(one_neuron("identity", 1.0), Task(1, lambda _: (1e6,)), "s", 1000.0)
    with pytest.raises(NetworkError, match="step 1: the numbers grow too large"):
        explosive.continued(1)
    surely_wrong = one_neuron("sigmoid", 1000.0, loss="cross_entropy")
    with pytest.raises(NetworkError, match="step 1: "):
        trained(surely_wrong, [Example((1.0,), (0.0,))], 0.1)
    with pytest.raises(NetworkError, match="task: has 3 inputs and 1 outputs, the network 2 and 1"):
        Run(NETWORK, above_half(3), "s")
    with pytest.raises(NetworkError, match="needs a number above 0"):
        Run(NETWORK, above_half(2), "s", 0.0)
    with pytest.raises(ValueError, match="not back: -1 steps"):
        Run(NETWORK, above_half(2), "s").continued(-1)


def test_trees_and_floats_agree_on_the_first_step() -> None:
    """The lesson's own step: the update the learner works out is the one training takes."""
    found = trace(NETWORK, TRACED[0], 1, 0.32)
    after, _ = trained(NETWORK, [Example(TRACED[0], (1.0,))], 0.32)
    expected = evaluate(found["wO2.updated"].expression, found.values)
    assert weights(after)["wO2"] == pytest.approx(expected, abs=1e-12)
    assert round(weights(after)["wO2"], 3) == 0.918
