"""X12 5010: the EDI of US health insurance, read without ever stopping at a fault, and written by the book.

Any interchange is read (:func:`read`) into transactions and segments, with its text kept character for
character; the 271 becomes answers about eligibility (:func:`read_271`, :class:`AnswerStream`), the 835
remittances (:func:`read_835`, :class:`RemittanceStream`), the 277 and the 999 say where claims stand
(:func:`read_277`, :func:`read_999`), and the 270 and the 276 are written.
"""

from medoffice.wire.x12.acknowledgements import read_999
from medoffice.wire.x12.answers import AnswerStream, read_271
from medoffice.wire.x12.delimiters import Delimiters, NotX12
from medoffice.wire.x12.findings import CUT_OFF, FAULTS, X12Finding
from medoffice.wire.x12.inquiries import write_270
from medoffice.wire.x12.interchange import Interchange, Transaction, read, read_all
from medoffice.wire.x12.remittances import RemittanceStream, read_835
from medoffice.wire.x12.segments import DEFAULT_LIMIT, Readable, Segment, SegmentStream, Source
from medoffice.wire.x12.status_inquiries import write_276
from medoffice.wire.x12.statuses import read_277
from medoffice.wire.x12.writing import Body, Envelope, Partner, Usage, write

__all__ = [
    "CUT_OFF",
    "DEFAULT_LIMIT",
    "FAULTS",
    "AnswerStream",
    "Body",
    "Delimiters",
    "Envelope",
    "Interchange",
    "NotX12",
    "Partner",
    "Readable",
    "RemittanceStream",
    "Segment",
    "SegmentStream",
    "Source",
    "Transaction",
    "Usage",
    "X12Finding",
    "read",
    "read_271",
    "read_277",
    "read_835",
    "read_999",
    "read_all",
    "write",
    "write_270",
    "write_276",
]
