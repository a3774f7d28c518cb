"""The network engine: pure, and the one source of every number in the tutor."""
