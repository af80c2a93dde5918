"""When a clinician, a room or a site drops out: the least disruptive new places, proven."""

from medoffice.scheduling.replan.assessment import Barred, Fits, assess
from medoffice.scheduling.replan.certificate import Certificate, Leaf, Method, PatientPrice, Price, Split
from medoffice.scheduling.replan.displaced import Continuity, Displaced
from medoffice.scheduling.replan.disruption import Disruption, Obstacle, Part
from medoffice.scheduling.replan.outage import Outage, displaced_by
from medoffice.scheduling.replan.places import Place
from medoffice.scheduling.replan.plan import Relocation, Replan, WithoutPlace
from medoffice.scheduling.replan.programme import NeedsOptimise
from medoffice.scheduling.replan.question import Question
from medoffice.scheduling.replan.replanning import replan
from medoffice.scheduling.replan.verifying import Verified, verify
from medoffice.scheduling.replan.weights import ByUrgency, DisruptionWeights
from medoffice.scheduling.urgency import Urgency

__all__ = [
    "Barred",
    "ByUrgency",
    "Certificate",
    "Continuity",
    "Displaced",
    "Disruption",
    "DisruptionWeights",
    "Fits",
    "Leaf",
    "Method",
    "NeedsOptimise",
    "Obstacle",
    "Outage",
    "Part",
    "PatientPrice",
    "Place",
    "Price",
    "Question",
    "Relocation",
    "Replan",
    "Split",
    "Urgency",
    "Verified",
    "WithoutPlace",
    "assess",
    "displaced_by",
    "replan",
    "verify",
]
