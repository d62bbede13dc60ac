#compdef de06
_de06() {
    local line
    local -a candidates
    while IFS= read -r line; do
        # _describe takes "value:help", with colons of the value escaped.
        candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done < <(_DE06_COMPLETE=1 "${words[1]}" "${(@)words[2,CURRENT]}" 2>/dev/null)
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
