from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import Thing, ThingModel
from tovholder.consultations.models import Consultation
from tovholder.dialogue.models import Conference, Question, Theme
from tovholder.parties.models import Party


class Codebook(ThingModel):
    """How the answers of one conference, question or consultation are coded. Its codes are themes: there is no second notion."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    conference = models.ForeignKey(Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    guide = models.TextField(blank=True)
    # So many of a hundred answers are coded by two, who do not see each other's codes.
    double_share = models.PositiveSmallIntegerField(default=10)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(conference__isnull=False, consultation__isnull=True)
                | models.Q(conference__isnull=True, consultation__isnull=False, question__isnull=True),
                name="codebook_has_one_place",
            ),
            models.CheckConstraint(condition=models.Q(double_share__lte=100), name="codebook_double_share"),
            models.UniqueConstraint(fields=["consultation"], name="codebook_once_a_consultation"),
            models.UniqueConstraint(fields=["question"], name="codebook_once_a_question"),
            models.UniqueConstraint(fields=["conference"], condition=models.Q(question__isnull=True), name="codebook_once_a_conference"),
        ]

    def __str__(self):
        return str(self.question or self.conference or self.consultation)


class Code(models.Model):
    """A theme as coders use it, with an answer that shows what belongs there."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="codes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    example = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["codebook", "theme"], name="code_once")]

    def __str__(self):
        return self.theme.name

    @property
    def name(self):
        return self.theme.name

    @property
    def description(self):
        return self.theme.description


class Why(models.TextChoices):
    """Why a coder is asked about an answer."""

    SPREAD = "spread", _("ligner mange andre")
    DOUBT = "doubt", _("her er vi i tvivl")
    RANDOM = "random", _("trukket ved lod")
    OWN = "own", _("valgt af koderen")


class Coding(models.Model):
    """One coder's codes for one answer; none of them means that no code fits."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="codings")
    answer = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    coder = models.CharField(max_length=26)
    codes = models.ManyToManyField(Code, related_name="+", blank=True)
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.OWN)
    # The second coder's codes count for agreement and change no theme.
    is_second = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["codebook", "answer", "coder"], name="coding_once")]
        indexes = [models.Index(fields=["codebook", "at"], name="coding_at")]

    def __str__(self):
        return f"{self.answer_id[:6]}: {self.coder[:6]}"


class AskedAnswer(models.Model):
    """An answer in the order the coders are asked, the most useful first."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="asked")
    answer = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    why = models.CharField(max_length=10, choices=Why.choices)
    is_double = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["codebook", "answer"], name="asked_answer_once")]
        indexes = [models.Index(fields=["codebook", "order"], name="asked_answer_order")]

    def __str__(self):
        return f"{self.order}: {self.answer_id[:6]}"


class Suggestion(models.Model):
    """A code that a model suggests for an answer. It is no coding until a person confirms it."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("foreslået")
        CONFIRMED = "confirmed", _("bekræftet")
        REJECTED = "rejected", _("afvist")

    class Source(models.TextChoices):
        LINEAR = "linear", _("jeres egen kodning")
        LANGUAGE = "language", _("sprogmodel")

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="suggestions")
    answer = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.LINEAR)
    score = models.FloatField()
    is_chosen = models.BooleanField(default=True)
    # Words of the answer that spoke for the code; emptied when a person has decided.
    words = models.JSONField(default=list)
    model = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUGGESTED)
    suggested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=26, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["codebook", "answer", "code", "source"], name="suggestion_once"),
            models.CheckConstraint(
                condition=models.Q(state="suggested", decided_at__isnull=True) | ~models.Q(state="suggested"),
                name="suggestion_decided_at",
            ),
        ]

    def __str__(self):
        return f"{self.answer_id[:6]} → {self.code_id}: {self.state}"


class LanguageReading(models.Model):
    """An answer that was up for a language model, which model, and whether it was sent."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    model = models.CharField(max_length=64)
    # False: something in it points to a person, or it is too long; it never left the house.
    was_sent = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["codebook", "answer", "model"], name="language_reading_once")]

    def __str__(self):
        return f"{self.answer_id[:6]}: {self.model}"


class ModelRun(models.Model):
    """One learning from the coders' labels: what it learned from, and how well it does by its own measure."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="runs")
    fitted_at = models.DateTimeField()
    method = models.CharField(max_length=80)
    method_version = models.CharField(max_length=20)
    seed = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    answers = models.PositiveIntegerField()
    labelled = models.PositiveIntegerField()
    measured_on = models.PositiveIntegerField(default=0)
    is_measured_by_lot = models.BooleanField(default=False)
    f1 = models.FloatField(null=True, blank=True)
    f1_low = models.FloatField(null=True, blank=True)
    f1_high = models.FloatField(null=True, blank=True)
    doubles = models.PositiveIntegerField(default=0)
    alpha = models.FloatField(null=True, blank=True)
    alpha_low = models.FloatField(null=True, blank=True)
    alpha_high = models.FloatField(null=True, blank=True)
    # By code: F1, alpha, drift. Candidate themes: words and the ids of answers, never their text.
    by_code = models.JSONField(default=list)
    drift_look = models.PositiveIntegerField(default=0)
    themes = models.JSONField(default=list)
    # The language model measured against the same people, when there is one.
    language_f1 = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["codebook", "fitted_at"], name="model_run_at")]

    def __str__(self):
        return f"{self.codebook_id[:6]}: {self.labelled}"
