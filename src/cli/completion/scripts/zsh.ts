/** zsh quotes the inserted words, by the quotes that are open. */
export const ZSH_SCRIPT = `#compdef kcfg
# zsh completion for kcfg. In ~/.zshrc, behind compinit: source <(kcfg completion zsh)

_kcfg() {
  emulate -L zsh
  local -a answer words_before closed closed_shown open open_shown
  local at
  words_before=("\${(@Q)words[2,CURRENT-1]}")
  answer=("\${(@0)"$(command kcfg __complete-zsh "\${COLUMNS:-80}" "\${(@)words_before}" "\${(Q)PREFIX}" 2>/dev/null)"}")
  case $answer[1] in
    files|folders)
      compset -P "\${(b)answer[2]}"
      if [[ $answer[1] == files ]]; then
        _files
      else
        _files -/
      fi
      return
      ;;
  esac
  for ((at = 3; at + 2 <= $#answer; at += 3)); do
    if [[ $answer[at] == '=' ]]; then
      open+=("$answer[at+1]")
      open_shown+=("$answer[at+2]")
    else
      closed+=("$answer[at+1]")
      closed_shown+=("$answer[at+2]")
    fi
  done
  compadd -l -V kcfg -d closed_shown -a -- closed
  local found=$?
  compadd -l -V kcfg -S '' -d open_shown -a -- open || return $found
}

if [[ \${funcstack[1]} == _kcfg ]]; then
  _kcfg "$@"
else
  compdef _kcfg kcfg
fi
`;
