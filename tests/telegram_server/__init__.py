"""A stateful Telegram of our own, with its limits and faults, for tests."""
