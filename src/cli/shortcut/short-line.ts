/** A command line that prompts and scripts use: a command and at most one file. */
export interface ShortLine {
  readonly command: ShortCommand;
  /** The value of `--kubeconfig`; `""` for the files of the environment. */
  readonly kubeconfig: string;
}

/** The commands that have a short way. */
export type ShortCommand =
  | "current-context"
  | "ctx ."
  | "namespace"
  | "view"
  | "get-contexts -o name"
  | `prompt ${"plain" | "bash" | "zsh" | "fish"}`;

/** The words of each command, as they follow each other in an argv. */
const COMMANDS: ReadonlyMap<string, ShortCommand> = new Map(
  (
    [
      [["current-context"], "current-context"],
      [["ctx", "."], "ctx ."],
      [["namespace"], "namespace"],
      [["view"], "view"],
      [["get-contexts", "-o", "name"], "get-contexts -o name"],
      [["get-contexts", "-o=name"], "get-contexts -o name"],
      [["get-contexts", "--output", "name"], "get-contexts -o name"],
      [["get-contexts", "--output=name"], "get-contexts -o name"],
      [["prompt"], "prompt plain"],
      [["prompt", "--shell", "bash"], "prompt bash"],
      [["prompt", "--shell=bash"], "prompt bash"],
      [["prompt", "--shell", "zsh"], "prompt zsh"],
      [["prompt", "--shell=zsh"], "prompt zsh"],
      [["prompt", "--shell", "fish"], "prompt fish"],
      [["prompt", "--shell=fish"], "prompt fish"],
    ] as const
  ).map(([words, command]) => [words.join("\0"), command]),
);

const KUBECONFIG = "--kubeconfig";

/**
 * Reads a command line that has a short way: the words of a command, then perhaps `--kubeconfig FILE`.
 *
 * @returns undefined for any other
 */
export function readShortLine(argv: readonly string[]): ShortLine | undefined {
  const at = argv.findIndex((argument) => argument.startsWith(KUBECONFIG));
  const words = argv.slice(0, at < 0 ? argv.length : at);
  const kubeconfig = at < 0 ? "" : fileOf(argv.slice(at));
  const command = COMMANDS.get(words.join("\0"));
  return command === undefined || kubeconfig === undefined ? undefined : { command, kubeconfig };
}

function fileOf([flag = "", value, ...others]: readonly string[]): string | undefined {
  const file = flag === KUBECONFIG ? value : flag.slice(`${KUBECONFIG}=`.length);
  const isWhole =
    flag === KUBECONFIG ? others.length === 0 : flag[KUBECONFIG.length] === "=" && value === undefined;
  return isWhole && file !== "" ? file : undefined;
}
