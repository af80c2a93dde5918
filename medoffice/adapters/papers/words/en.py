"""The papers about money in English."""

from datetime import date
from typing import Final

from medoffice.adapters.papers.words.paper_words import EstimateWords, NoticeWords, PaperWords
from medoffice.billing.beneficiary_notice import OPTIONS, DenialReason
from medoffice.billing.good_faith import DISCLAIMERS

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


WORDS: Final = PaperWords(
    estimate=EstimateWords(
        title="Good-faith estimate of what your care will cost",
        patient="Patient",
        born="Born",
        issued="Estimate made on",
        number="Estimate",
        replaces="No. {number}; it takes the place of the one before",
        service="Care planned",
        service_on="Planned for",
        no_day="no day is set yet",
        provider="Provider",
        npi="NPI",
        tax_id="Tax number",
        where="Where",
        state="State",
        head=("Service", "Code", "Diagnosis", "Units", "Expected charge"),
        not_known="not known yet",
        total_of_provider="Expected from this provider",
        total="Expected in all: {total}",
        again="This is for {times} times, {every}, the last on {last}; the charges above are for all of them together.",
        left_out="Not in this estimate is what these charge, who send you bills of their own: {what}.",
        separately=(
            "The following is booked or asked for separately. You get an estimate of its own for it when it is booked, or "
            "when you ask:"
        ),
        how_to_get="To ask for an estimate for any of these, call {phone}.",
        how_to_get_here="To ask for an estimate for any of these, speak to us at the desk.",
        good_to_know="Good to know",
        disclaimers={
            **DISCLAIMERS,
            "may-be-disputed": (
                "If a provider bills you {threshold} or more above what is estimated here for that provider, you may "
                "dispute the bill. You have {days} calendar days from your first bill. How to do that is told at "
                "www.cms.gov/nosurprises/consumers, or call 1-800-985-3059. Disputing a bill does not make your care any "
                "worse. Keep this estimate: you may need it."
            ),
        },
    ),
    notice=NoticeWords(
        title="What to write on the notice (ABN)",
        copy=(
            "This is not the notice. Copy it to the official form CMS-R-131 that has {expires} at its lower left, and "
            "change nothing on that form. Go through it with the patient and answer questions before it is signed."
        ),
        blanks={
            "A": "Notifier",
            "B": "Patient name",
            "C": "Identification number",
            "D": "Service",
            "E": "Reason Medicare may not pay",
            "F": "Estimated cost",
            "G": "Options",
            "H": "Additional information",
            "I": "Signature",
            "J": "Date",
        },
        own_number="In (C) never write a Medicare or Social Security number.",
        between="between {least} and {most}",
        none="(leave empty)",
        by_hand="(the patient writes it)",
        reasons={
            DenialReason.NOT_NECESSARY: "Medicare does not pay for this for your condition.",
            DenialReason.TOO_FREQUENT: "Medicare does not pay for this as often as you have it.",
            DenialReason.EXPERIMENTAL: "Medicare does not pay for what is experimental or for research.",
            DenialReason.CUSTODIAL_CARE: "Medicare does not pay for help with daily living alone.",
            DenialReason.NOT_HOMEBOUND: "Medicare pays for care at home only for those who cannot leave it.",
            DenialReason.NOT_TERMINALLY_ILL: "Medicare pays for hospice care only for those who are terminally ill.",
            DenialReason.SUPPLIER_UNSOLICITED: "Medicare does not pay for what was sold by a call nobody asked for.",
            DenialReason.SUPPLIER_NO_NUMBER: "Medicare pays only suppliers that are enrolled, and this one is not.",
            DenialReason.SUPPLIER_DENIED_BEFORE: "Medicare said beforehand that it will not pay for this.",
            DenialReason.SUPPLIER_NO_CONTRACT: "Medicare pays only suppliers under contract where you live.",
            DenialReason.EXCLUDED: "Medicare never pays for this.",
            DenialReason.NO_BENEFIT: "This is in none of the benefits of Medicare.",
        },
        options_head="What each option means (the patient alone chooses one)",
        options={option: meaning.words for option, meaning in OPTIONS.items()},
        answer_head="The answer",
        waiting="Not answered yet.",
        signed="Signed on {day}, option {option}.",
        refused="The patient would not sign on {day}; it was witnessed.",
        withdrawn="Withdrawn: it stands for nothing.",
        stands="It can cover this service from {first} to {last}, if nothing about it changes.",
    ),
    page="Page {number} of {count}",
    write_day=_day,
)
