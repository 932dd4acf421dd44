"""The notes that every library format needs in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.exporters.library.credits import by_role, sentence
from filmgraph.exporters.library.words import CitedText, capital, listed

if TYPE_CHECKING:
    from filmgraph.exporters.film.losses import Losses
    from filmgraph.exporters.library.credits import Credit
    from filmgraph.exporters.library.description import Description

_ONE_NOTE = 40
"""How many parts one note lists."""


def general_notes(found: Description, losses: Losses, place: str) -> list[CitedText]:
    """Return notes for facts without a field: values not chosen, figures of the making, parts, unnamed people.

    What is no matter of a record of a moving image is counted and left out.

    Args:
        found: The film.
        losses: Where to count.
        place: What the format calls these notes.
    """
    notes = [*_devised(found), *found.losers]
    losses.add(
        len(found.losers),
        "other value of a date or running time",
        place,
        many="other values of dates and running times",
    )
    unnamed = found.unnamed
    if unnamed:
        text = f"Credited without a name: {listed(credit.role for credit in unnamed)}"
        notes.append(CitedText(text, _citations(unnamed)))
        losses.add(len(unnamed), "credit without a name", place, many="credits without a name")
    own = [CitedText(figure.text, figure.citations) for figure in found.figures if figure.is_of_the_film]
    notes += own
    losses.add(len(own), "figure of the making or of prizes", place, many="figures of the making or of prizes")
    losses.add(len(found.figures) - len(own), "other figure")
    losses.add(len(found.ratings), "rating")
    losses.add(found.remarks, "remark")
    undated = sum(not event.is_recorded for event in found.events)
    losses.add(undated, "stage of the making without a date", many="stages of the making without a date")
    losses.add(found.subjects.unlabelled, "subject without a name", many="subjects without a name")
    losses.add(len(found.subjects.described), "subject that is no heading", many="subjects that are no headings")
    parts = [CitedText(part.text, part.citations) for part in found.parts if part.is_known]
    notes += _lists("Clips and other parts", parts)
    losses.add(len(parts), "clip or other part", place, many="clips and other parts")
    losses.add(len(found.parts) - len(parts), "part without a name", many="parts without a name")
    return notes


def making(found: Description) -> list[CitedText]:
    """One sentence per event of the production."""
    made = [event for event in found.events if event.kind in {"Production", "Shoot"} and event.is_recorded]
    return [CitedText(event.text, event.citations) for event in made]


def credit_sentences(found: Description, *, cast: bool) -> list[CitedText]:
    """One sentence per role."""
    wanted = [credit for credit in found.credits if credit.cast is cast]
    return [CitedText(sentence(role, people), _citations(people)) for role, people in by_role(wanted)]


def cast_list(found: Description) -> CitedText:
    """Everybody who appears, in order."""
    cast = [credit for credit in found.named if credit.cast]
    return CitedText(listed(credit.name for credit in cast), _citations(cast))


def style(found: Description) -> list[CitedText]:
    """How the film was made, in one sentence."""
    texts = [term.text for term in found.styles]
    return [CitedText(f"Style: {listed(texts)}", _all(term.citations for term in found.styles))] if texts else []


def language_note(found: Description) -> CitedText:
    """The languages in words: ``In Mandarin, with English subtitles``."""
    spoken, subtitles = (listed(term.text for term in terms) for terms in (found.languages, found.subtitles))
    text = (f"In {spoken}" if spoken else "") + (f", with subtitles in {subtitles}" if subtitles else "")
    return CitedText(capital(text.removeprefix(", ")), _all(t.citations for t in found.languages + found.subtitles))


def _devised(found: Description) -> list[CitedText]:
    return [CitedText("Title devised; the documents used give none")] if found.titles[0].devised else []


def _lists(lead: str, items: list[CitedText]) -> list[CitedText]:
    return [
        CitedText(f"{lead}: {listed(item.text for item in some)}", _all(item.citations for item in some))
        for start in range(0, len(items), _ONE_NOTE)
        if (some := items[start : start + _ONE_NOTE])
    ]


def _citations(people: list[Credit]) -> tuple[str, ...]:
    return _all(credit.citations for credit in people)


def _all(citations: object) -> tuple[str, ...]:
    return tuple(sorted({citation for some in citations for citation in some}))  # type: ignore[attr-defined]
