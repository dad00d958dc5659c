from django.shortcuts import render


def front(request):
    """This will be replaced by the front page."""
    return render(request, "error.html", {"heading": "Tovholder", "sentence": ""})
