"""What the rooms' doors share: not found for what may not be seen, and who answers without an account."""

from dataclasses import replace

from django.http import Http404

SESSION_KEY = "answers_as"


def found(ask, *which):
    """This will return what a query finds, or answer that the page does not exist."""
    try:
        return ask(*which)
    except LookupError as error:
        raise Http404 from error


def posted(request):
    """This will return what was sent with a form, also when every field was empty."""
    return request.POST if request.method == "POST" else None


def answering_by(request):
    """This will return who answers: the actor, or the contributor whose code this browser has used."""
    contributor = request.session.get(SESSION_KEY)
    return replace(request.by.acting_for(request.by.on_behalf_of), contributor=contributor) if contributor else request.by


def remember(request, contributor_id):
    """This will let this browser go on with a response without typing the code again."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = contributor_id
