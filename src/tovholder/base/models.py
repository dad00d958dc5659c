import secrets

from django.db import models

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def opaque_id() -> str:
    """This will return 130 random bits as 26 letters and digits that are not mixed up when read aloud."""
    return "".join(secrets.choice(_LETTERS) for _ in range(26))


class Thing(models.Model):
    """Whatever can be tied, logged, searched, filed or tasked has one: its public, opaque id."""

    id = models.CharField(primary_key=True, max_length=26, default=opaque_id, editable=False)
    kind = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind"], name="thing_kind")]

    def __str__(self):
        return f"{self.kind} {self.id}"


class ThingModel(models.Model):
    """A model whose primary key is its Thing."""

    thing = models.OneToOneField(Thing, primary_key=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def id(self):
        return self.thing_id


class Event(models.Model):
    """One act: who, for whom, what, on what, when. Append-only; the payload lies apart and may be erased."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True)
    on_behalf_of = models.ForeignKey(Thing, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    subject = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="events")
    commitment = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="event_kind_at")]

    def __str__(self):
        return f"{self.kind} {self.subject_id}"


class EventPayload(models.Model):
    """What an event says beyond its row: ids and field names. Erasing it leaves the commitment, which cannot be guessed."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.CASCADE, related_name="payload")
    salt = models.CharField(max_length=32)
    body = models.TextField()

    def __str__(self):
        return f"payload of {self.event_id}"


class OutboxMail(models.Model):
    """A letter that leaves after the transaction: sent at least once, always with the same message id."""

    created_at = models.DateTimeField()
    about = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=80, unique=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "created_at"], name="outbox_waiting")]

    def __str__(self):
        return f"{self.subject} → {self.about_id}"


class SearchRow(models.Model):
    """What search knows of a thing: only words that may be read where it is shown. The database keeps the index over the terms itself."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="search_rows")
    part = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=40)
    # Whose rule decides who may find it, and about which thing it is asked. Empty: everybody may.
    gate = models.CharField(max_length=40, blank=True)
    gate_thing = models.ForeignKey(Thing, null=True, on_delete=models.CASCADE, related_name="+")
    home = models.ForeignKey(Thing, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    title_terms = models.TextField(blank=True)
    text_terms = models.TextField(blank=True)
    # The words as they are written, folded, each once: what is asked for in that form stands before its other forms.
    forms = models.TextField(blank=True)
    size = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "part"], name="search_row_once")]
        indexes = [models.Index(fields=["kind"], name="search_kind")]

    def __str__(self):
        return f"{self.kind} {self.thing_id[:6]}"
