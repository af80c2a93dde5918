"""ICD-10-CM: diagnoses by code and by words, with the conventions of the tabular list.

The classification is made by the National Center for Health Statistics and is in the public domain.
"""

from medoffice.billing.coding.icd10cm.content import Content, Division, EditionNotes, NoteKind
from medoffice.billing.coding.icd10cm.diagnosis import Diagnosis, Note, Side
from medoffice.billing.coding.icd10cm.packed import pack
from medoffice.billing.coding.icd10cm.references import CodeRange, codes_in
from medoffice.billing.coding.icd10cm.table import ICD10CM

__all__ = [
    "ICD10CM",
    "CodeRange",
    "Content",
    "Diagnosis",
    "Division",
    "EditionNotes",
    "Note",
    "NoteKind",
    "Side",
    "codes_in",
    "pack",
]
