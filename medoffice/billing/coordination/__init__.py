"""Coordination of benefits: what each of several payers pays, and what is left."""

from medoffice.billing.coordination.medicare import medicare_secondary
from medoffice.billing.coordination.payments import ChargeRule, Coordinated, Method, PayerLine, coordinate

__all__ = ["ChargeRule", "Coordinated", "Method", "PayerLine", "coordinate", "medicare_secondary"]
