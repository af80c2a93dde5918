"""What an office has to tell a patient beforehand about money: good-faith estimates, and Medicare's ABN."""

from collections.abc import Callable

import attrs

from medoffice.core.ids import CommandKey
from medoffice.office.notices.beneficiary_noticing import BeneficiaryNoticing
from medoffice.office.notices.estimating import Estimating
from medoffice.office.once import Command
from medoffice.office.settings import OfficeSettings
from medoffice.ports.clock import Clock
from medoffice.ports.store import Store


@attrs.frozen(kw_only=True)
class Notices:
    """The notices of one office."""

    settings: OfficeSettings
    store: Store
    clock: Clock
    command: Callable[[CommandKey | None], Command]

    @property
    def good_faith(self) -> Estimating:
        """Estimates for those without insurance, or who do not use it (45 CFR 149.610)."""
        return Estimating(settings=self.settings, store=self.store, clock=self.clock, command=self.command)

    @property
    def beneficiary(self) -> BeneficiaryNoticing:
        """Advance beneficiary notices for patients of Original Medicare (ABN, form CMS-R-131)."""
        return BeneficiaryNoticing(
            settings=self.settings, store=self.store, clock=self.clock, command=self.command
        )
