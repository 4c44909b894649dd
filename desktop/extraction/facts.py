"""What a report says of itself: its district, year, title, number and issuer (annotation guide, "Report facts")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.districts import Divisions, short_name
from desktop.extraction.bodies import Body, fuller, read_body
from desktop.extraction.clues import decide, superior
from desktop.extraction.ending import read_ending
from desktop.extraction.furniture import YEAR
from desktop.extraction.heading import Heading, read_heading
from desktop.extraction.places import Place, narrowed
from desktop.extraction.subjects import (
    Subject,
    object_bodies,
    of_mentions,
    of_opening,
    of_signer,
    of_title,
    of_words,
    title_bodies,
)
from desktop.extraction.years import read_year
from desktop.model import District, Facts


def read_facts(text: str, divisions: Divisions) -> Facts:
    """Return what a report says of itself; None for what it does not say."""
    heading, ending = read_heading(text, divisions), read_ending(text)
    titles = _titles(heading.titles)
    dates = [*ending.dates, *heading.dates]
    year = read_year(titles, text, heading.start, dates, heading.doc_number)
    said = [title_bodies(title, divisions, year) for title in titles] + [ending.bodies, *heading.bodies]
    spoken = [[read_body(name, divisions, year) for name in names] for names in said]
    bodies = [body for group in spoken for body in group]
    facts = Facts(
        year=year,
        title=titles[0] if titles else None,
        doc_number=re.sub(r"\s", "", heading.doc_number) if heading.doc_number else None,
        issuer=_issuer([*said, _governing(heading, divisions, year)], titles, divisions, year),
    )
    told = [
        subject
        for title, group in zip(titles, spoken, strict=False)
        if (subject := of_title(title, group, text, divisions, year))
    ]
    subject = _subject(told, bodies, text, heading, divisions, year)
    if subject is None or subject.place is None:
        return replace(facts, level=subject.level) if subject else facts
    others = [other.place for other in told] + [body.place for body in bodies]
    place = _whole_chain(subject.place, others, text, heading.addressee, divisions, year)
    return _placed(facts, subject, place, text, heading.addressee, divisions)


def _titles(found: Sequence[str]) -> list[str]:
    """Return the titles with the report's own first: the first with a year, else the first."""
    own = next((title for title in found if YEAR.search(narrowed(title))), found[0] if found else None)
    return [own, *(title for title in found if title != own)] if own else []


def _governing(heading: Heading, divisions: Divisions, year: int | None) -> list[str]:
    """Return the publisher that a web page names, where it is the government itself or the party committee."""
    kinds = {read_body(name, divisions, year).kind for name in heading.publisher}
    return heading.publisher if kinds <= {"government", "party"} else []


def _issuer(said: Sequence[Sequence[str]], titles: Sequence[str], divisions: Divisions, year: int | None) -> str | None:
    """Return the bodies that speak: those of the title, the signature or the heading, in the fullest form of all."""
    names = next((each for each in said if each), [])
    for title in titles:
        names = names or object_bodies(title, divisions, year)
    for other in said:
        if names and fuller(names, other):
            names = other
    return " ".join(names) or None


def _subject(
    told: Sequence[Subject],
    bodies: Sequence[Body],
    text: str,
    heading: Heading,
    divisions: Divisions,
    year: int | None,
) -> Subject | None:
    """Return whose report it is: by a title, a signature or heading, the opening, or the text's words for itself."""
    if told:
        if told[0].place is None and told[0].level == "department":
            return replace(told[0], place=next((body.place for body in bodies if body.place), None))
        return told[0]
    for body in bodies:
        if subject := of_signer(body, text):
            return subject
    if subject := of_opening(text, heading.start, divisions, year):
        return subject
    level = of_words(text)
    if level is None or level.level in ("county", "prefecture"):
        return of_mentions(text, divisions, year) or level
    return level


def _whole_chain(
    place: Place, others: Sequence[Place | None], text: str, addressee: str, divisions: Divisions, year: int | None
) -> Place:
    """Return the place with the city and province that another title, a body or the text puts before its name."""
    if place.city or not place.county:
        return place
    for other in others:
        if other and other.county == place.county and other.city:
            return replace(place, city=other.city, province=place.province or other.province)
    if divisions.named(place.county, year) or divisions.full_names(place.county, year):
        return place
    city, province = superior(text, place.county, addressee, divisions, year)
    return replace(place, city=city, province=place.province or province)


def _placed(facts: Facts, subject: Subject, place: Place, text: str, addressee: str, divisions: Divisions) -> Facts:
    """Return the facts with level, district, city, province, code and candidates."""
    facts = replace(facts, level=subject.level, city=place.city, province=place.province)
    if place.county is None:
        return facts
    if place.province and place.province.endswith("市"):
        facts = replace(facts, city=place.province)
    district = place.county
    found = _districts(place, facts.year, divisions)
    if not subject.in_title and found and found[0].name != district and found[0].name in text:
        district = found[0].name
    if len(found) > 1:
        found = decide(text, district, found, addressee)
    provinces, cities = {each.province for each in found}, {each.city for each in found}
    if found:
        province = place.province or (provinces.pop() if len(provinces) == 1 else None)
        facts = replace(facts, province=province, city=(cities.pop() or None) if len(cities) == 1 else facts.city)
    if subject.level != "county":
        return facts
    if len(found) == 1:
        return replace(facts, district=district, adcode=found[0].adcode)
    return replace(facts, district=district, candidates=tuple(each.adcode for each in found))


def _districts(place: Place, year: int | None, divisions: Divisions) -> list[District]:
    """Return the units of the table that the chain of names fits in the report's year, as they were in that year."""
    name = place.county or ""
    at = divisions.last_year if year is None else year
    found = divisions.named(name, at) or divisions.full_names(name, at)
    if not found and year is None:
        found = divisions.named(name)[-1:]
    if place.city:
        found = [each for each in found if short_name(each.city) == short_name(place.city)]
    if place.province:
        found = [each for each in found if each.province == place.province]
    return [divisions.in_year(each, at) for each in found]
