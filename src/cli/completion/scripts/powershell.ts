/** Words go to kcfg and come back in percent-encoding; no argument is evaluated. */
export const POWERSHELL_SCRIPT = `# PowerShell completion for kcfg. In $PROFILE: kcfg completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName 'kcfg' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    $at = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $cursorPosition -and $_.Extent.EndOffset -ge $cursorPosition })
    $texts = @($before | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $word = ''
    if ($at.Count -gt 0) {
        $word = $at[0].Extent.Text.Substring(0, $cursorPosition - $at[0].Extent.StartOffset)
        if ($word.StartsWith("'")) { $word = $word.Substring(1).TrimEnd("'").Replace("''", "'") }
        elseif ($word.StartsWith('"')) { $word = $word.Substring(1).TrimEnd('"') }
    }
    $words = @(@($texts) + $word | ForEach-Object { '=' + [Uri]::EscapeDataString([string]$_) })
    $answer = @(& kcfg '__complete-powershell' @words 2>$null)
    if ($answer.Count -eq 0) { return }
    switch ($answer[0]) {
        'files' { return }
        'folders' { return }
    }
    $answer | Select-Object -Skip 1 | ForEach-Object {
        $inserted, $shown, $told = $_.Split([char]9) | ForEach-Object { [Uri]::UnescapeDataString($_) }
        [System.Management.Automation.CompletionResult]::new($inserted, $shown, 'ParameterValue', $told)
    }
}
`;
