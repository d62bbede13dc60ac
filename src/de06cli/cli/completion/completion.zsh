#compdef de06
_de06() {
    local line value
    local -a candidates
    while IFS= read -r line; do
        value=${line%%$'\t'*}
        # _describe takes "value:help", with colons of the value escaped.
        candidates+=("${value//:/\\:}${${line#$value}/$'\t'/:}")
    done < <(_DE06_COMPLETE=word "${words[1]}" "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    [[ ${words[CURRENT]} == --*=* ]] && compset -P '--*='
    if (( ${#candidates} )); then
        _describe -V de06 candidates
    else
        _files
    fi
}
if [[ ${funcstack[1]} == _de06 ]]; then
    _de06 "$@"
else
    compdef _de06 de06
fi
