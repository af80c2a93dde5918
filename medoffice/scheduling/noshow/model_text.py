"""A model as text, one line a fact, so that it can be kept, compared and read by people; and back.

Numbers are written so that they read back to the last bit. The first line names the edition of this form.
"""

from datetime import timedelta
from typing import Final

from medoffice.core import InvalidValue, TimeSlot, parse_day
from medoffice.scheduling.noshow.model import Edition, FittedFactor, Level, NoShowModel, OwnRecord

FORM: Final = "medoffice no-show model, edition 1"
_HEAD: Final = 8


def write_model(model: NoShowModel) -> str:
    """The model's text; :func:`read_model` gives the same model back."""
    lines = [
        FORM,
        f"fitted-on {model.edition.fitted_on.isoformat()}",
        f"window {model.edition.window}",
        f"horizon-seconds {model.edition.horizon // timedelta(seconds=1)}",
        f"prior-spread {model.edition.prior_spread!r}",
        f"visits {model.visits}",
        f"missed {model.missed}",
        f"average {model.average!r}",
    ]
    lines += [
        f"own-record {record.slope!r} {record.error!r} {record.centre!r} {record.weight!r}"
        for record in model.record
    ]
    for each in model.factors:
        lines.append(f"factor {each.name}")
        lines += [
            f"level {level.name} {level.log_odds!r} {level.error!r} {level.visits} {level.missed}"
            for level in each.levels
        ]
    return "\n".join(lines) + "\n"


def read_model(text: str) -> NoShowModel:
    """Read what :func:`write_model` wrote.

    Raises:
        InvalidValue: for any other text.
    """
    lines = text.splitlines()
    if not lines or lines[0] != FORM:
        raise InvalidValue("no-show model", "its first line names an edition that is known here")
    try:
        return _read(lines)
    except InvalidValue:
        raise
    except (ValueError, IndexError, KeyError, OverflowError):
        raise InvalidValue("no-show model", "a line is not of the form that this edition has") from None


def _read(lines: list[str]) -> NoShowModel:
    head = dict(_pair(line) for line in lines[1:_HEAD])
    record: list[OwnRecord] = []
    factors: list[tuple[str, list[Level]]] = []
    for line in lines[_HEAD:]:
        word, *rest = line.split(" ")
        if word == "own-record":
            slope, error, centre, weight = map(float, rest)
            record.append(OwnRecord(slope=slope, error=error, centre=centre, weight=weight))
        elif word == "factor":
            (name,) = rest
            factors.append((name, []))
        elif word == "level":
            name, log_odds, deviation, visits, missed = rest
            factors[-1][1].append(
                Level(
                    name=name,
                    log_odds=float(log_odds),
                    error=float(deviation),
                    visits=int(visits),
                    missed=int(missed),
                )
            )
        else:
            raise InvalidValue("no-show model", "a line begins with a word that this edition does not have")
    return NoShowModel(
        edition=Edition(
            fitted_on=parse_day(head["fitted-on"]),
            window=TimeSlot.parse(head["window"]),
            horizon=timedelta(seconds=int(head["horizon-seconds"])),
            prior_spread=float(head["prior-spread"]),
        ),
        visits=int(head["visits"]),
        missed=int(head["missed"]),
        average=float(head["average"]),
        record=tuple(record),
        factors=tuple(FittedFactor(name, tuple(levels)) for name, levels in factors),
    )


def _pair(line: str) -> tuple[str, str]:
    name, _, value = line.partition(" ")
    return name, value
