"""Names of months in English, German, French, Spanish, Italian and Portuguese, and their abbreviations."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero ene januari gennaio janeiro",
            "february feb februar février fevrier febrero febbraio fevereiro",
            "march mar märz marz maerz mars marzo março marco",
            "april apr avril abril aprile abr",
            "may mai mayo maggio maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août aout agosto ago",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre decembre diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
"""The number of a month, by its name in lower case."""
