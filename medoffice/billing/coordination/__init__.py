"""Coordination of benefits: in which order several payers pay, what each pays, and what is left."""

from medoffice.billing.coordination.facts import (
    Custody,
    Entitlement,
    Family,
    PatientFacts,
    PlanFacts,
    PlanKind,
    Standing,
)
from medoffice.billing.coordination.medicare import medicare_secondary, medicare_secondary_other_basis
from medoffice.billing.coordination.noted import Noted, OrderPut, PatientNoted, PlanNoted
from medoffice.billing.coordination.order import payer_order, primary_payer
from medoffice.billing.coordination.payments import ChargeRule, Coordinated, Method, PayerLine, coordinate
from medoffice.billing.coordination.plan_facts import plan_facts_of
from medoffice.billing.coordination.unknowns import UNKNOWNS

__all__ = [
    "UNKNOWNS",
    "ChargeRule",
    "Coordinated",
    "Custody",
    "Entitlement",
    "Family",
    "Method",
    "Noted",
    "OrderPut",
    "PatientFacts",
    "PatientNoted",
    "PayerLine",
    "PlanFacts",
    "PlanKind",
    "PlanNoted",
    "Standing",
    "coordinate",
    "medicare_secondary",
    "medicare_secondary_other_basis",
    "payer_order",
    "plan_facts_of",
    "primary_payer",
]
