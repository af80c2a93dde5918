"""Made-up reports on claims: a 999, a 277CA and a 277, for tests and fuzzing. No such people or offices are."""

from typing import Final

_ISA: Final = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*OFFICE         *261125*0916*^*00501*000000905*0*P*:~"
_PEOPLE: Final = ("MORALES*CARMEN", "OKAFOR*IDA", "LINDQVIST*PER")


def _file(functional: str, guide: str, kind: str, body: tuple[str, ...]) -> str:
    """One transaction in its envelope."""
    return "".join(
        (
            _ISA,
            f"GS*{functional}*PAYER*OFFICE*20261125*0916*905*X*{guide}~",
            f"ST*{kind}*0001*{guide}~",
            *body,
            f"SE*{len(body) + 2}*0001~GE*1*905~IEA*1*000000905~",
        )
    )


GROUP: Final = _file(
    "FA",
    "005010X231A1",
    "999",
    (
        "AK1*HC*77*005010X222A1~",
        "AK2*837*0001*005010X222A1~",
        "IK5*A~",
        "AK2*837*0002*005010X222A1~",
        "IK3*NM1*31*2010*8~",
        "CTX*CLM01:CLAIM7~",
        "IK4*9*67*1*MORALES~",
        "IK4*1:2*1037*I12~",
        "IK3*CLM*40**3~",
        "IK5*R*5~",
        "AK9*P*2*2*1~",
    ),
)
"""Two 837s: the first was accepted; the second was not, for a name without its number and a claim that is missing."""


def _came_in(hl: int, at: int, status: str, payer_number: str = "") -> tuple[str, ...]:
    return (
        f"HL*{hl}*3*PT~",
        f"NM1*QC*1*{_PEOPLE[at]}****MI*PHP000{at}~",
        f"TRN*2*CLAIM{at}~",
        f"STC*{status}~",
        *((f"REF*1K*{payer_number}~",) if payer_number else ()),
        "DTP*472*D8*20261101~",
    )


CAME_IN: Final = _file(
    "HN",
    "005010X214",
    "277",
    (
        "BHT*0085*08*277X2140001*20261125*0916*TH~",
        "HL*1**20*1~",
        "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*12345~",
        "TRN*1*BATCH905~",
        "DTP*050*D8*20261124~",
        "DTP*009*D8*20261125~",
        "HL*2*1*21*1~",
        "NM1*41*2*NORTHSIDE FAMILY MEDICINE*****46*1234567893~",
        "TRN*2*BATCH1~",
        "STC*A1:19:PR*20261125*WQ*450~",
        "QTY*90*2~",
        "QTY*AA*1~",
        "AMT*YU*300~",
        "AMT*YY*150~",
        "HL*3*2*19*1~",
        "NM1*85*2*NORTHSIDE FAMILY MEDICINE*****XX*1234567893~",
        "TRN*1*0~",
        "STC*A1:19:PR**WQ*450~",
        *_came_in(4, 0, "A2:20:PR*20261125*WQ*150", "202611250001"),
        *_came_in(5, 1, "A2:20:PR*20261125*WQ*150", "202611250002"),
        *_came_in(6, 2, "A7:164:IL*20261125*U*150******A3:21"),
        "SVC*HC:99213:25*150*****1~",
        "STC*A7:453*20261125*U~",
        "REF*FJ*2-1~",
        "DTP*472*D8*20261101~",
    ),
)
"""The acknowledgement of three claims: two were taken in; the third was not, for its member number and a line's code."""

STANDS: Final = _file(
    "HN",
    "005010X212",
    "277",
    (
        "BHT*0010*08*277X2120001*20261125*0916*DG~",
        "HL*1**20*1~",
        "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*12345~",
        "HL*2*1*21*1~",
        "NM1*41*2*NORTHSIDE FAMILY MEDICINE*****46*1234567893~",
        "HL*3*2*19*1~",
        "NM1*1P*2*NORTHSIDE FAMILY MEDICINE*****XX*1234567893~",
        "HL*4*3*22*0~",
        "NM1*IL*1*MORALES*CARMEN****MI*PHP0000~",
        "TRN*2*ASKED0~",
        "STC*P1:20*20261120**150~",
        "STC*F1:65*20261125**150*80.01*20261125*CHK*20261124*7170~",
        "REF*1K*202611250001~",
        "REF*EJ*CLAIM0~",
        "DTP*472*RD8*20261101-20261102~",
        "HL*5*3*22*1~",
        "NM1*IL*1*OKAFOR*IDA****MI*PHP0001~",
        "HL*6*5*23~",
        "NM1*QC*1*OKAFOR*TOBE~",
        "TRN*2*ASKED1~",
        "STC*R4:294*20261125**99.99~",
        "REF*EJ*CLAIM1~",
        "SVC*HC:99213:25:GT*60.01*0****1~",
        "STC*R4:294*20261125~",
        "REF*FJ*1-1~",
        "DTP*472*D8*20261103~",
        "SVC*HC:36415*39.98*0****1~",
        "STC*P1:20*20261125~",
        "DTP*472*D8*20261101~",
    ),
)
"""Where two claims stand: one was paid; of the other, a dependent's, the payer wants something."""
