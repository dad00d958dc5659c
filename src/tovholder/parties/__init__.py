"""Who: regions, municipalities, hospitals, bodies, persons, log-ins and mandates, each with its period; tasks: who owes what, by when."""
