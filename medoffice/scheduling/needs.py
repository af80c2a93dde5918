"""What a visit takes up beside the patient's time: one of these by name, or any of a kind."""

import attrs

from medoffice.core import InvalidValue, ResourceId
from medoffice.scheduling.fields import resource_id
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import slug
from medoffice.scheduling.resources import Resource


def _ids(values: tuple[ResourceId | str, ...]) -> tuple[ResourceId, ...]:
    return tuple(dict.fromkeys(map(resource_id, values)))


@attrs.frozen(init=False)
class OneOf:
    """One of the resources named, whichever is free; the order is the order of preference.

    ``OneOf("dr-okafor", "np-lindqvist")``. With ``modality`` the need is there only for visits of that modality: a room
    is needed in person, not by telehealth.

    Raises:
        InvalidValue: when no resource is named.
    """

    ids: tuple[ResourceId, ...]
    modality: Modality | None = None

    def __init__(self, *ids: ResourceId | str, modality: Modality | None = None) -> None:
        if not ids:
            raise InvalidValue("need", "OneOf names one resource at least")
        self.__attrs_init__(_ids(ids), modality)

    def is_met_by(self, resource: Resource) -> bool:
        """Whether a resource can fill this need."""
        return resource.id in self.ids


@attrs.frozen
class AnyOf:
    """Any resource that carries a tag: ``AnyOf("exam-room")``, ``AnyOf("ekg")``.

    Raises:
        InvalidValue: when the tag is not a slug.
    """

    tag: str = attrs.field(validator=slug("need", "the tag"))
    modality: Modality | None = attrs.field(default=None, kw_only=True)

    def is_met_by(self, resource: Resource) -> bool:
        """Whether a resource can fill this need."""
        return self.tag in resource.tags


Need = OneOf | AnyOf
