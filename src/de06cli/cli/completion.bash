_de06() {
    local IFS=$'\n' line word
    local -a words=()
    local -i i
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]//[\"\'\\]/}
        # Readline cuts words at "=" and ":" too; they are put together again.
        if ((i > 1)) && [[ $word == [=:]* || ${COMP_WORDS[i - 1]} == *[=:] ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
    done
    COMPREPLY=()
    while read -r line; do
        COMPREPLY+=("${line%%$'\t'*}")
    done < <(_DE06_COMPLETE=word "$1" "${words[@]}" 2>/dev/null)
}
complete -o default -F _de06 de06
