"""Decimal arithmetic of prices: no digit is rounded, whatever decimal context the caller has set."""

from decimal import ROUND_HALF_UP, Context
from typing import Final

EXACT: Final = Context(prec=64, rounding=ROUND_HALF_UP)
