"""The service types of an eligibility inquiry (X12 data element 1365), with short labels in our own words.

A code that is not here is as good as any other: it is shown as its number.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HEALTH_PLAN: Final = "30"
"""The plan as a whole: what an inquiry asks when it asks nothing narrower."""

SERVICE_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": "medical care",
        "2": "surgery",
        "3": "consultation",
        "4": "X-rays",
        "5": "laboratory",
        "6": "radiation therapy",
        "7": "anaesthesia",
        "8": "surgical assistance",
        "12": "equipment, bought",
        "13": "surgery centre",
        "18": "equipment, rented",
        "20": "second opinion on surgery",
        "30": "the plan as a whole",
        "33": "chiropractic",
        "35": "dental care",
        "40": "oral surgery",
        "42": "home health care",
        "45": "hospice",
        "47": "hospital",
        "48": "hospital, inpatient",
        "50": "hospital, outpatient",
        "51": "emergency room, accident",
        "52": "emergency room, illness",
        "53": "hospital, day surgery",
        "60": "general benefits",
        "62": "MRI and CT",
        "65": "newborn care",
        "68": "well-baby care",
        "69": "maternity",
        "73": "diagnostic tests",
        "76": "dialysis",
        "78": "chemotherapy",
        "80": "immunizations",
        "81": "routine physical",
        "82": "family planning",
        "84": "abortion",
        "86": "emergency services",
        "88": "pharmacy",
        "93": "foot care",
        "96": "physician",
        "98": "physician visit, office",
        "99": "physician visit, inpatient",
        "A0": "physician visit, outpatient",
        "A3": "physician visit, home",
        "A4": "psychiatry",
        "A6": "psychotherapy",
        "A7": "psychiatry, inpatient",
        "A8": "psychiatry, outpatient",
        "AD": "occupational therapy",
        "AE": "physical medicine",
        "AF": "speech therapy",
        "AG": "skilled nursing",
        "AI": "substance use",
        "AL": "vision",
        "BG": "cardiac rehabilitation",
        "BH": "children's care",
        "BY": "physician visit, office, sick",
        "BZ": "physician visit, office, well",
        "MH": "mental health",
        "PT": "physical therapy",
        "UC": "urgent care",
    }
)


def service_label(code: str) -> str:
    """The label of a service type; ``"service type 99X"`` for one without."""
    return SERVICE_TYPES.get(code, f"service type {code}")
