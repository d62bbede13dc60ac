Register-ArgumentCompleter -Native -CommandName de06 -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        Select-Object -Skip 1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
            else { $_.ToString() }
        })
    # Of --agency=CA, PowerShell wants the whole, de06 answers for the value.
    $option = if ($wordToComplete -match '^--[^=]+=') { $Matches[0] } else { '' }
    $encoding, $utf8 = [Console]::OutputEncoding, $env:PYTHONUTF8
    try {
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
        $env:PYTHONUTF8 = '1'
        # Windows PowerShell passes no empty arguments on.
        $env:_DE06_COMPLETE = if ($wordToComplete) { 'word' } else { 'next' }
        if ($wordToComplete) { $words += "$wordToComplete" }
        & de06 @words 2>$null | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            # Whatever the shell would take for its own is inserted quoted.
            $typed = if ($value -match '[^\w.:=/@%+-]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
            [System.Management.Automation.CompletionResult]::new(
                "$option$typed", $value, 'ParameterValue', $help)
        }
    } finally {
        $env:_DE06_COMPLETE, $env:PYTHONUTF8 = $null, $utf8
        [Console]::OutputEncoding = $encoding
    }
}
