"""Where the rules on the ABN stand, and how far each was read.

The manual itself (CMS Pub. 100-04, chapter 30, section 50) was not opened here. Read were: contractors' and trade pages that
restate it (CGS, Palmetto GBA, WPS, Find-A-Code, revenuecycleadvisor.com), CMS's form instructions in the parts that
search shows, and CMS's supporting statement of 2026, which says that nothing of substance changed with the new form.
The form of 2026 is to be used from 12 May 2026 (bmdllc.com, cleanclaimrx.com).
"""

from typing import Final

from medoffice.core import Cite

MANDATORY: Final = Cite("CMS Pub. 100-04", "chapter 30, section 50.3.1")
VOLUNTARY: Final = Cite("CMS Pub. 100-04", "chapter 30, section 50.3.2")
SECTION: Final = Cite("CMS Pub. 100-04", "chapter 30, section 50")
INSTRUCTIONS: Final = Cite(
    "CMS, ABN form instructions",
    "as restated by Noridian",
    url="https://med.noridianmedicare.com/web/jea/topics/abn/abn-instructions",
)
MODIFIERS: Final = Cite(
    "CGS, Advance Beneficiary Notices",
    "ABN claim reporting modifiers",
    url="https://cgsmedicare.com/jc/claims/sub/abns.html",
)
