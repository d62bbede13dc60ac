function __de06_complete
    set -l words (commandline -opc) (commandline -ct)
    env _DE06_COMPLETE=1 $words[1] $words[2..-1] 2>/dev/null
end
complete --command de06 --arguments '(__de06_complete)'
