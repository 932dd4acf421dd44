"""``filmgraph serve``: the web explorer and the SPARQL endpoint.

One process listens, and never touches the store; it hands each request to a process that can be killed.

========== =====================================================================================================
protocol/  what goes over HTTP, without a server: requests, replies, negotiation, the SPARQL protocol, settings
pages/     what pages show: the site, notes with passages, things, documents, answers; templates are rendered here
urls/      the rooms of URLs: one file per room, found by its name; each lists its routes and what they answer
workers/   the processes that answer, and the pool that gives them work, limits them and kills them
templates/ Jinja templates
static/    style sheets and scripts; what ``web/package.json`` builds goes to ``static/built/``
========== =====================================================================================================

A room of URLs is a module of ``urls/`` with ``ROUTES``: handlers that run in a worker and may use the store. It may
also have ``mount(settings, answer)``, which gives an ASGI application that runs in the listening process
(``/mcp``) and reaches the workers through ``answer``.
``doorway.py`` lends the connections of programs that ask one look-up after another to workers, which answer on them;
all other requests go through ``app.py``.
``static_site.py`` writes the same pages as files: it gives each address to `urls.answer` without a server.
"""
