"""CMS's public price files, as bytes, to values: relative value units, price indices, anaesthesia, ZIP codes."""

from medoffice.wire.cms.localities import read_anes, read_gpci, read_zip5
from medoffice.wire.cms.oppscap import read_oppscap
from medoffice.wire.cms.pprrvu import read_pprrvu_csv
from medoffice.wire.cms.pprrvu_fixed import read_pprrvu_txt

__all__ = [
    "read_anes",
    "read_gpci",
    "read_oppscap",
    "read_pprrvu_csv",
    "read_pprrvu_txt",
    "read_zip5",
]
