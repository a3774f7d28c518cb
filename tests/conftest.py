"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every 429 is a deprecation warning
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
