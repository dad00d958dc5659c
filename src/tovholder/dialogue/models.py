from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import ThingModel
from tovholder.base.periods import Period, period_constraint
from tovholder.intake.models import Contributor, Passage, PrivacyNotice
from tovholder.parties.models import Party, Person, Sector


class ConferenceSeries(ThingModel):
    """The standing decision behind a yearly conference."""

    name = models.CharField(max_length=160)
    organiser = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    source = models.TextField(blank=True)

    def __str__(self):
        return self.name


class Conference(ThingModel):
    class State(models.TextChoices):
        DRAFT = "draft", _("Kladde")
        PUBLISHED = "published", _("Offentlig")
        WITHDRAWN = "withdrawn", _("Trukket tilbage")

    series = models.ForeignKey(ConferenceSeries, null=True, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=160)
    motto = models.CharField(max_length=160, blank=True)
    organiser = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    venue = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    input_opens_at = models.DateTimeField(null=True, blank=True)
    input_closes_at = models.DateTimeField(null=True, blank=True)
    short_code = models.SlugField(max_length=20, unique=True)
    notice = models.ForeignKey(PrivacyNotice, null=True, on_delete=models.PROTECT, related_name="+")
    introduction = models.TextField(blank=True)
    afterwards = models.TextField(blank=True)
    invited = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    source = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="conference_period"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(input_opens_at__isnull=True) | models.Q(notice__isnull=False),
                name="conference_notice_before_input",
            ),
        ]

    def __str__(self):
        return self.title


class ProgrammeItem(models.Model):
    class Kind(models.TextChoices):
        WELCOME = "welcome", _("Velkomst")
        TALK = "talk", _("Oplæg")
        FILM = "film", _("Film")
        GROUP_WORK = "group_work", _("Arbejde i grupper")
        DEBATE = "debate", _("Debat")
        BREAK = "break", _("Pause")
        CLOSING = "closing", _("Opsamling")

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="programme")
    starts_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.TALK)
    speakers = models.CharField(max_length=300, blank=True)
    film_address = models.URLField(blank=True)
    film_text = models.TextField(blank=True)

    def __str__(self):
        return self.title


class ThemeGroup(ThingModel):
    """A group that shares knowledge across regions and municipalities."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("I gang")
        PAUSED = "paused", _("På pause")
        CLOSED = "closed", _("Lukket")

    name = models.CharField(max_length=160)
    purpose = models.TextField(blank=True)
    background = models.TextField(blank=True)
    overarching_theme = models.CharField(max_length=160, blank=True)
    motto = models.CharField(max_length=160, blank=True)
    target_group = models.TextField(blank=True)
    host = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    partners = models.ManyToManyField(Party, related_name="+", blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    status_on = models.DateField(null=True, blank=True)
    status_reason = models.TextField(blank=True)
    source = models.TextField(blank=True)

    def __str__(self):
        return self.name


class GroupMember(Period):
    group = models.ForeignKey(ThemeGroup, on_delete=models.PROTECT, related_name="members")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role_title = models.CharField(max_length=120, blank=True)
    is_contact = models.BooleanField(default=False)
    themes = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [period_constraint("group_member_period")]

    def __str__(self):
        return f"{self.party} i {self.group}"


class Topic(ThingModel):
    """A possible topic for the group, with the parties that support it."""

    group = models.ForeignKey(ThemeGroup, on_delete=models.PROTECT, related_name="topics")
    text = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    supporters = models.ManyToManyField(Party, related_name="+", blank=True)

    def __str__(self):
        return self.text


class Meeting(ThingModel):
    """A meeting of a theme group; its agenda decides whom to invite."""

    group = models.ForeignKey(ThemeGroup, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.TextField(blank=True)

    def __str__(self):
        return self.title


class AgendaItem(models.Model):
    class Kind(models.TextChoices):
        APPROVAL = "approval", _("Godkendelse")
        DISCUSSION = "discussion", _("Drøftelse")
        INFORMATION = "information", _("Orientering")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.DISCUSSION)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items")
    concerns = models.JSONField(default=list, blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_number")]

    def __str__(self):
        return f"{self.number} {self.title}"


class Question(ThingModel):
    """A guiding question. A changed wording is a new question, so that answers keep the one they answered."""

    conference = models.ForeignKey(Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="questions")
    group = models.ForeignKey(ThemeGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=300)
    closes_at = models.DateTimeField(null=True, blank=True)
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def closed_at(self, at):
        """This will return when it closed, by itself or with its conference; None while it is open."""
        ends = [self.closes_at, self.conference.input_closes_at if self.conference else None]
        return min((end for end in ends if end is not None and end <= at), default=None)

    def __str__(self):
        return self.text


class Theme(ThingModel):
    """What several statements are about. A planner names it."""

    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    conference = models.ForeignKey(Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="themes")
    group = models.ForeignKey(ThemeGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="themes")
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name


class Statement(ThingModel):
    """What someone said: an experience or a proposal, in the words that may be shown."""

    class Kind(models.TextChoices):
        GOOD_EXPERIENCE = "good_experience", _("En god oplevelse")
        BAD_EXPERIENCE = "bad_experience", _("En dårlig oplevelse")
        PROPOSAL = "proposal", _("Et forslag")

    # A moderator who has opened a statement has it for so long.
    TAKEN_FOR = timedelta(minutes=5)

    class State(models.TextChoices):
        WAITING = "waiting", _("Venter på ordstyrer")
        HELD = "held", _("Holdt tilbage")
        PUBLISHED = "published", _("Vist")
        DECLINED = "declined", _("Ikke vist")
        WITHDRAWN = "withdrawn", _("Trukket tilbage")

    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    conference = models.ForeignKey(Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    group = models.ForeignKey(ThemeGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField()
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    place = models.CharField(max_length=80, blank=True)
    speaker = models.CharField(max_length=200, blank=True)
    contributor = models.ForeignKey(Contributor, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    device = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=64, null=True)
    written_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    state_at = models.DateTimeField()
    state_reason = models.CharField(max_length=300, blank=True)
    # What the gate saw when the text came in: kinds of finds, never the words. "many" = over the device's budget, "gate" = it failed.
    marks = models.CharField(max_length=80, blank=True)
    taken_by = models.CharField(max_length=26, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    passage_start = models.PositiveIntegerField(null=True, blank=True)
    passage_end = models.PositiveIntegerField(null=True, blank=True)
    themes = models.ManyToManyField(Theme, through="Theming", related_name="statements")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "key"], condition=~models.Q(device=""), name="statement_key_once")]
        indexes = [models.Index(fields=["conference", "state", "written_at"], name="statement_queue")]

    def __str__(self):
        return _("Udsagn %(n)s") % {"n": self.number or self.thing_id[:6]}

    @property
    def by_line(self):
        return ", ".join(filter(None, (self.speaker or self.get_sector_display(), self.place)))


class Theming(models.Model):
    """A person put a statement under a theme."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="themings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="themings")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "theme"], name="theming_once")]

    def __str__(self):
        return f"{self.statement_id[:6]} → {self.theme_id[:6]}"


class Vote(models.Model):
    """A device's answer to a statement. The row is its own event; the last answer counts."""

    AGREE, DISAGREE, PASS = 1, -1, 0

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    device = models.CharField(max_length=64)
    answer = models.SmallIntegerField()
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "device"], name="vote_once"),
            models.CheckConstraint(condition=models.Q(answer__in=[-1, 0, 1]), name="vote_answer"),
        ]
        indexes = [models.Index(fields=["device"], name="vote_device")]

    def __str__(self):
        return f"{self.statement_id[:6]}: {self.answer}"


class EarlierAnswer(models.Model):
    """What a device answered before it changed its mind. With the vote itself the row tells every answer that was given."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="earlier")
    answer = models.SmallIntegerField()
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self):
        return f"{self.vote_id}: {self.answer}"


class DeclaredSector(models.Model):
    """Who the one behind a device answers as at a conference: a sector, or empty for those who will not say."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=64)
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "device"], name="declared_sector_once")]

    def __str__(self):
        return f"{self.conference_id[:6]}: {self.sector}"
