from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import ThingModel
from tovholder.dialogue.models import Theme
from tovholder.intake.models import Contributor, PrivacyNotice
from tovholder.parties.models import Party, Sector
from tovholder.parties.rules import APPROVER, COORDINATOR, PLANNER, PRACTITIONER
from tovholder.plans.models import PlanVersion, Provision

RESPONDERS = (COORDINATOR, PLANNER, PRACTITIONER, APPROVER)


class Consultation(ThingModel):
    """One round of consultation over one sealed version."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=160)
    opens_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    letter = models.TextField(blank=True)
    asked_about = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    accepted_word = models.CharField(max_length=40, default="imødekommet")
    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(deadline_at__gt=models.F("opens_at")), name="consultation_period")]

    def __str__(self):
        return self.title

    @property
    def verdict_words(self):
        """The four verdicts in the word this round has chosen: imødekommet, unless it says medtaget."""
        word = str({"imødekommet": _("imødekommet"), "medtaget": _("medtaget")}.get(self.accepted_word, self.accepted_word))
        return {
            "accepted": word[:1].upper() + word[1:],
            "partly": _("Delvist %(word)s") % {"word": word},
            "not_accepted": _("Ikke %(word)s") % {"word": word},
            "noted": str(Remark.Verdict.NOTED.label),
        }

    @property
    def steps(self):
        """What happens next as (when, what); a line may begin with its day and a colon."""
        found = []
        for line in filter(None, (line.strip() for line in self.next_steps.splitlines())):
            when, _colon, what = line.partition(":")
            found.append((when.strip(), what.strip()) if what.strip() else ("", line))
        return found


class ConsultationParty(models.Model):
    """A party on the consultation list: obligatory or by courtesy."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="list")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    group = models.CharField(max_length=80, blank=True)
    mailbox = models.EmailField(blank=True)
    is_obligatory = models.BooleanField(default=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    extended_to = models.DateTimeField(null=True, blank=True)
    extension_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "name"], name="consultation_party_once")]

    def __str__(self):
        return self.name


class Response(ThingModel):
    """A party's answer. It counts from the moment it is submitted; a draft is nobody else's business."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Kladde")
        SUBMITTED = "submitted", _("Modtaget")
        WITHDRAWN = "withdrawn", _("Trukket tilbage")

    class Channel(models.TextChoices):
        FORM = "form", _("portal")
        LETTER = "letter", _("brev")
        TYPED = "typed", _("tastet ind")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="responses")
    listed = models.ForeignKey(ConsultationParty, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    name = models.CharField(max_length=160)
    sector = models.CharField(max_length=20, choices=Sector.choices, default=Sector.OTHER)
    number = models.PositiveIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.FORM)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    has_no_remarks = models.BooleanField(default=False)
    pending_political_approval = models.BooleanField(default=False)
    council_meets_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    registered_at = models.DateTimeField(null=True, blank=True)
    written_by = models.CharField(max_length=26, blank=True)
    contributor = models.ForeignKey(Contributor, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    letter = models.TextField(blank=True)
    signers_due_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    asked_in_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], condition=models.Q(number__isnull=False), name="response_number_once"
            ),
            models.UniqueConstraint(
                fields=["consultation", "party"], condition=models.Q(state="draft", party__isnull=False), name="one_draft_a_party"
            ),
        ]

    def __str__(self):
        return f"{self.number or '–'} · {self.public_name}"

    @property
    def public_name(self):
        """What everyone may read: a citizen's own name stays with the secretariat."""
        return str(_("Borger")) if self.sector == Sector.CITIZEN and self.party_id is None else self.name

    @property
    def waits_for_review(self):
        return self.held_at is not None and self.released_at is None


class Signer(models.Model):
    """A party that a joint response speaks for, and how it agreed."""

    class State(models.TextChoices):
        ASKED = "asked", _("spurgt")
        APPROVED = "approved", _("godkendt")
        TACIT = "tacit", _("stiltiende accept")
        OPTED_OUT = "opted_out", _("ikke med")

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="signers")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "party"], name="signer_once")]

    def __str__(self):
        return f"{self.party}: {self.state}"


class Remark(ThingModel):
    """One thing a response says, about one provision or in general, with the verdict it was given."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Imødekommet")
        PARTLY = "partly", _("Delvist imødekommet")
        NOT_ACCEPTED = "not_accepted", _("Ikke imødekommet")
        NOTED = "noted", _("Taget til efterretning")

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="remarks")
    provision = models.ForeignKey(Provision, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks")
    is_general = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks")
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True)
    reason = models.TextField(blank=True)
    verdict_at = models.DateTimeField(null=True, blank=True)
    verdict_by = models.CharField(max_length=26, blank=True)
    verdict_by_name = models.CharField(max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="") | models.Q(verdict="noted") | ~models.Q(reason=""), name="remark_verdict_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(is_general=False) | models.Q(provision__isnull=True), name="general_has_no_provision"
            ),
        ]

    def __str__(self):
        return f"bemærkning {self.thing_id[:6]}"

    @property
    def is_coded(self):
        return self.provision_id is not None or self.is_general
