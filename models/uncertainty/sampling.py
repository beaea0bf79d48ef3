"""Latin hypercube samples with a stated rank correlation, the same for the same seed on any machine.

Every column holds one value in each of as many equal slices of 0-1 as there are samples (McKay, Beckman and Conover
1979, Technometrics 21, 239-245). Columns are then put in the order of scores that have the wanted correlation: the
slices stay as they are (Iman and Conover 1982, Communications in Statistics B11, 311-334).
"""

import numpy as np
from scipy.special import ndtri

from models.arrays import FloatArray


def latin_hypercube(samples: int, correlation: FloatArray, seed: int) -> FloatArray:
    """Quantiles (samples, columns) in 0-1.

    correlation : (columns, columns) wanted rank correlation, symmetric, 1 on the diagonal, positive definite.

    Raises ValueError for a matrix that is none, and for fewer than two samples a column.
    """
    wanted = np.asarray(correlation, dtype=float)
    columns = len(wanted)
    if wanted.shape != (columns, columns) or not np.allclose(wanted, wanted.T) or not np.allclose(np.diag(wanted), 1.0):
        raise ValueError("a correlation matrix is square and symmetric, with 1 on the diagonal")
    if columns == 0:
        return np.zeros((samples, 0))
    if samples < 2 * columns:
        raise ValueError(f"{columns} columns need at least {2 * columns} samples")
    random = np.random.Generator(np.random.PCG64(seed))
    slices = (np.arange(samples)[:, None] + random.random((samples, columns))) / samples
    scores = _scores(samples, columns, random)
    root = _root(2.0 * np.sin(np.pi / 6.0 * wanted))  # a normal's own correlation for that of its ranks (Pearson 1907)
    found = scores @ np.linalg.inv(_root(np.corrcoef(scores, rowvar=False).reshape(columns, columns))).T @ root.T
    ranks = np.argsort(np.argsort(found, axis=0, kind="stable"), axis=0, kind="stable")
    return np.take_along_axis(slices, ranks, axis=0)


def _scores(samples: int, columns: int, random: np.random.Generator) -> FloatArray:
    """Normal scores (van der Waerden), each column in an order of its own, of mean 0 and variance 1."""
    score = ndtri(np.arange(1, samples + 1) / (samples + 1.0))
    score = score / score.std()
    return np.column_stack([score[random.permutation(samples)] for _ in range(columns)])


def _root(matrix: FloatArray) -> FloatArray:
    """Cholesky's lower factor; raises ValueError where there is none."""
    try:
        return np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise ValueError("the correlations contradict each other: the matrix is not positive definite") from error


def common_factor(groups: list[str | None], correlation: float) -> FloatArray:
    """A matrix in which columns of the same group share `correlation`, and others none; None is no group."""
    same = np.array([[a is not None and a == b for b in groups] for a in groups]).reshape(len(groups), len(groups))
    return np.asarray(np.where(same, correlation, 0.0) + np.diag(np.where(np.diag(same), 1.0 - correlation, 1.0)))
