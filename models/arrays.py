"""Names for the array types that cross module borders."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
"""Float array; the shape stands in the docstring of what takes or returns it: `(hours,)` or `(sites, hours)`."""

TimeArray = NDArray[np.datetime64]
"""UTC instants at which each hour begins, `datetime64[s]`, shape `(hours,)`."""
