"""Invented films that every format has to bear."""

from __future__ import annotations

from filmgraph.rdf.namespaces import PREFIXES

FERRY = PREFIXES["film"] + "night-ferry"

TITLE_ONLY = """
<urn:a#char=0,10> {
  film:night-ferry a fg:Film ; fg:title title:night-ferry.night-ferry .
  title:night-ferry.night-ferry a fg:Title ; fg:titleText "Night Ferry"@en .
}
"""

_LONG = "A very long name " * 2000
_NASTY = "Wa\\u0001ter \\\"& <lights>\\\" ]]> 'n'\\n\\tmore\\u001D\\u001E\\u001F\\u0085\\uFFFE end"
HOSTILE = f"""
<urn:a#char=0,10> {{
  film:night-ferry a fg:Film ; fg:title title:nf.one , title:nf.two , title:nf.three , title:nf.four ;
    fg:date "19XX"^^edtf:EDTF ; fg:runtimeMinutes 1200 ; fg:about place:sea , person:ada , group:crew , event:storm .
  title:nf.one a fg:Title ; fg:titleText "{_NASTY}"@en .
  title:nf.two a fg:Title ; fg:titleText "夜渡"@zh ; fg:titleType fgv:original .
  title:nf.three a fg:Title ; fg:titleText "Ye du"@zh-Latn .
  title:nf.four a fg:Title ; fg:titleText "مركب الليل"@ar , "{_LONG}"@fr .
  credit:nf.ada.fmd a fg:Credit ; fg:film film:night-ferry ; fg:agent person:ada ; fg:role rel:fmd .
  credit:nf.bo.act a fg:Credit ; fg:film film:night-ferry ; fg:agent person:bo ; fg:role rel:act ;
    fg:characterName "{_NASTY}"@en .
  credit:nf.cy.act a fg:Credit ; fg:film film:night-ferry ; fg:agent person:cy ; fg:role fgv:unheardOf .
  credit:nf.noone.act a fg:Credit ; fg:film film:night-ferry ; fg:agent person:noone ; fg:role rel:act .
  person:ada a fg:Person ; fg:name "范立新"@zh , "Fan Lixin"@zh-Latn .
  person:bo a fg:Person ; fg:name "{_NASTY}"@en .
  person:cy a fg:Person ; fg:name "{_LONG}"@en .
  person:noone a fg:Person .
  place:sea a fg:Place ; fg:name "{_NASTY}"@en .
  group:crew a fg:Group ; fg:name "the crew"@en .
  event:storm a fg:HistoricEvent ; fg:name "{_LONG}"@en .
  figure:a.one a fg:Figure ; fg:describes film:night-ferry ; fg:film film:night-ferry ; fg:value "{_NASTY}" ;
    fg:variable fgv:x .
  remark:a.one a fg:Remark ; fg:film film:night-ferry .
  result:x.1 a fg:AwardResult ; fg:film film:night-ferry ; fg:award award:x ; fg:recipient person:ada .
  award:x a fg:Award ; fg:name "{_NASTY}"@en .
  screening:x.1 a fg:Screening ; fg:film film:night-ferry ; fg:date "../1999-02~"^^edtf:EDTF ; fg:place place:sea .
  release:x.1 a fg:TheatricalRelease ; fg:film film:night-ferry .
}}
graph:citations {{ <urn:a#char=0,10> oa:hasSource <urn:a> . }}
graph:sources {{ <urn:a> a fg:SourceDocument ; dcterms:title "{_NASTY}"@en ; fg:date "nonsense" . }}
graph:derived {{
  place:sea rdfs:label "{_NASTY}"@en . event:storm rdfs:label "{_LONG}"@en . award:x rdfs:label "{_NASTY}"@en .
}}
"""


def _many() -> str:
    credits_ = "\n".join(
        f"  credit:nf.p{n}.act a fg:Credit ; fg:film film:night-ferry ; fg:agent person:p{n} ; fg:role rel:act .\n"
        f'  person:p{n} a fg:Person ; fg:name "Person Number{n}"@en .'
        for n in range(10_000)
    )
    return TITLE_ONLY + f"<urn:b#char=0,10> {{\n{credits_}\n}}"


TEN_THOUSAND = _many()

TEXTS = {"title only": TITLE_ONLY, "hostile": HOSTILE, "ten thousand credits": TEN_THOUSAND}
