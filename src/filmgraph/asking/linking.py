"""Entity linking: the people, films, places and other things that a text names, also inverted or misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.asking.english import english
from filmgraph.asking.profile import is_plain
from filmgraph.asking.words import folded, words
from filmgraph.rdf.namespaces import FG
from filmgraph.text.spelling import distance, slips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.asking.profile import Profiles
    from filmgraph.asking.words import Word
    from filmgraph.lookup.known_names import KnownNames, Thing

_LONGEST = 10
_TURNED = 3
_ENOUGH = 0.55
_ENOUGH_OF_A_PERSON = 0.4
_MOST_MEANT = 3
_RIVALS = 0.15
_LONGER = 0.2
_COMPOUND = 3
_SHORTEST = 3
_COUNTRY = "us"
_BEFORE_COUNTRY = frozenset({"the", "in", "its", "their"})
_MOST_UNKNOWN = 8
_PLAIN_WORD = 0.25
_PADDING = 0.1
_WHOLE = 0.85
_AGENT = FG + "Agent"
_GROUP = FG + "Group"


class Mention(NamedTuple):
    """A run of words in a text that names one or more things.

    ``start`` and ``end`` are numbers of words; ``name`` is the folded name that was found, ``things`` what has it;
    ``firm`` is whether the words are a name and nothing else, as against ``home`` or ``family``, which are names of
    something too; ``sure`` is how well they fit, from 0 to 1.
    """

    start: int
    end: int
    name: str
    things: tuple[Thing, ...]
    firm: bool
    sure: float


def mentions(
    text: str, found: list[Word], names: KnownNames, profiles: Profiles
) -> tuple[list[Mention], list[Mention]]:
    """Find the things that a text names, and the vocabulary concepts; the longest names first.

    Mentions overlap only where one is not firm.

    Args:
        text: The text.
        found: Its words.
        names: The names of the store.
        profiles: The catalogue, whose words are no names.

    Raises:
        StoreError: The store could not answer.
    """
    plain = [is_plain(word.text, profiles) for word in found]
    everything = _exact(folded(text), found, names, plain)
    exact = [one for one in everything if not all(map(is_concept, one.things))]
    concepts = [one for one in everything if one not in exact]
    exact = [one._replace(things=tuple(thing for thing in one.things if not is_concept(thing))) for one in exact]
    firm = {place for mention in exact if mention.firm for place in range(mention.start, mention.end)}
    # A name of one word beside a word that nothing explains may be part of a longer one with a slip in it.
    lone = {one.start for one in exact if one.firm and one.end - one.start == 1 and _beside(one.start, plain, firm)}
    near = [
        one
        for one in _near(found, names, plain, firm - lone)
        if one.end - one.start > 1 or not lone & set(range(one.start, one.end))
    ]
    joined = {place for one in near for place in range(one.start, one.end)}
    exact = [one for one in exact if one.start not in lone or one.start not in joined]
    covered = {place for mention in near for place in range(mention.start, mention.end)}
    return [*near, *(one for one in exact if one.firm or not covered & set(range(one.start, one.end)))], concepts


def _beside(place: int, plain: list[bool], firm: set[int]) -> bool:
    """Whether a neighbouring word is neither a plain word nor part of another name."""
    return any(0 <= other < len(plain) and not plain[other] and other not in firm for other in (place - 1, place + 1))


def _exact(text: str, found: list[Word], names: KnownNames, plain: list[bool]) -> list[Mention]:
    """Find names that occur in the text exactly, or with their parts inverted."""
    spans: dict[tuple[int, int], list[str]] = {}
    for start in range(len(found)):
        for end in range(start + 1, min(start + _LONGEST, len(found)) + 1):
            spans[start, end] = list(_forms(text, found, (start, end), plain))
    things = names.exactly(form for forms in spans.values() for form in forms)
    result: list[Mention] = []
    taken: set[int] = set()
    for (start, end), forms in sorted(spans.items(), key=lambda item: (item[0][0] - item[0][1], item[0])):
        name = next((form for form in forms if form in things), None)
        places = set(range(start, end))
        if name is None or taken & places:
            continue
        meant = sorted(names.outstanding(things[name]), key=is_concept)
        content = [place for place in sorted(places) if _says_something(found, place)]
        if not (content or any(found[place].name for place in places)):
            continue
        firm = len(content) != 1 or not all(plain[start:end]) or found[content[0]].text in english().padding
        result.append(Mention(start, end, name, tuple(meant[:_MOST_MEANT]), firm, 1.0))
        taken |= places
    return result


def _says_something(found: list[Word], place: int) -> bool:
    """Whether a word is more than padding: *us* is a country, but not where somebody tells us."""
    word = found[place].text
    if word == _COUNTRY and len(found) > 1 and (not place or found[place - 1].text in _BEFORE_COUNTRY):
        return True
    return word not in english().padding


def _forms(text: str, found: list[Word], span: tuple[int, int], known: list[bool]) -> Iterator[str]:
    """Yield the forms in which a span of words may be indexed as a name."""
    start, end = span
    first, last = found[start].start, found[end - 1].end
    yield text[first:last]
    if text[last : last + 1] in {"!", "?", "."}:
        yield text[first : last + 1]
    plain = [word.text for word in found[start:end]]
    yield " ".join(plain)
    if (
        not known[end - 1] and len(plain[-1]) > _SHORTEST and plain[-1].endswith("s")
    ):  # the genitive without its apostrophe: Lixin Fans films
        yield " ".join(plain)[:-1]
    if 1 < len(plain) <= _COMPOUND:  # snow storm, snowstorm
        yield "".join(plain)
    if 1 < len(plain) <= _TURNED:
        yield " ".join([plain[-1], *plain[:-1]])
        yield " ".join([*plain[1:], plain[0]])
    if start and found[start - 1].text == "the":
        yield "the " + text[first:last]


def _near(found: list[Word], names: KnownNames, plain: list[bool], taken: set[int]) -> list[Mention]:
    """Find names of which the text has only a part, or a misspelling."""
    named = [word.name for word in found] + [False]
    unknown = [
        place
        for place in range(len(found))
        if place not in taken and (not plain[place] or (named[place] and (named[place + 1] or named[place - 1])))
    ]
    candidates: dict[str, None] = {}
    for query in _queries(found, unknown[:_MOST_UNKNOWN], taken):
        candidates.update(dict.fromkeys(names.alike(query)))
    scored: list[tuple[float, int, int, str]] = []
    for name in candidates:
        for value, start, end in _aligned(name, found, plain, taken):
            if any(place in unknown for place in range(start, end)):
                scored.append((value, start, end, name))
    if not scored:
        return []
    things = names.exactly({name for value, _, _, name in scored if value >= _ENOUGH_OF_A_PERSON})
    result: list[Mention] = []
    used = set(taken)
    best = sorted(scored, key=lambda one: (-one[0] * (1 + _LONGER * (one[2] - one[1])), one[1], one[3]))
    for value, start, end, name in best:
        places = set(range(start, end))
        if used & places or (value < _WHOLE and _goes_on(found, start, end, plain, used)):
            continue
        rivals = [one for one in best if one[1:3] == (start, end) and one[0] > value - _RIVALS]
        meant = _meant(rivals, things)
        if meant:
            used |= places
            result.append(Mention(start, end, name, meant, firm=True, sure=min(1.0, value)))
    return result


def _meant(rivals: list[tuple[float, int, int, str]], things: dict[str, list[Thing]]) -> tuple[Thing, ...]:
    """Return the things that ambiguous words may name; none where there are too many."""
    meant: dict[str, Thing] = {}
    for value, _, _, name in rivals:
        for thing in things.get(name, []):
            enough = _ENOUGH
            if _GROUP in thing.classes:
                enough = _WHOLE
            elif _AGENT in thing.classes:
                enough = _ENOUGH_OF_A_PERSON
            if value >= enough and not is_concept(thing):
                meant[thing.iri] = thing
    return tuple(meant.values()) if len(meant) <= _MOST_MEANT else ()


def _goes_on(found: list[Word], start: int, end: int, plain: list[bool], used: set[int]) -> bool:
    """Whether a word next to a partial name continues it, so that a different name is meant."""
    beside = [place for place in (start - 1, end) if 0 <= place < len(found) and place not in used]
    return any(not plain[place] and not found[place].text.isdigit() for place in beside)


def is_concept(thing: Thing) -> bool:
    """Whether a thing is a vocabulary concept and nothing else."""
    return not any(one.startswith(FG) for one in thing.classes)


def _queries(found: list[Word], unknown: list[int], taken: set[int]) -> Iterator[str]:
    """Yield the search texts for fuzzy lookup: each unknown word, alone and with its neighbours."""
    for place in unknown:
        yield found[place].text
        for start, end in ((place - 1, place + 1), (place, place + 2), (place - 1, place + 2)):
            if start >= 0 and end <= len(found) and not taken & set(range(start, end)):
                yield " ".join(word.text for word in found[start:end])
    if len(unknown) > 1 and unknown[-1] - unknown[0] < _LONGEST:
        yield " ".join(word.text for word in found[unknown[0] : unknown[-1] + 1])


def _aligned(name: str, found: list[Word], plain: list[bool], taken: set[int]) -> Iterator[tuple[float, int, int]]:
    """Yield the spans of the text that match words of a name, with the share of the name covered, from 0 to 1."""
    language = english()
    parts = [word.text for word in words(name)]
    weights = [
        _PADDING
        if part in language.padding
        else _PLAIN_WORD
        if language.known(part) or part in language.naming
        else 1.0
        for part in parts
    ]
    total = sum(weights)
    if not total:
        return
    start = 0
    while start < len(found):
        free, value, end = list(range(len(parts))), 0.0, start
        while end < len(found) and end not in taken:
            fit = _fit(found[end].text, parts, free)
            if fit is None:
                break
            part, how = fit
            free.remove(part)
            value += weights[part] * how
            end += 1
        if end > start and not all(plain[start:end] if not any(one.name for one in found[start:end]) else [False]):
            yield value / total, start, end
        start = max(end, start + 1)


def _fit(word: str, parts: list[str], free: list[int]) -> tuple[int, float] | None:
    """Return the index of the part of a name that a word matches, and the quality of the match; None if none."""
    for part in free:
        if parts[part] == word:
            return part, 1.0
    most = slips(word) or int(len(word) >= _SHORTEST and len(free) < len(parts))
    if most:
        for part in free:
            away = distance(word, parts[part], most)
            if away <= most and parts[part][:1] == word[:1]:
                return part, 1.0 - 0.12 * away
    return None
