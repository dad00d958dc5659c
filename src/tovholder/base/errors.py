"""What an action says when it will not do as asked: always a sentence for people."""


class Refused(Exception):
    """A rule said no. The text is shown to the person as it stands."""

    def __init__(self, sentence, *, field=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self):
        return str(self.sentence)


class Clash(Refused):
    """Someone else was first. Carries both texts, so that nothing is lost."""

    def __init__(self, sentence, *, theirs, yours, field=None):
        super().__init__(sentence, field=field)
        self.theirs = theirs
        self.yours = yours


class TooMany(Refused):
    """A limit was reached for this device. The person may try again soon."""


def passes(check, *args, **kwargs):
    """This will answer whether a rule lets the act pass, for pages that decide whether to show a button."""
    try:
        check(*args, **kwargs)
    except Refused:
        return False
    return True
