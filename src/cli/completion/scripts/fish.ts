/** fish quotes the inserted words. */
export const FISH_SCRIPT = `# fish completion for kcfg: kcfg completion fish > ~/.config/fish/completions/kcfg.fish

function __kcfg_complete
    set -l words (commandline -opc)
    set -l raw (commandline -ct)
    set -l word (string unescape -- $raw)
    or set word (string replace -r '^["\\']' '' -- $raw)
    set -l answer (command kcfg __complete-fish $words[2..-1] "$word" 2>/dev/null)
    set -l how (string split \\t -- $answer[1])
    switch "$how[1]"
        case files
            printf '%s\\n' $how[2](__fish_complete_path (string sub -s (math (string length -- "$how[2]") + 1) -- "$word"))
        case folders
            printf '%s\\n' $how[2](__fish_complete_directories (string sub -s (math (string length -- "$how[2]") + 1) -- "$word"))
        case '*'
            printf '%s\\n' $answer[2..-1]
    end
end

complete -c kcfg -e
complete -c kcfg -f -k -a '(__kcfg_complete)'
`;
