"""One module for each way in; each is a ``target.Target``."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "bot"))  # where the simulated Discord stands
