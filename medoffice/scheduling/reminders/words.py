"""The phrases that are understood in replies, by language, as they are compared: small letters, no marks, no signs.

The words that end messages are those of 47 CFR 64.1200(a)(10) (stop, quit, end, revoke, opt out, cancel, unsubscribe)
and others of the same meaning; a revocation counts by whatever reasonable words it is made.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class Meaning(Enum):
    """What a phrase that is known can mean."""

    CONFIRM = "confirm"
    CANCEL = "cancel"
    MOVE = "move"
    STOP = "stop"


def _phrases(lines: str) -> frozenset[str]:
    return frozenset(line.strip() for line in lines.split(",") if line.strip())


PHRASES: Final[Mapping[str, Mapping[Meaning, frozenset[str]]]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                Meaning.CONFIRM: _phrases(
                    "y, yes, 1, c, confirm, confirmed, i confirm, yes confirm, yes i confirm, yes confirmed,"
                    "i will be there, ill be there, yes i will be there, yes ill be there, i will come, ill come"
                ),
                Meaning.CANCEL: _phrases(
                    "n, no, 2, cancel appointment, cancel my appointment, cancel the appointment, cancel appt,"
                    "cancel my appt, cancel visit, cancel my visit, cancel the visit, no cancel my appointment,"
                    "i need to cancel my appointment, i want to cancel my appointment, i cannot come, i cant come,"
                    "i cannot make it, i cant make it, cannot make it, cant make it, cant come, cannot come"
                ),
                Meaning.MOVE: _phrases(
                    "3, r, reschedule, reschedule appointment, reschedule my appointment, reschedule appt,"
                    "i need to reschedule, i want to reschedule, need to reschedule, change time, change my time,"
                    "change my appointment, another time, a different time, move my appointment"
                ),
                Meaning.STOP: _phrases(
                    "stop, stopall, stop all, quit, end, revoke, opt out, optout, unsubscribe, remove me,"
                    "stop texting, stop texting me, stop messaging me, stop calling, stop calling me,"
                    "stop messages, stop texts, no more texts, no more messages, no more calls,"
                    "do not text me, dont text me, do not call me, dont call me, do not contact me, dont contact me"
                ),
            }
        ),
        "es": MappingProxyType(
            {
                Meaning.CONFIRM: _phrases(
                    "s, si, 1, c, confirmo, confirmar, confirmado, confirmada, si confirmo, si confirmado,"
                    "si confirmada, si voy, voy, ahi estare, si ahi estare, alli estare, si alli estare"
                ),
                Meaning.CANCEL: _phrases(
                    "n, no, 2, cancelar cita, cancelar la cita, cancelar mi cita, cancele mi cita,"
                    "cancelen mi cita, quiero cancelar mi cita, necesito cancelar mi cita, no puedo ir, no puedo,"
                    "no voy, no voy a ir, no podre ir"
                ),
                Meaning.MOVE: _phrases(
                    "3, cambiar, cambiar cita, cambiar la cita, cambiar mi cita, quiero cambiar mi cita,"
                    "necesito cambiar mi cita, reprogramar, reprogramar cita, reprogramar mi cita, otra hora,"
                    "otro dia"
                ),
                Meaning.STOP: _phrases(
                    "alto, parar, pare, paren, basta, baja, darme de baja, dar de baja, deme de baja, detener,"
                    "no mas, no mas mensajes, no mas textos, no mas llamadas, no me envien mensajes,"
                    "no me envien mas mensajes, no enviar mas mensajes, no me llamen, no me llamen mas, quitenme"
                ),
            }
        ),
    }
)

EITHER: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"en": frozenset({"cancel"}), "es": frozenset({"cancelar", "cancela", "cancele"})}
)
"""Words that the law, or caution, takes as an end of messages, and a patient may mean of the visit."""

MENTIONS_OF_STOP: Final = _phrases(
    "stop, stopped, quit, unsubscribe, revoke, opt out, opting out, remove me, remove my number, leave me alone,"
    "cancel, spam, harassment, wrong number, no more, dont text, do not text, dont call, do not call, dont contact,"
    "do not contact, alto, parar, pare, paren, basta, baja, detener, cancelar, cancele, no mas, numero equivocado,"
    "dejen de, deje de, no me envien, no me manden, no me llamen"
)
"""What, somewhere in a longer reply, may be meant as an end of messages."""

COURTESIES: Final = (
    "please",
    "pls",
    "thank you",
    "thanks",
    "thx",
    "por favor",
    "muchas gracias",
    "gracias",
    "hola",
)
