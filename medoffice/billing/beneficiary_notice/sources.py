"""Where the rules on the ABN stand, and how far each was read.

The manual itself (CMS Pub. 100-04, chapter 30, section 50) was not opened here. Read were: contractors' and trade pages that
restate it (CGS, Palmetto GBA, WPS, Find-A-Code, revenuecycleadvisor.com), CMS's form instructions in the parts that
search shows, and CMS's supporting statement of 2026, which says that nothing of substance changed with the new form.
The form of 2026 is to be used from 12 May 2026 (bmdllc.com, cleanclaimrx.com). How a notice is delivered, and that a
refusal to sign is witnessed, was read in trade pages (medicarepaymentandreimbursement.com, October 2011; miravistallc.com).
42 CFR 411.404 was read at codes.findlaw.com: the notice is written, and given by who furnishes the service.
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
DELIVERY: Final = Cite(
    "medicarepaymentandreimbursement.com, effective usage of the ABN (October 2011)",
    "in person if possible; else by telephone, mail, secure fax or e-mail, and a signed copy comes back",
    url="https://medicarepaymentandreimbursement.com/2011/10/effective-usage-of-abn-notice.html",
)
REFUSAL: Final = Cite(
    "miravistallc.com, executing ABNs when a patient refuses to sign",
    "the notifier and a second person witness it",
    url="https://www.miravistallc.com/blog/executing-abns-when-a-patient-refuses-to-sign",
)
EDITION: Final = Cite(
    "Part B News, 21 March 2026",
    "the form of 3/31/2029 from 12 May 2026; any other makes the notice invalid",
    url="https://pbn.decisionhealth.com/Blogs/DetailPrint.aspx?id=201151",
)
WRITTEN: Final = Cite(
    "42 CFR 411.404",
    "(b), (c)",
    url="https://codes.findlaw.com/cfr/title-42-public-health/cfr-sect-42-411-404/",
)
MODIFIERS: Final = Cite(
    "CGS, Advance Beneficiary Notices",
    "ABN claim reporting modifiers",
    url="https://cgsmedicare.com/jc/claims/sub/abns.html",
)
