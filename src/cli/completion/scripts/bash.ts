/** kcfg splits the line and quotes its candidates; readline completes file names. Works from bash 3.2 on. */
export const BASH_SCRIPT = `# bash completion for kcfg. In ~/.bashrc: source <(kcfg completion bash)

__kcfg_complete() {
  local answer line
  COMPREPLY=()
  answer=$(command kcfg __complete-bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" "$COMP_TYPE" "\${COLUMNS:-80}" 2>/dev/null)
  if [[ $answer == *$'\\n'* ]]; then
    if type mapfile >/dev/null 2>&1; then
      mapfile -t COMPREPLY <<<"\${answer#*$'\\n'}"
    else
      while IFS= read -r line; do
        COMPREPLY+=("$line")
      done <<<"\${answer#*$'\\n'}"
    fi
  fi
  if type compopt >/dev/null 2>&1; then
    case \${answer%%$'\\n'*} in
      files) ;;
      folders) compopt +o default -o dirnames ;;
      nospace) compopt +o default -o nospace ;;
      *) compopt +o default ;;
    esac
  fi
}

complete -o nosort -o default -F __kcfg_complete kcfg 2>/dev/null || complete -o default -F __kcfg_complete kcfg
`;
