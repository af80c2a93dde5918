"""Why a payer did not answer an inquiry (AAA of X12 005010X279A1), in plain words of our own."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs


class Level(Enum):
    """What of the inquiry was rejected."""

    PAYER = "payer"
    PROVIDER = "provider"
    SUBSCRIBER = "subscriber"
    DEPENDENT = "dependent"
    SERVICE = "service"


REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "04": "More was asked for than the payer answers at once.",
        "15": "Something that the payer needs was not sent.",
        "33": "What was sent cannot be read.",
        "35": "The patient is outside of the payer's network of providers.",
        "41": "This office may not ask this payer electronically yet.",
        "42": "The payer cannot answer at the moment.",
        "43": "The provider's number is missing or wrong.",
        "44": "The provider's name is missing or wrong.",
        "45": "The provider's specialty is missing or wrong.",
        "46": "The provider's telephone number is missing or wrong.",
        "47": "The provider's state is missing or wrong.",
        "48": "The referring provider's number is missing or wrong.",
        "49": "The provider is not the patient's primary-care physician.",
        "50": "The provider may not ask this payer.",
        "51": "The payer does not know the provider.",
        "52": "The payer asks for another day of service.",
        "53": "The service asked about does not fit the provider.",
        "54": "The service asked about does not fit the patient.",
        "55": "The product or procedure number does not fit.",
        "56": "The day asked about does not fit.",
        "57": "The day of service is missing or wrong.",
        "58": "The birth date is missing or wrong.",
        "60": "The birth date is after the day of service.",
        "61": "The date of death is before the day of service.",
        "62": "The day asked about is not among those that the payer answers for.",
        "63": "The day asked about is in the future.",
        "64": "The patient's number is missing or wrong.",
        "65": "The patient's name is missing or wrong.",
        "66": "The patient's sex is missing or wrong.",
        "67": "The payer did not find the patient.",
        "68": "The payer has two records for the patient's number.",
        "69": "The service does not fit the patient's age.",
        "70": "The service does not fit the patient's sex.",
        "71": "The birth date is not the one that the payer has.",
        "72": "The subscriber's member number is missing or wrong.",
        "73": "The subscriber's name is missing or wrong.",
        "74": "The subscriber's sex is missing or wrong.",
        "75": "The payer did not find the subscriber.",
        "76": "The payer found the subscriber's number more than once.",
        "77": "The payer found the subscriber, but not the patient.",
        "78": "The subscriber is not in the group or plan that was named.",
        "79": "The payer's number is wrong.",
        "80": "No answer came from the payer: ask again later.",
        "97": "The address is missing or wrong.",
        "98": "The experimental service or procedure was not recognised.",
        "AA": "The authorisation number was not found.",
        "AE": "The authorisation number must be sent.",
        "AF": "The diagnosis is missing or wrong.",
        "AG": "The procedure is missing or wrong.",
        "AO": "Additional information about the patient's condition is needed.",
        "CI": "The certification does not fit the patient.",
        "E8": "The payer asks for what the office knows of the case.",
        "IA": "The authorisation number does not fit.",
        "MA": "The authorisation number is missing.",
        "T4": "The payer's name or number is missing.",
    }
)
FOLLOW_UPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "C": "Correct it and ask again.",
        "N": "Asking again is of no use.",
        "P": "Ask again with the same inquiry.",
        "R": "You may ask again.",
        "S": "Do not ask again; the inquiry is being worked on elsewhere.",
        "W": "Wait 30 days, then ask again.",
        "X": "Wait 10 days, then ask again.",
        "Y": "Do not ask again; the payer will answer by itself.",
    }
)


@attrs.frozen(kw_only=True)
class Rejection:
    """One reason for which a payer did not answer: where, the payer's code (AAA03), and what to do (AAA04)."""

    level: Level
    code: str
    follow_up: str = ""

    @property
    def reason(self) -> str:
        """The reason in plain words; the code where we have no words for it."""
        return REASONS.get(self.code, f"The payer gave the reason {self.code or 'without a code'}.")

    @property
    def advice(self) -> str:
        """What to do, in plain words; nothing when the payer said nothing that we know."""
        return FOLLOW_UPS.get(self.follow_up, "")

    def __str__(self) -> str:
        return f"{self.reason} {self.advice}".rstrip()
