"""What a demo office charges and has agreed on: invented amounts for bare code numbers, in force on any day.

The rates are flat, so that nothing has to be loaded before a visit can be planned. The codes are those of the visits
of :mod:`medoffice.office.demo`; what they stand for is not said here, as the wording belongs to the AMA.
"""

from typing import Final

DEMO_PRICES: Final = """\
# Invented prices: what this office charges, and what it has agreed on with two of its three payers. Try:
#   medoffice prices plan APPOINTMENT 99213=office-visit 93000=ekg
#   medoffice estimate APPOINTMENT
# A real office has its own here; percent = 120 in a contract is of the Medicare fee schedule (medoffice data add).

[[charges]]
since = 2020-01-01
because = "invented price list"
by_code = { 99203 = "$240.00", 99211 = "$45.00", 99213 = "$145.00", 99214 = "$205.00", 99395 = "$210.00", 93000 = "$60.00" }

[[contracts.PRAIRI]]
since = 2020-01-01
because = "invented contract"
lesser_of_charge = true
flat.99203 = { rate = "$163.50", because = "exhibit A" }
flat.99211 = { rate = "$26.00", because = "exhibit A" }
flat.99213 = { rate = "$98.00", because = "exhibit A" }
flat.99214 = { rate = "$138.00", because = "exhibit A" }
flat.99395 = { rate = "$152.00", because = "exhibit A" }
carved_out.93000 = { because = "exhibit B: hearts are another company's" }

[[contracts.LAKE01]]
since = 2020-01-01
because = "invented contract"
lesser_of_charge = true
flat.99203 = { rate = "$171.00", because = "schedule 2" }
flat.99213 = { rate = "$104.50", because = "schedule 2" }
flat.93000 = { rate = "$75.00", because = "schedule 2" }
"""
