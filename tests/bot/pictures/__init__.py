"""Pictures, checked by what they contain."""
