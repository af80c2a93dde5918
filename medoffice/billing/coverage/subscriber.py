"""The person who holds a plan, where that is not the patient."""

from datetime import date

import attrs

from medoffice.core import Address, PersonName, PhiClass, Sex, phi


@attrs.frozen(kw_only=True)
class Subscriber:
    """Who holds the plan, as far as the office knows them: the card has a name, and often no more."""

    name: PersonName = attrs.field(**phi(PhiClass.NAME))
    birth_date: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    sex: Sex = attrs.field(default=Sex.UNKNOWN, **phi(PhiClass.HEALTH))
    address: Address | None = attrs.field(default=None, **phi(PhiClass.PLACE))
