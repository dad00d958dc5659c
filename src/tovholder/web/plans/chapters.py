"""A version as a reader meets it: chapters, and in them promises with their margin."""

from dataclasses import dataclass, field


@dataclass
class Chapter:
    """A heading with the promises under it; without a heading when the text begins with promises."""

    heading: object = None
    promises: list = field(default_factory=list)


def chapters_of(texts, margins):
    """This will gather rows under the headings that have no words of their own."""
    found = []
    for row in texts:
        if row.level <= 1 and not row.body:
            found.append(Chapter(heading=row))
            continue
        if not found:
            found.append(Chapter())
        found[-1].promises.append((row, margins.get(row.provision_id)))
    return found


def contents_of(chapters):
    """This will return the rows that stand in the contents: chapters, or every promise when there are none."""
    headings = [chapter.heading for chapter in chapters if chapter.heading]
    return headings or [row for chapter in chapters for row, _margin in chapter.promises]
