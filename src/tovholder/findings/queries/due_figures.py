"""Whether figures must be calculated anew. Asked every few seconds, so it compares digests and reads no figures."""

from .figures.inputs import due


def are_figures_due(begins=None):
    """This will answer whether any indicator's figures are not those of what stands now; a fixed number of questions."""
    return bool(due(begins))
