"""What is answered: rounds, consultation lists, responses, remarks and verdicts."""
