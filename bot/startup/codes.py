"""What the program ends with."""

from typing import Final

OK: Final = 0
FAILED: Final = 1
UNUSABLE: Final = 2
"""Settings or content that cannot be used; the text says which."""
