"""A slip in Spanish, as it is written in the United States."""

from datetime import date, time
from typing import Final

from medoffice.adapters.letters.words.slip_words import SlipWords

_DAYS: Final = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_NOON: Final = 12
_TOGETHER: Final = "\N{NO-BREAK SPACE}"


def _day(day: date) -> str:
    return f"{_DAYS[day.weekday()]}, {day.day} de {_MONTHS[day.month - 1]} de {day.year}"


def _time(of_day: time) -> str:
    half = "a" if of_day.hour < _NOON else "p"
    return f"{of_day.hour % _NOON or _NOON}:{of_day.minute:02d} {half}.{_TOGETHER}m."


WORDS: Final = SlipWords(
    title="Su cita",
    patient="Para",
    clinician="Con",
    bring="Por favor, traiga",
    things=(
        "Una identificación con foto",
        "Su tarjeta del seguro",
        "Una lista de los medicamentos que toma",
    ),
    use="En el quiosco, ponga este código frente a la cámara.",
    until="Un solo uso. Vale hasta las {time} del {day}.",
    write_day=_day,
    write_time=_time,
)
