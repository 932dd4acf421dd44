"""Charts in Vega-Lite's words: what a question declares, and how it is drawn.

A chart has a mark and encodings (`Vega-Lite <https://vega.github.io/vega-lite/docs/>`_), of which four kinds are drawn:

- columns: ``bar``, an ordinal ``x``, a quantitative or counted ``y``;
- rows: ``bar`` or ``point``, a nominal ``y``, a quantitative or temporal ``x``, with ``x2`` intervals;
- a matrix: ``rect`` or ``point``, nominal ``x`` and ``y``;
- a network: ``rule`` from a nominal ``y`` to a nominal ``y2``.
"""
