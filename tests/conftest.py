"""What all tests share: Hypothesis without a stop-watch, and the same examples each time in CI."""

import os

from hypothesis import settings

# A busy machine makes an example slow for no fault of its own. `HYPOTHESIS_EXAMPLES=3000 pytest`
# looks further than the hundred examples of every day.
settings.register_profile(
    "artclean",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "100")),
)
settings.load_profile("artclean")
