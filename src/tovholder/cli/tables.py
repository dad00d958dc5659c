"""Making all tables in an empty database, without drawing every model up again for each new one that is tied to it."""

from contextlib import contextmanager

from django.db import connection
from django.db.migrations.state import ProjectState


def is_empty():
    """This will answer whether the database has no tables yet."""
    return not connection.introspection.table_names()


@contextmanager
def drawn_once():
    """This will let migrations add a new model to what is drawn up already.

    Django draws up everything the new one is tied to again, and here all is tied to parties and things: ninety models, ten seconds. It is
    needed for a model that changes, not for one that comes; the tables are the same (tests/cli/test_made_at_once.py)."""
    add_model = ProjectState.add_model

    def added(self, model_state):
        key = model_state.app_label, model_state.name_lower
        self.models[key] = model_state
        if self._relations is not None:
            self.resolve_model_relations(key)
        if "apps" in self.__dict__:
            self.apps.render_multiple([model_state])

    ProjectState.add_model = added
    try:
        yield
    finally:
        ProjectState.add_model = add_model
