"""The lesson as validated data: every learner-facing word, and the tools for its authors."""
