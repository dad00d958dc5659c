from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import Thing, ThingModel
from tovholder.base.periods import Period, period_constraint
from tovholder.base.written import name_of, plural_name_of


class Sector(models.TextChoices):
    CITIZEN = "citizen", _("Borger, patient, pårørende")
    MUNICIPALITY = "municipality", _("Kommune")
    HOSPITAL = "region", _("Region og sygehus")
    PRACTICE = "practice", _("Almen praksis")
    OTHER = "other", _("Foreninger og andre")


class PartyKind(models.Model):
    """A kind of party is data: reforms add and end kinds without a new release."""

    code = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=80)
    name_plural = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    sector = models.CharField(max_length=20, choices=Sector.choices, default=Sector.OTHER)
    is_body = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=100)

    def __str__(self):
        return self.name

    @property
    def label(self):
        """The name in the reader's language."""
        return name_of(self)

    @property
    def label_plural(self):
        """The name of several, in the reader's language."""
        return plural_name_of(self)


class Party(ThingModel, Period):
    """An organisation or a body, as it was called in its period."""

    class Certainty(models.TextChoices):
        CONFIRMED = "confirmed", _("bekræftet")
        UNCONFIRMED = "unconfirmed", _("ikke bekræftet")
        UNKNOWN = "unknown", _("ukendt")

    kind = models.ForeignKey(PartyKind, on_delete=models.PROTECT, related_name="parties")
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=40, blank=True)
    belongs_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="own_bodies")
    place = models.CharField(max_length=80, blank=True)
    mailbox = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    is_preparatory = models.BooleanField(default=False)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    period_certainty = models.CharField(max_length=20, choices=Certainty.choices, default=Certainty.CONFIRMED)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        constraints = [
            period_constraint("party_period"),
            models.UniqueConstraint(fields=["kind", "code", "valid_from"], condition=~models.Q(code=""), name="party_code_once"),
        ]
        indexes = [models.Index(fields=["kind", "valid_until"], name="party_kind_until")]

    def __str__(self):
        return self.name


class Membership(Period):
    """A party is part of another in a period: a municipality in a region, a cluster, a council."""

    member = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="members")
    certainty = models.CharField(max_length=20, choices=Party.Certainty.choices, default=Party.Certainty.CONFIRMED)
    source = models.TextField(blank=True)

    class Meta:
        constraints = [
            period_constraint("membership_period"),
            models.UniqueConstraint(fields=["member", "group", "valid_from"], name="membership_once"),
        ]

    def __str__(self):
        return f"{self.member} i {self.group}"


class Succession(models.Model):
    """What one party left to another on a date."""

    predecessor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once")]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"


class Person(ThingModel):
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    party_letter = models.CharField(max_length=12, blank=True)
    is_example = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.name} (eksempel)" if self.is_example else self.name


class Role(models.Model):
    """A role is data as well: mayor, chair, health planner, moderator."""

    code = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    is_public_office = models.BooleanField(default=False)

    def __str__(self):
        return self.name

    @property
    def label(self):
        """The name in the reader's language."""
        return name_of(self)


class Mandate(Period):
    """A person holds a role for a party in a period; rights in the system follow from this alone."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="mandates")
    appointed_by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    substitute_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [period_constraint("mandate_period")]

    def __str__(self):
        return f"{self.person}, {self.role}, {self.party}"


class ContactPoint(models.Model):
    """How to reach a role in a party. Numbers are text: some are old, some are cut short."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contact_points")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_points")
    role_title = models.CharField(max_length=120)
    phones = models.CharField(max_length=120, blank=True)
    mail = models.EmailField(blank=True)
    is_public = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.role_title}, {self.party}"


class Task(ThingModel):
    """Who owes what, by when."""

    what = models.CharField(max_length=200)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="tasks")
    about = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.what


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """This will store a log-in; without a password only an outside identity can open it."""
        user = self.model(email=self.normalize_email(email), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A log-in. What it may do follows from the person's mandates."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self):
        return self.email
