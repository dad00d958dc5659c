"""The library's log-in forms without grey words inside the fields; the label above says what to write."""

from allauth.account import forms as account


class _Plain:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_Plain, account.LoginForm):
    """Mail address and password."""


class ChangePasswordForm(_Plain, account.ChangePasswordForm):
    """The old password and the new one twice."""


class ResetPasswordForm(_Plain, account.ResetPasswordForm):
    """The mail address that gets the link."""


class ResetPasswordKeyForm(_Plain, account.ResetPasswordKeyForm):
    """The new password twice."""
