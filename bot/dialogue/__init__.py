"""The conversation as a pure function: `step(state, event, context) -> Turn`."""
