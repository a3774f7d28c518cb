"""The tutor: a pure dialogue, and the thin shells that carry it."""
