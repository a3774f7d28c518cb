"""How near two floats count as one: each tolerance once, with its reason.

What a learner may round away is no tolerance: that is in `rounding`.
"""

NEGLIGIBLE = 1e-12
"""A number this small, either way, is floating-point noise or beyond any pencil: it counts as 0."""

NOISE = 1e-9
"""Numbers nearer to each other than this are one: floats differ in their last digits."""

HALF_STEP = 1e-7
"""So near half a unit of the last decimal is half of it, and may be rounded either way."""

WHOLE_STEP = 1e-6
"""So near a whole number of units, in units, a value has no more decimals."""
