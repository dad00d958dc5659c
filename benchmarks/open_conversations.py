"""The open conversations beside the project: 14 with their votes, read once for every benchmark of opinion."""

import csv
import os
from pathlib import Path

from tovholder.evidence.opinion.votes import Votes, votes_from_codes

SHARED = Path(os.environ.get("TOVHOLDER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CONVERSATIONS = SHARED / "data" / "opinion" / "conversations"
ANSWERS = {"1": 1, "-1": -1, "0": 0, "1.0": 1, "-1.0": -1, "0.0": 0}
# Too few people to split in four sectors, hide answers or add five percent to; it is named in every table that leaves it out.
TINY = ("london.youth.policing",)


def names() -> list[str]:
    """This will list the conversations that have votes."""
    return sorted(folder.name for folder in CONVERSATIONS.iterdir() if (folder / "participants-votes.csv").exists())


def conversation(name: str) -> Votes:
    """This will read one conversation's matrix of votes; moderated statements are in it, as they were voted on."""
    with (CONVERSATIONS / name / "participants-votes.csv").open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        columns = [n for n, word in enumerate(header) if word.isdigit()]
        people, person, statement, answer = [], [], [], []
        for number, row in enumerate(rows):
            people.append(row[0])
            for at, column in enumerate(columns):
                if row[column]:
                    person.append(number)
                    statement.append(at)
                    answer.append(ANSWERS[row[column]])
    return votes_from_codes(people, [header[n] for n in columns], person, statement, answer)
