"""Pictures: diagrams of the network, how it learns, the trace sheet."""
