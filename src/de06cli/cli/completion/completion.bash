_de06() {
    local IFS=$'\n' line word before=
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
    # Of HONQUAN:9, it only replaces what follows the colon.
    word=${words[${#words[@]} - 1]#--*=}
    [[ $COMP_WORDBREAKS == *:* ]] && before=${word%"${word##*:}"}
    COMPREPLY=()
    while read -r line; do
        line=${line%%$'\t'*}
        line=${line#"$before"}
        # Whatever the shell would take for its own is inserted quoted.
        [[ $line == *[!-[:alnum:]_.:=/@%+,]* ]] && printf -v line %q "$line"
        COMPREPLY+=("$line")
    done < <(_DE06_COMPLETE=word "$1" "${words[@]}" 2>/dev/null)
}
# In de06's own order, where bash can (4.4 and later).
complete -o default -o nosort -F _de06 de06 2>/dev/null || complete -o default -F _de06 de06
