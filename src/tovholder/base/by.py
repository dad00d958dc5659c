"""Who acts, and on whose behalf. Doors make one `By` a request; rules read it; events keep its opaque ids."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Held:
    """A mandate that is valid at the moment of the act."""

    role: str
    party: str
    party_name: str = ""


@dataclass(frozen=True)
class By:
    """A person with mandates, a device in a hall, a contributor with a code, or nobody known."""

    person: str | None = None
    name: str = ""
    mandates: tuple[Held, ...] = ()
    on_behalf_of: str | None = None
    device: str | None = None
    contributor: str | None = None

    @property
    def is_signed_in(self):
        return self.person is not None

    @property
    def party_name(self):
        return next((held.party_name for held in self.mandates if held.party == self.on_behalf_of), "")

    def holds(self, role, party=None):
        """This will answer whether the actor holds a role, for one party when it is named."""
        return any(held.role == role and (party is None or held.party == party) for held in self.mandates)

    def parties_as(self, *roles):
        """This will return the ids of the parties for which the actor holds one of the roles."""
        return frozenset(held.party for held in self.mandates if held.role in roles)

    def acting_for(self, party):
        """This will return the same actor, acting on behalf of one of the own parties."""
        return replace(self, on_behalf_of=party)


ANYONE = By()
SYSTEM = By(name="Tovholder")
