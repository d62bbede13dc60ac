function __de06_complete
    set -l words (commandline -opc) (commandline -ct)
    # Of --agency=CA, fish wants the whole, de06 answers for the value.
    set -l option (commandline -ct | string match -r -- '^--[^=]+=')
    env _DE06_COMPLETE=word $words[1] $words[2..-1] 2>/dev/null | string replace -r '^' -- "$option"
end
complete --command de06 --keep-order --arguments '(__de06_complete)'
