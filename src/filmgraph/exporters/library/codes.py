"""Codes of the MARC lists for countries and languages, from those of ISO.

The lists: `countries <https://www.loc.gov/marc/countries/>`_, `languages <https://www.loc.gov/marc/languages/>`_.
"""

from __future__ import annotations

from functools import cache

_COUNTRIES = (
    "AD an AE ts AF af AG aq AI am AL aa AM ai AO ao AQ ay AR ag AS as AT au AU at AW aw AZ aj BA bn BB bb BD bg BE be "
    "BF uv BG bu BH ba BI bd BJ dm BL sc BM bm BN bx BO bo BQ ca BR bl BS bf BT bt BW bs BY bw BZ bh CA xxc CC xb "
    "CD cg CF cx CG cf CH sz CI iv CK cw CL cl CM cm CN cc CO ck CR cr CU cu CV cv CW co CX xa CY cy CZ xr DE gw DJ ft "
    "DK dk DM dq DO dr DZ ae EC ec EE er EG ua EH ss ER ea ES sp ET et FI fi FJ fj FK fk FM fm FO fa FR fr GA go "
    "GB xxk GD gd GE gs GF fg GG uik GH gh GI gi GL gl GM gm GN gv GP gp GQ eg GR gr GT gt GU gu GW pg GY gy HK cc "
    "HN ho HR ci HT ht HU hu ID io IE ie IL is IM uik IN ii IQ iq IR ir IS ic IT it JE uik JM jm JO jo JP ja KE ke "
    "KG kg KH cb KI gb KM cq KN xd KP kn KR ko KW ku KY cj KZ kz LA ls LB le LC xk LI lh LK ce LR lb LS lo LT li LU lu "
    "LV lv LY ly MA mr MC mc MD mv ME mo MG mg MH xe MK xn ML ml MM br MN mp MO cc MP nw MQ mq MR mu MS mj MT mm MU mf "
    "MV xc MW mw MX mx MY my MZ mz NA sx NC nl NE ng NF nx NG nr NI nq NL ne NO no NP np NR nu NU xh NZ nz OM mk "
    "PA pn PE pe PF fp PG pp PH ph PK pk PL pl PM xl PN pc PR pr PS wj PT po PW pw PY py QA qa RE re RO rm RS rb RU ru "
    "RW rw SA su SB bp SC se SD sj SE sw SG si SH xj SI xv SK xo SL sl SM sm SN sg SO so SR sr SS sd ST sf SV es SX sn "
    "SY sy SZ sq TC tc TD cd TG tg TH th TJ ta TK tl TL em TM tk TN ti TO to TR tu TT tr TV tv TW ch TZ tz UA un UG ug "
    "US xxu UY uy UZ uz VA vc VC xm VE ve VG vb VI vi VN vm VU nn WF wf WS ws XK kv YE ye YT ot ZA sa ZM za ZW rh"
)

_LANGUAGES = (
    "ara ar zho zh cmn zh yue zh wuu zh nan zh hak zh ces cs cym cy deu de ell el eus eu fas fa pes fa fra fr hye hy "
    "isl is kat ka mkd mk msa ms zsm ms mya my nld nl ron ro slk sk sqi sq bod bo arb ar"
)
_BIBLIOGRAPHIC = (
    "ar ara zh chi cs cze cy wel de ger el gre eu baq fa per fr fre hy arm is ice ka geo mk mac ms may my bur nl dut "
    "ro rum sk slo sq alb bo tib en eng es spa it ita pt por ru rus ja jpn ko kor hi hin da dan sv swe no nor fi fin "
    "pl pol tr tur he heb hu hun uk ukr vi vie th tha id ind ca cat ga gle la lat"
)


def country_code(iso: str) -> str:
    """The MARC code of a country by its two letters of ISO 3166-1; nothing for what is no country's code.

    >>> country_code("CA"), country_code("DK"), country_code("ZZ")
    ('xxc', 'dk', '')
    """
    return _pairs(_COUNTRIES).get(iso.upper(), "")


def language_code(code: str, iri: str = "") -> str:
    """The MARC code of a language by its code of ISO 639-1 or 639-3; individual languages by their macrolanguage.

    A code of three letters that has no other code in MARC stands for itself.

    >>> language_code("cmn"), language_code("fr"), language_code("eng"), language_code("")
    ('chi', 'fre', 'eng', '')
    """
    wanted = (code or iri.rstrip("/").rpartition("/")[2]).lower().partition("-")[0]
    short = _pairs(_LANGUAGES).get(wanted, wanted)
    found = _pairs(_BIBLIOGRAPHIC).get(short)
    if found:
        return found
    return wanted if code and len(wanted) == 3 and wanted.isascii() and wanted.isalpha() else ""  # noqa: PLR2004


@cache
def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))
