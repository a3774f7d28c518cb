"""The network as a graph with names and no numbers: inputs, neurons, and weights between them."""

from __future__ import annotations

from typing import Any

from content.paper.mathematics import symbol
from engine.network import Network

MOST_NODES, MOST_LAYERS, MOST_NAMED = 5, 4, 9
"""A larger network has no graph, and more weights between two layers have no names in it."""


def graph(network: Network) -> dict[str, Any] | None:
    """Columns of nodes, and edges from one column to the next; None where it would not fit.

    An edge is its column, the places of both its ends, and the weight's name or None.
    """
    columns = [list(network.inputs)]
    columns += [[neuron.name for neuron in layer] for layer in network.layers]
    if len(columns) > MOST_LAYERS or max(map(len, columns)) > MOST_NODES:
        return None
    edges = [
        [at, source, target, symbol(name) if len(layer) * len(columns[at]) <= MOST_NAMED else None]
        for at, layer in enumerate(network.layers)
        for target, neuron in enumerate(layer)
        for source, (name, _) in enumerate(neuron.weights)
    ]
    return {"columns": [[symbol(name) for name in column] for column in columns], "edges": edges}
