"""How log-ins come about: nobody signs up; a mandate or an outside identity with a known address opens one."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False


class OutsideAccountAdapter(DefaultSocialAccountAdapter):
    """Identity is issuer plus subject. Someone without an invitation gets a log-in without mandates."""

    def is_open_for_signup(self, request, sociallogin):
        return True
