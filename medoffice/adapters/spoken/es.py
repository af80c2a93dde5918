"""Spanish, as offices in the United States speak it to their patients: "usted", dollars with a point."""

from types import MappingProxyType
from typing import Final

from medoffice.workflows.collection import For, OpenEstimate
from medoffice.workflows.collection.words import AskWords

WORDS: Final = AskWords(
    steps=MappingProxyType(
        {
            "copay": "Copago",
            "copay-cap": "No más de lo que el plan permite por el servicio",
            "deductible": "Para su deducible",
            "coinsurance": "Coseguro",
            "out-of-pocket-cap": "Por encima de su gasto máximo: lo paga el plan",
            "visit-limit": "No quedan citas que el plan pague",
            "benefit-limit": "Por encima de lo que el plan aún paga por el servicio",
            "balance-bill": "Por encima de lo que el plan permite, fuera de su red",
            "preventive": "Atención preventiva: la paga toda el plan",
            "covered": "El plan lo paga todo",
            "self-pay": "Precio sin seguro",
            "balance": "Saldo de citas anteriores",
            "credit": "Crédito de pagos anteriores",
            "deposit": "Su depósito",
            "instalment": "Cuota de su plan de pagos",
            "not-asked": "Otro programa se encarga de esto; no se lo cobramos",
            "asked-later": "Esto se le pide más tarde, cuando responda el plan",
            "charge-rule": "Hasta lo que se puede pedir en total por el servicio",
            "other-plan": "Su otro plan paga",
            "written-off": "No se le puede cobrar a usted, por las reglas de su otro plan",
        }
    ),
    unknowns=MappingProxyType(
        {
            "allowed-not-known": "Aún no sabemos cuánto permite el plan por un servicio.",
            "allowed-not-settled": "El plan aún puede decidir permitir otra cantidad por un servicio.",
            "service-not-returned": "El plan no dijo cuánto paga por un servicio.",
            "copay-not-returned": "El plan no dijo si hay copago.",
            "deductible-rule-not-returned": "El plan no dijo si se aplica el deducible.",
            "deductible-not-returned": "El plan no dijo cuánto queda del deducible.",
            "coinsurance-not-returned": "El plan no dijo si hay coseguro.",
            "out-of-pocket-not-returned": "El plan no dijo cuánto falta para su gasto máximo.",
            "order-not-known": "No sabemos si el plan toma el copago antes o después del deducible.",
            "coverage-not-active": "El seguro que tenemos anotado no está vigente este día.",
            "payment-not-settled": "Se pidió un pago y aún no sabemos si se cobró.",
            "other-plan-not-known": "Aún no sabemos cuánto paga su otro plan.",
            "coordination-not-known": "No sabemos cómo reparten el costo sus planes.",
        }
    ),
    opening=MappingProxyType(
        {
            For.VISIT: "Su parte de la cita de hoy es {amount}.",
            For.INSTALMENT: "De su plan de pagos toca pagar {amount} ahora.",
            For.BALANCE: "De citas anteriores hay un saldo de {amount}.",
            For.DEPOSIT: "Para su cita le pedimos que pague {amount} por adelantado.",
        }
    ),
    deposit="Para este tipo de cita pedimos un depósito. Con él se paga la cita, y lo que sobra se le devuelve.",
    instalment="Ya toca la cuota de su plan de pagos.",
    late="De su plan de pagos, {amount} vencieron antes de hoy.",
    balance="Esto aún está pendiente de citas anteriores.",
    made_up="Se compone de: {parts}.",
    taken_off="Se le descuenta: {parts}.",
    left_open=MappingProxyType(
        {
            OpenEstimate.DUE_TODAY: "Su plan no nos ha dicho todo, así que puede resultar más o menos.",
            OpenEstimate.LOWER: "Su plan no nos ha dicho todo, así que pedimos lo mínimo que puede ser.",
            OpenEstimate.COPAY: "Su plan no nos ha dicho todo, así que pedimos solo el copago.",
        }
    ),
    come_in="Pase, por favor. De todo lo demás hablamos después.",
    one_moment="Un momento, por favor: primero tengo que ver si su último pago se realizó.",
    nothing="Hoy no hay nada que pagar.",
    together="En total son {amount}.",
    how="¿Cómo prefiere pagarlo?",
    seen_anyway="Se le atenderá hoy, pueda pagarlo o no.",
    pay_all="Pagar {amount} ahora.",
    pay_today="Pagar ahora {amount} por la cita, y el resto después.",
    pay_later="No pagar nada ahora; le enviamos la factura.",
    pay_plan="Pagar {balance} en {count} cuotas mensuales, la primera de {first} el {day}.",
    pay_and_plan="Pagar {now} ahora, y {balance} en {count} cuotas mensuales, la primera de {first} el {day}.",
)
