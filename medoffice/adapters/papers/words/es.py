"""The papers about money in Spanish, as it is written in the United States."""

from datetime import date
from typing import Final

from medoffice.adapters.papers.words.paper_words import EstimateWords, NoticeWords, PaperWords
from medoffice.billing.beneficiary_notice import DenialReason, NoticeOption

_MONTHS: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}"


WORDS: Final = PaperWords(
    estimate=EstimateWords(
        title="Estimado de buena fe de lo que costará su atención",
        patient="Paciente",
        born="Fecha de nacimiento",
        issued="Estimado hecho el",
        number="Estimado",
        replaces="N.º {number}; reemplaza al anterior",
        service="Atención prevista",
        service_on="Prevista para el",
        no_day="todavía no hay fecha",
        provider="Proveedor",
        npi="NPI",
        tax_id="Número fiscal",
        where="Lugar",
        state="Estado",
        head=("Servicio", "Código", "Diagnóstico", "Unidades", "Cargo previsto"),
        not_known="aún no se conoce",
        total_of_provider="Previsto de este proveedor",
        total="Previsto en total: {total}",
        again="Esto vale para {times} veces, {every}, la última el {last}; los cargos de arriba son los de todas juntas.",
        left_out="No está en este estimado lo que cobran otros, que le envían sus propias facturas: {what}.",
        separately=(
            "Lo siguiente se reserva o se pide por separado. Usted recibe un estimado propio cuando se reserva, o cuando lo "
            "pide:"
        ),
        how_to_get="Para pedir un estimado de cualquiera de estos, llame al {phone}.",
        how_to_get_here="Para pedir un estimado de cualquiera de estos, hable con nosotros en la recepción.",
        good_to_know="Lo que debe saber",
        disclaimers={
            "more-may-be-needed": (
                "Podemos recomendarle otra atención como parte de su tratamiento. Se reserva o se pide por separado y no "
                "está en este estimado."
            ),
            "only-an-estimate": (
                "Esto es un estimado de lo que esperamos hoy. La atención que reciba y lo que cueste pueden ser distintos."
            ),
            "may-be-disputed": (
                "Si un proveedor le cobra {threshold} o más por encima de lo que aquí se estima para ese proveedor, usted "
                "puede disputar la factura. Tiene {days} días calendario desde su primera factura. Cómo hacerlo se explica "
                "en www.cms.gov/nosurprises/consumers, o llame al 1-800-985-3059. Disputar una factura no empeora su "
                "atención. Guarde este estimado: puede necesitarlo."
            ),
            "no-contract": (
                "Este estimado no es un contrato. Usted no está obligado a recibir esta atención de nosotros ni de nadie "
                "que aquí se nombre."
            ),
        },
    ),
    notice=NoticeWords(
        title="Lo que se escribe en el aviso (ABN)",
        copy=(
            "Esto no es el aviso. Cópielo al formulario oficial CMS-R-131 que lleva {expires} abajo a la izquierda, y no "
            "cambie nada en ese formulario. Léalo con el paciente y conteste sus preguntas antes de que firme."
        ),
        blanks={
            "A": "Quien avisa",
            "B": "Nombre del paciente",
            "C": "Número de identificación",
            "D": "Servicio",
            "E": "Por qué Medicare puede no pagar",
            "F": "Costo estimado",
            "G": "Opciones",
            "H": "Información adicional",
            "I": "Firma",
            "J": "Fecha",
        },
        own_number="En (C) nunca escriba un número de Medicare ni del Seguro Social.",
        between="entre {least} y {most}",
        none="(dejar vacío)",
        by_hand="(lo escribe el paciente)",
        reasons={
            DenialReason.NOT_NECESSARY: "Medicare no paga esto para su condición.",
            DenialReason.TOO_FREQUENT: "Medicare no paga esto tan a menudo como usted lo recibe.",
            DenialReason.EXPERIMENTAL: "Medicare no paga lo experimental ni lo que es para investigación.",
            DenialReason.CUSTODIAL_CARE: "Medicare no paga solo la ayuda con la vida diaria.",
            DenialReason.NOT_HOMEBOUND: "Medicare paga la atención en casa solo a quien no puede salir de ella.",
            DenialReason.NOT_TERMINALLY_ILL: (
                "Medicare paga el cuidado de hospicio solo a quien tiene una enfermedad terminal."
            ),
            DenialReason.SUPPLIER_UNSOLICITED: "Medicare no paga lo que se vendió por una llamada que nadie pidió.",
            DenialReason.SUPPLIER_NO_NUMBER: "Medicare paga solo a proveedores inscritos, y este no lo está.",
            DenialReason.SUPPLIER_DENIED_BEFORE: "Medicare dijo de antemano que no pagará esto.",
            DenialReason.SUPPLIER_NO_CONTRACT: "Medicare paga solo a proveedores con contrato donde usted vive.",
            DenialReason.EXCLUDED: "Medicare nunca paga esto.",
            DenialReason.NO_BENEFIT: "Esto no está en ninguno de los beneficios de Medicare.",
        },
        options_head="Qué significa cada opción (solo el paciente elige una)",
        options={
            NoticeOption.BILL_MEDICARE: (
                "Usted recibe el servicio y enviamos la reclamación a Medicare. Podemos pedirle que pague ahora. Si Medicare "
                "no paga, usted lo debe y puede apelar; si Medicare paga, le devolvemos lo que pagó de más."
            ),
            NoticeOption.PAY_MYSELF: (
                "Usted recibe el servicio y lo paga. No enviamos reclamación a Medicare, así que no hay nada que apelar."
            ),
            NoticeOption.DECLINE: "Usted no recibe el servicio y no debe nada, así que no hay nada que apelar.",
        },
        answer_head="La respuesta",
        waiting="Todavía sin respuesta.",
        signed="Firmado el {day}, opción {option}.",
        refused="El paciente no quiso firmar el {day}; hubo testigos.",
        withdrawn="Retirado: no vale para nada.",
        stands="Puede cubrir este servicio del {first} al {last}, si nada de él cambia.",
    ),
    page="Página {number} de {count}",
    write_day=_day,
)
