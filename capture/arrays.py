"""Names for the arrays that image work passes around; the shapes stand in each docstring."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

# OpenCV's stubs promise no element type, so these say what is meant and the checker sees arrays.
Bytes = npt.NDArray[Any]  # uint8
Floats = npt.NDArray[Any]  # float32 or float64
