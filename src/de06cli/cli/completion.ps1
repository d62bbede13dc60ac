Register-ArgumentCompleter -Native -CommandName de06 -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
        $env:PYTHONUTF8 = '1'
        # Windows PowerShell passes no empty arguments on.
        $env:_DE06_COMPLETE = if ($wordToComplete) { 'word' } else { 'next' }
        if ($wordToComplete) { $words += "$wordToComplete" }
        & de06 @words 2>$null | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
    } finally {
        Remove-Item Env:_DE06_COMPLETE, Env:PYTHONUTF8 -ErrorAction SilentlyContinue
        [Console]::OutputEncoding = $encoding
    }
}
