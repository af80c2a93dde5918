"""A receipt in Spanish, as it is written in the United States."""

from types import MappingProxyType
from typing import Final

from medoffice.adapters.letters.receipt_words.receipt_words import ReceiptWords
from medoffice.adapters.letters.words.es import WORDS as SLIP
from medoffice.billing.account import Means
from medoffice.workflows.collection import Part

WORDS: Final = ReceiptWords(
    title="Recibo",
    number="Recibo n.º {number}",
    patient="Para",
    visit_day="Cita del {day}",
    parts=MappingProxyType(
        {
            Part.VISIT: "Su cita",
            Part.INSTALMENT: "Su plan de pagos",
            Part.BALANCE: "Citas anteriores",
            Part.DEPOSIT: "Guardado como su depósito",
        }
    ),
    total=MappingProxyType(
        {
            Means.CARD: "Pagado con tarjeta",
            Means.CASH: "Pagado en efectivo",
            Means.CHECK: "Pagado con cheque",
            Means.OTHER: "Pagado",
        }
    ),
    refund_title="Reembolso",
    refund_number="Reembolso n.º {number}",
    given_back="Su depósito",
    refunded=MappingProxyType(
        {
            Means.CARD: "Devuelto a su tarjeta",
            Means.CASH: "Devuelto en efectivo",
            Means.CHECK: "Devuelto con cheque",
            Means.OTHER: "Devuelto",
        }
    ),
    after_refund="Después de este reembolso",
    reference="n.º {reference}",
    left="Después de este pago",
    left_for_visit="Falta pagar de esta cita",
    left_balance="Falta pagar de citas anteriores",
    left_on_plan="Falta pagar de su plan de pagos",
    deposit="Depósitos que le guardamos",
    nothing_left="No falta pagar nada.",
    void="ANULADO",
    voided="Este pago se anuló el {day} y no cuenta.",
    refund_voided="Este reembolso se anuló el {day} y no cuenta.",
    keep="Por favor, guarde este recibo. No es una factura.",
    write_day=SLIP.write_day,
)
