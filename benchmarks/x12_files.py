"""X12 files of our own for tests and benchmarks; all people in them are invented."""

from collections.abc import Iterator
from typing import Final


def isa(control: str = "000000001") -> str:
    """An interchange header of 106 characters without its terminator."""
    fields = ("ISA", "00", " " * 10, "00", " " * 10, "ZZ", "PAYER".ljust(15), "ZZ", "OFFICE".ljust(15))
    return "*".join((*fields, "261125", "0915", "^", "00501", control, "0", "T", ":"))


def wrapped(*segments: str, kind: str = "271", functional: str = "HB") -> str:
    """One transaction of these segments in its envelopes, with right counts."""
    count = len(segments) + 2
    return "~".join(
        (
            isa(),
            f"GS*{functional}*PAYER*OFFICE*20261125*0915*1*X*005010X279A1",
            f"ST*{kind}*0001*005010X279A1",
            *segments,
            f"SE*{count}*0001",
            "GE*1*1",
            "IEA*1*000000001",
            "",
        )
    )


HEAD: Final = (
    "BHT*0022*11*T-1*20261125*0915",
    "HL*1**20*1",
    "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*PRAIR1",
    "PER*IC**TE*8005550100",
    "HL*2*1*21*1",
    "NM1*1P*2*NORTHSIDE FAMILY MEDICINE*****XX*1234567893",
)
SUBSCRIBER: Final = (
    "TRN*2*T-1*9123456789",
    "NM1*IL*1*MORALES*CARMEN*A***MI*PHP0012345",
    "REF*6P*GRP77",
    "N3*12 ELM STREET",
    "N4*SPRINGFIELD*IL*62704",
    "DMG*D8*19800229*F",
    "DTP*346*D8*20260101",
)


def answer(*benefits: str) -> str:
    """A 271 about one subscriber with these benefits."""
    return wrapped(*HEAD, "HL*3*2*22*0", *SUBSCRIBER, *benefits)


FULL: Final = answer(
    "EB*1**30**SILVER PPO",
    "EB*B*IND*98^BY*C1**27*30*****Y",
    "EB*B*IND*98*C1**27*60*****N",
    "EB*A*IND*98*C1****.2****Y",
    "EB*C*IND*30***23*1500*****Y",
    "EB*C*IND*30***29*420.50*****Y",
    "EB*C*FAM*30***23*3000*****Y",
    "EB*G*IND*30***23*6000*****Y",
    "EB*G*IND*30***24*1000.25*****Y",
    "EB*F*IND*PT***23***VS*20*Y*Y",
    "MSG*PLAN LIMITS APPLY",
    "EB*F*IND*PT***29***VS*12**Y",
    "EB*L",
    "LS*2120",
    "NM1*P3*1*OKAFOR*RUTH****XX*1245319599",
    "PER*IC**TE*2175550123",
    "LE*2120",
    "EB*R**30",
    "LS*2120",
    "NM1*PR*2*LAKESHORE MUTUAL*****PI*LAKE01",
    "LE*2120",
)
FAMILY: Final = wrapped(
    *HEAD,
    "HL*3*2*22*1",
    "NM1*IL*1*MORALES*CARMEN****MI*PHP0012345",
    "HL*4*3*23*0",
    "TRN*2*T-2*9123456789",
    "NM1*03*1*MORALES*LUIS",
    "DMG*D8*20150704*M",
    "INS*N*19",
    "EB*6**30",
    "HL*5*3*23*0",
    "TRN*2*T-3*9123456789",
    "NM1*03*1*MORALES*EVA",
    "AAA*N**67*C",
)


def batch(answers: int) -> Iterator[str]:
    """One interchange of so many answers, each in a transaction of its own, in pieces to write to a file."""
    yield f"{isa()}~GS*HB*PAYER*OFFICE*20261125*0915*1*X*005010X279A1~"
    full = FULL.split("~")[3:-4]
    for number in range(answers):
        own = f"{number + 1:06d}"
        segments = [f"ST*271*{own}*005010X279A1", *full]
        named = [
            each.replace("PHP0012345", f"PHP{number:08d}").replace("MORALES", f"MORALES{number % 500}")
            if each.startswith("NM1*IL")
            else each.replace("420.50", f"{number % 1500}.{number % 100:02d}")
            for each in segments
        ]
        yield "~".join((*named, f"SE*{len(named) + 1}*{own}", ""))
    yield f"GE*{answers}*1~IEA*1*000000001~"
