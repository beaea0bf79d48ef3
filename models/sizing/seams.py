"""Where lanes meet after a substitution: prices that must agree, and the levels cut out of the chain (numba)."""

from models.sizing.kernel import kernel
from models.sizing.substitution import STIFF


@kernel
def jumps(following, levels, prices, final, after, ahead, jump):  # type: ignore[no-untyped-def]  # numba infers its many arrays
    """Fill `jump` (levels, lanes): prices with which the next lane begins less `ahead`, those this one ended with.

    after : position of each lane's next. Nothing is owed at the last lane of a site. Returns the largest jump and the
    largest of the prices.
    """
    worst, most = 0.0, 0.0
    for k in range(len(levels)):
        for lane in range(len(final)):
            begun = 0.0
            for r in range(following.shape[1]):
                begun += following[levels[k], r] * prices[r, after[lane]]
            most = max(most, abs(begun))
            jump[k, lane] = 0.0 if final[lane] else begun - ahead[k, lane]
            worst = max(worst, abs(jump[k, lane]))
    return worst, most


@kernel
def collect(jump, given, linked, segments):  # type: ignore[no-untyped-def]  # as above
    """Add to the jump of prices at the end of each lane, in place, what those after it bring to it."""
    count, lanes = jump.shape
    for lane in range(lanes - 2, -1, -1):
        if lane % segments == segments - 1:
            continue
        for i in range(count):
            for k in range(count):
                jump[i, lane] += given[linked + i, k, lane + 1] * jump[k, lane + 1]


@kernel
def cut_flows(own, following, levels, inverse, prices, final, after, outer, flows):  # type: ignore[no-untyped-def]  # as above
    """Put the changes of the levels cut out of the chain, those that end a year, into `flows` (levels, positions).

    outer : (levels, lanes) what the border says; where a level is stiff it is what the prices (balances, positions and
    a step) say.
    """
    positions, lanes = flows.shape[1], len(final)
    for k in range(len(levels)):
        for lane in range(lanes):
            if not final[lane]:
                continue
            last, pull = positions - lanes + lane, 0.0
            for r in range(own.shape[1]):
                pull += own[levels[k], r] * prices[r, last] + following[levels[k], r] * prices[r, after[lane]]
            soft = inverse[levels[k], last]
            flows[k, last] = outer[k, lane] if soft > STIFF else soft * pull
