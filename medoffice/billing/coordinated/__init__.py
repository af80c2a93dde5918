"""What a patient with several coverages owes for a day, to the cent, with the reasons and the bounds."""

from medoffice.billing.coordinated.estimated import CoordinatedEstimate, estimate_coordinated
from medoffice.billing.coordinated.later import LaterCover

__all__ = ["CoordinatedEstimate", "LaterCover", "estimate_coordinated"]
