"""No address belongs to two apps, so that the order in which they are asked for it says nothing but how soon it is found."""

import re

from django.urls import Resolver404, URLResolver, get_resolver

# For each converter a value that it takes; a word that could be anything is one that no other address holds.
VALUES = {
    "int": "1",
    "about": "2017-18-q4",
    "form": "html",
    "number": "issue-1",
    "quarter": "2017-18-q4",
    "year": "2017-18",
}
ANY = "some-word"


def ours():
    """The apps' own addresses; those below accounts/ are asked for by prefix."""
    every = get_resolver("cspplan.urls").url_patterns
    return [one for one in every if isinstance(one, URLResolver) and not str(one.pattern)]


def paths(resolver, before=""):
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from paths(one, route)
        else:
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda found: VALUES.get(found[1], ANY), route)


def takes(resolver, path):
    try:
        resolver.resolve(path)
    except Resolver404:
        return False
    return True


def test_no_address_belongs_to_two_apps():
    apps = ours()
    every = [path for app in apps for path in paths(app)]
    assert len(every) > 300
    assert [path for path in every if sum(takes(app, path) for app in apps) != 1] == []
