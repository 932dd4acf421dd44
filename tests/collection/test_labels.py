from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, Quad

from filmgraph.collection.labels import COMPOSED, Labels
from filmgraph.rdf.namespaces import FG, PREFIXES

RDFS_LABEL = PREFIXES["rdfs"] + "label"


def labels_of(*stated: tuple[str, str, object]) -> dict[str, str]:
    """Labels of nodes, given triples in short: ``fg:`` properties, nodes as bare words. Each is in its own graph."""
    found = Labels()
    for index, (subject, predicate, value) in enumerate(stated):
        property_ = PREFIXES["rdf"] + "type" if predicate == "a" else predicate if ":" in predicate else FG + predicate
        class_or_node = FG + str(value) if predicate == "a" else f"urn:{value}"
        term = value if isinstance(value, Literal) else NamedNode(class_or_node)
        graph = NamedNode(f"urn:source#char={index},{index + 1}")
        found.add(Quad(NamedNode(f"urn:{subject}"), NamedNode(property_), term, graph))
    return {str(quad.subject).strip("<>").removeprefix("urn:"): quad.object.value for quad in found.quads()}  # type: ignore[union-attr]


def en(text: str) -> Literal:
    return Literal(text, language="en")


def test_the_name_that_most_passages_state_wins() -> None:
    names = [("ada", "name", en("A. Holm")), ("ada", "name", en("Ada Holm")), ("ada", "name", en("Ada Holm"))]
    assert labels_of(*names) == {"ada": "Ada Holm"}


def test_english_goes_before_latin_script_before_the_rest() -> None:
    chinese, romanised = Literal("夜渡", language="zh"), Literal("Yedu", language="zh-Latn-pinyin")
    stated = [("a", "name", chinese), ("a", "name", romanised), ("a", "name", en("Night Ferry"))]
    assert labels_of(*stated) == {"a": "Night Ferry"}
    assert labels_of(*stated[:2]) == {"a": "Yedu"}
    assert labels_of(*stated[:1]) == {"a": "夜渡"}


def test_the_order_of_the_texts_decides_at_last_whatever_the_order_of_the_files() -> None:
    stated = [("a", "name", en("Beta")), ("a", "name", en("Alpha"))]
    assert labels_of(*stated) == labels_of(*reversed(stated)) == {"a": "Alpha"}


def test_a_film_is_called_by_its_best_title() -> None:
    stated = [
        *[("ferry", "title", "t1"), ("t1", "titleText", en("Night Ferry"))],
        *[("ferry", "title", "t2"), ("t2", "titleText", Literal("Natfærgen", language="da"))],
    ]
    assert labels_of(*stated) == {"ferry": "Night Ferry", "t1": "Night Ferry", "t2": "Natfærgen"}


def test_a_film_without_a_title_is_called_by_what_it_is_about() -> None:
    stated = [("f", "a", "Film"), ("f", "about", "tide"), ("tide", "name", en("spring tide"))]
    assert labels_of(*stated)["f"] == "film about spring tide"
    assert labels_of(*stated, ("f", "title", "t"), ("t", "titleText", en("Ebb")))["f"] == "Ebb"


def test_a_label_that_stands_in_the_data_is_left_alone() -> None:
    assert labels_of(("a", "name", en("Ada")), ("a", RDFS_LABEL, en("ADA"))) == {}


def test_a_node_that_joins_others_is_called_by_what_it_joins() -> None:
    stated = [
        *[("c", "a", "Credit"), ("c", "agent", "ada"), ("c", "role", "fmd"), ("c", "film", "ferry")],
        *[("ada", "name", en("Ada Holm")), ("fmd", RDFS_LABEL, en("director")), ("ferry", "name", en("Night Ferry"))],
    ]
    assert labels_of(*stated)["c"] == "Ada Holm, director of Night Ferry"


def test_pieces_without_a_value_are_left_out() -> None:
    assert labels_of(("c", "a", "Credit"), ("c", "film", "f"), ("f", "name", en("Fog"))) == {"c": "of Fog", "f": "Fog"}
    assert labels_of(("c", "a", "Credit"), ("c", "film", "nameless")) == {}


def test_a_composed_label_may_need_another() -> None:
    stated = [
        *[("r", "a", "AwardResult"), ("r", "award", "a"), ("r", "ceremony", "e"), ("r", "outcome", "won")],
        *[("a", "name", en("Best Lamp")), ("e", "a", "EventEdition"), ("e", "editionOf", "s")],
        *[("e", "date", Literal("2009")), ("s", "name", en("Harbour Lights")), ("won", RDFS_LABEL, en("won"))],
    ]
    assert labels_of(*stated)["r"] == "Best Lamp, Harbour Lights, 2009: won"


def test_labels_that_need_each_other_end() -> None:
    stated = [("a", "a", "Version"), ("a", "versionOf", "b"), ("b", "a", "Version"), ("b", "versionOf", "a")]
    assert labels_of(*stated) == {}


def test_what_most_passages_state_stands_in_a_composed_label() -> None:
    stated = [("e", "a", "EventEdition"), ("e", "editionOf", "s"), ("s", "name", en("Lights"))]
    dates = [("e", "date", Literal("2009")), ("e", "date", Literal("2008")), ("e", "date", Literal("2009"))]
    assert labels_of(*stated, *dates)["e"] == "Lights, 2009"


def test_a_unit_stands_only_beside_its_number() -> None:
    stated = [("f", "a", "Figure"), ("f", "variable", "v"), ("f", "unit", "u")]
    names = [("v", RDFS_LABEL, en("length")), ("u", RDFS_LABEL, en("metres"))]
    assert labels_of(*stated, *names)["f"] == "length"
    assert labels_of(*stated, ("f", "lowerBound", Literal(9)), *names)["f"] == "length: 9 or more metres"
    assert labels_of(*stated[:2], ("f", "value", Literal(9)), *names)["f"] == "length: 9"


def test_a_figure_keeps_its_hedge_and_bounds_and_counts_one_in_the_singular() -> None:
    figure = [("f", "a", "Figure"), ("f", "describes", "d"), ("f", "unit", "u"), ("f", "hedge", "h")]
    names = [
        ("d", RDFS_LABEL, en("the walk")),
        ("u", RDFS_LABEL, en("years")),
        ("u", "singularLabel", en("year")),
        ("h", RDFS_LABEL, en("over")),
    ]
    assert labels_of(*figure, ("f", "value", Literal(20000)), *names)["f"] == "the walk: over 20,000 years"
    between = [("f", "lowerBound", Literal(13)), ("f", "upperBound", Literal(19))]
    assert labels_of(*figure[:3], *between, *names)["f"] == "the walk: 13 to 19 years"
    assert labels_of(*figure[:3], ("f", "value", Literal(1)), *names)["f"] == "the walk: 1 year"


def test_a_label_says_nothing_twice_and_no_preposition_after_another() -> None:
    film = [("film", RDFS_LABEL, en("Night Ferry"))]
    credit = [("c", "a", "Credit"), ("c", "agent", "t"), ("t", "name", en("Quay TV")), ("c", "role", "r")]
    role = [("r", RDFS_LABEL, en("presented in association with")), ("c", "film", "film")]
    assert labels_of(*film, *credit, *role)["c"] == "presented in association with Quay TV, Night Ferry"
    result = [("w", "a", "AwardResult"), ("w", "award", "p"), ("p", "name", en("Lantern"))]
    edition = [("w", "ceremony", "e"), ("e", RDFS_LABEL, en("Lantern, 2012"))]
    assert labels_of(*result, *edition)["w"] == "Lantern, 2012"


def test_several_participants_are_counted_and_dates_are_words() -> None:
    stated = [("e", "a", "Event"), ("e", "kind", "k"), ("k", RDFS_LABEL, en("meeting"))]
    people = [("e", "participant", name) for name in ("a", "b", "c")]
    names = [(name, "name", en(name.upper())) for name in ("a", "b", "c")]
    when = [("e", "date", Literal("2009-21"))]
    assert labels_of(*stated, *people, *names, *when)["e"] == "meeting with A and 2 more, spring 2009"


def test_a_person_is_called_given_name_first_where_documents_have_both_orders() -> None:
    names = [
        ("p", "a", "Person"),
        ("p", "name", en("Lake Ada")),
        ("p", "name", en("Ada Lake")),
        ("p", "name", en("Ada")),
    ]
    assert labels_of(*names)["p"] == "Ada Lake"


def test_initials_keep_their_full_stops() -> None:
    assert labels_of(("p", "name", en("A.O Lake")), ("p", "name", en("A.O. Lake")))["p"] == "A.O. Lake"


def test_braces_and_backslashes_in_names_are_only_text() -> None:
    stated = [("c", "a", "Credit"), ("c", "agent", "a"), ("c", "film", "f")]
    names = [("a", "name", en(r"\1 {film}")), ("f", "name", en(r"{agent} \g<0>"))]
    assert labels_of(*stated, *names)["c"] == r"\1 {film} of {agent} \g<0>"


def test_every_class_and_property_of_the_table_is_in_the_ontology(ontology: set[str]) -> None:
    assert COMPOSED
    for class_, pieces in COMPOSED.items():
        assert FG + class_ in ontology
        for name in re.findall(r"[{|](\w+)", "".join(pieces)):
            assert FG + name in ontology, f"{class_}: {name}"


def test_of_a_person_the_full_name_wins_over_a_part_that_is_used_more_often() -> None:
    short = [("ada", "name", en("Ada"))] * 3
    assert labels_of(("ada", "a", "Person"), *short, ("ada", "name", en("Ada Holm"))) == {"ada": "Ada Holm"}


def test_what_has_no_name_is_called_by_the_end_of_its_iri_in_words() -> None:
    found = Labels()
    captain, graph = NamedNode(PREFIXES["person"] + "night-ferry-captain"), NamedNode("urn:source#char=0,9")
    found.add(Quad(captain, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(FG + "Person"), graph))
    assert [quad.object for quad in found.quads()] == [en("night ferry captain (unnamed)")]


def test_a_source_is_called_by_its_slug() -> None:
    found = Labels()
    source, graph = NamedNode(PREFIXES["source"] + "press-kit.9be0dd98"), NamedNode(PREFIXES["graph"] + "sources")
    found.add(Quad(source, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(FG + "SourceDocument"), graph))
    found.add(Quad(source, NamedNode(PREFIXES["dcterms"] + "title"), en("A long title"), graph))
    assert [quad.object for quad in found.quads()] == [Literal("press-kit")]


def test_a_part_of_unknown_kind_is_called_by_the_end_of_its_iri() -> None:
    found = Labels()
    part, graph = NamedNode(PREFIXES["part"] + "night-ferry.clip-2"), NamedNode("urn:source#char=0,9")
    found.add(Quad(part, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(FG + "Part"), graph))
    found.add(Quad(part, NamedNode(FG + "film"), NamedNode(PREFIXES["film"] + "night-ferry"), graph))
    assert [quad.object for quad in found.quads()] == [en("clip 2 (unnamed, night-ferry)")]


def test_what_has_no_name_is_called_after_the_thing_whose_key_begins_its_own() -> None:
    found = Labels()
    kind, graph = NamedNode(PREFIXES["rdf"] + "type"), NamedNode("urn:source#char=0,9")
    ada, friends = NamedNode(PREFIXES["person"] + "ada-lake"), NamedNode(PREFIXES["group"] + "memoir.ada-lake-friends")
    sheds = NamedNode(PREFIXES["place"] + "ystad-sheds")
    for node, class_ in ((ada, "Person"), (friends, "Group"), (sheds, "Place")):
        found.add(Quad(node, kind, NamedNode(FG + class_), graph))
    found.add(Quad(ada, NamedNode(FG + "name"), en("Ada Lake"), graph))
    found.add(Quad(NamedNode(PREFIXES["place"] + "ystad"), NamedNode(FG + "name"), en("Ystad"), graph))
    labels = {str(quad.subject): quad.object for quad in found.quads()}
    assert labels[str(friends)] == en("friends of Ada Lake (unnamed, memoir)")
    assert labels[str(sheds)] == en("sheds of Ystad (unnamed)")


def test_a_prize_without_a_name_says_its_festival_once() -> None:
    stated = [("r", "a", "AwardResult"), ("r", "award", "a"), ("r", "ceremony", "e")]
    names = [("a", RDFS_LABEL, en("prize of Lantern")), ("e", RDFS_LABEL, en("Lantern, 2012"))]
    assert labels_of(*stated, *names)["r"] == "prize of Lantern, 2012"


def test_a_film_without_a_title_is_called_rather_by_what_has_a_name_of_its_own() -> None:
    stated = [("f", "a", "Film"), ("f", "about", "a-trip"), ("f", "about", "ada"), ("ada", "name", en("Ada"))]
    trip = [("a-trip", "a", "Journey"), ("a-trip", "participant", "ada")]
    assert labels_of(*stated, *trip)["f"] == "film about Ada"


def test_several_places_of_a_journey_are_counted_and_a_move_has_a_destination() -> None:
    journey = [("j", "a", "Journey"), ("j", "participant", "ada"), ("ada", "name", en("Ada"))]
    origins = [("j", "origin", place) for place in ("lund", "malmo", "ystad")]
    places = [(place, "name", en(place.title())) for place in ("lund", "malmo", "ystad")]
    assert labels_of(*journey, *origins, *places)["j"] == "Ada, journey from Lund and 2 more"
    move = [
        ("m", "a", "LifeEvent"),
        ("m", "participant", "ada"),
        ("ada", "name", en("Ada")),
        ("m", "destination", "lund"),
    ]
    assert labels_of(*move, *places)["m"] == "Ada, life event to Lund"


def test_an_event_is_not_said_to_be_about_who_takes_part_in_it() -> None:
    stated = [("e", "a", "Event"), ("e", "kind", "k"), ("k", RDFS_LABEL, en("discussion"))]
    people = [("e", "participant", "ada"), ("e", "about", "ada"), ("ada", "name", en("Ada"))]
    assert labels_of(*stated, *people)["e"] == "discussion with Ada"
