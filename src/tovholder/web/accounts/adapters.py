"""How log-ins come about: nobody signs up; a mandate or an outside identity with a known address opens one."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from tovholder.parties import queries


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False


class OutsideAccountAdapter(DefaultSocialAccountAdapter):
    """Identity is issuer plus subject. Someone without an invitation gets a log-in without mandates."""

    def is_open_for_signup(self, request, sociallogin):
        return True

    def pre_social_login(self, request, sociallogin):
        """Someone who came by invitation gets this identity tied to the invited log-in, never by mail address."""
        invited = request.session.pop("invited", None)
        if invited and not sociallogin.is_existing:
            sociallogin.connect(request, queries.user(invited))
