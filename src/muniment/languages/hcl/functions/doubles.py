"""Logarithm and power of binary doubles with the rounding of Go's portable implementations.

The last bit matters: `ceil(log(n, 2))` sizes subnets, and a logarithm that is one unit too large adds a bit.
"""

import math

_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_ODD = (6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01)
_EVEN = (3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)
_HALF_ROOT = math.sqrt(2) / 2
_FAR = 1 << 12  # a binary exponent beyond every double's


def natural_log(value: float) -> float:
    """The natural logarithm; not a number below zero. The polynomial is that of FreeBSD's `e_log.c`."""
    if value == 0:
        return -math.inf
    if not 0 < value < math.inf:
        return math.inf if value > 0 else math.nan
    mantissa, exponent = math.frexp(value)
    if mantissa < _HALF_ROOT:
        mantissa, exponent = mantissa * 2, exponent - 1
    above = mantissa - 1
    ratio = above / (2 + above)
    square = ratio * ratio
    fourth = square * square
    series = square * _polynomial(_ODD, fourth) + fourth * _polynomial(_EVEN, fourth)
    half = 0.5 * above * above
    return exponent * _LN2_HIGH - ((half - (ratio * (half + series) + exponent * _LN2_LOW)) - above)


def _polynomial(coefficients: tuple[float, ...], value: float) -> float:
    result = 0.0
    for coefficient in reversed(coefficients):
        result = coefficient + value * result
    return result


def power(base: float, exponent: float) -> float:
    """`base` to the power of `exponent`; not a number for a fractional power of a negative base."""
    if exponent == 0 or base in (0, 1) or not (math.isfinite(base) and math.isfinite(exponent)):
        return _special(base, exponent)
    if abs(exponent) == 0.5 and base > 0:
        return math.sqrt(base) if exponent > 0 else 1 / math.sqrt(base)
    fraction, integer = math.modf(abs(exponent))
    if fraction and base < 0:
        return math.nan
    if integer >= 1 << 63:
        return _special(base, math.copysign(math.inf, exponent))
    result = 1.0
    if fraction > 0.5:
        fraction, integer = fraction - 1, integer + 1
    if fraction:
        result = math.exp(fraction * natural_log(base))
    result, scale = _squared(base, int(integer), result)
    if exponent < 0:
        result, scale = 1 / result, -scale
    try:
        return math.ldexp(result, scale)
    except OverflowError:
        return math.copysign(math.inf, result)


def _squared(base: float, times: int, result: float) -> tuple[float, int]:
    """`result` times `base` to a whole power, as a mantissa and a binary exponent."""
    scale = 0
    mantissa, binary = math.frexp(base)
    while times:
        if abs(binary) > _FAR:
            return result, scale + binary
        if times & 1:
            result, scale = result * mantissa, scale + binary
        mantissa, binary = mantissa * mantissa, binary * 2
        if mantissa < 0.5:
            mantissa, binary = mantissa * 2, binary - 1
        times >>= 1
    return result, scale


def _special(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):
        return math.inf
