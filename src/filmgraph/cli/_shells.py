"""The script by which bash completes: values with spaces and signs come onto the line quoted.

The script that click has for bash puts values on the line as they are, which is wrong for most titles.
"""

from __future__ import annotations

from click.shell_completion import BashComplete, add_completion_class

_SCRIPT = """\
%(complete_func)s() {
    local line value
    COMPREPLY=()
    while IFS= read -r line; do
        value="${line#*,}"
        case "${line%%%%,*}" in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$(printf '%%q' "$value")") ;;
        esac
    done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" %(complete_var)s=bash_complete "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class QuotingBashComplete(BashComplete):
    """Completion for bash, with values quoted."""

    source_template = _SCRIPT


def use_own_script() -> None:
    """Let bash get this script."""
    add_completion_class(QuotingBashComplete)
