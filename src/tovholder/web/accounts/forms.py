"""The first password of an invited person."""

from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _


class FirstPasswordForm(SetPasswordForm):
    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].label = _("Vælg en adgangskode")
        self.fields["new_password1"].help_text = _("Mindst 12 tegn. En sætning er god.")
        self.fields["new_password2"].label = _("Skriv den igen")
        self.fields["new_password2"].help_text = ""
