"""Benches are scripts, no package: they are imported from their own folder, as when they are run."""

import sys

from tests.places import ROOT

sys.path.append(str(ROOT / "bench"))
