from django.shortcuts import render


def listing(request):
    """This will be replaced by the room's list page."""
    return render(request, "error.html", {"heading": "…", "sentence": ""})
