import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constantFrom, sample, string } from "fast-check";
import { quoteForBash } from "../../src/cli/completion/bash-line.ts";
import { builtCli } from "../conformance/repository.ts";
import { lackOf, lackOfPosix, testUnless } from "../support/unless.ts";
import { repositoryFolder } from "../support/run-bin.ts";

/** Names that a shell would take apart, expand, run, or be steered by. */
const NAMES = [
  "my ctx",
  "arn:aws:eks:eu-west-1:1:cluster/a",
  'double"quote',
  "it's",
  "sub$(touch pwned)",
  "tick`touch pwned`",
  "new\nline",
  "escape\u001b[31m",
  "bang!x",
  "wide\u65e5\u672c",
  "back\\slash",
  "~tilde",
  "eq=x",
  "glob*[a]?",
  "semi;touch pwned&x|y<z>",
  "#hash",
  "$HOME",
  "{a,b}",
];

const folder = mkdtempSync(join(tmpdir(), "kcfg-completion-"));
const bin = join(folder, "bin");
const env = {
  PATH: `${bin}:/usr/local/bin:/usr/bin:/bin`,
  HOME: folder,
  LC_ALL: "C.UTF-8",
  KUBECONFIG: join(folder, "config"),
};

beforeAll(() => {
  mkdirSync(bin);
  const cli = builtCli();
  writeFileSync(join(bin, "kcfg"), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, { mode: 0o755 });
  symlinkSync(process.execPath, join(bin, "node"));
  symlinkSync(join(repositoryFolder, "bin/kubectl_complete-kcfg.cjs"), join(bin, "kubectl_complete-kcfg"));
  const contexts = NAMES.map((name) => ({ name, context: { cluster: "c", user: "u" } }));
  writeFileSync(join(folder, "config"), JSON.stringify({ contexts }));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, args: readonly string[], input = ""): string {
  return spawnSync(program, args, { cwd: folder, env, encoding: "utf8", input, timeout: 20_000 }).stdout;
}

/** Says in the list of tests which shell is not on this machine. */
const inShell = (shell: string): ReturnType<typeof testUnless> => testUnless(lackOfPosix ?? lackOf(shell));

/** What bash reads when each candidate has been put in for the present word. */
const BASH = `
source <(kcfg completion bash)
COMP_WORDBREAKS=$' \\t\\n"\\'@><=;|&(:' COMP_TYPE=37
while IFS= read -r -d '' COMP_LINE && IFS= read -r -d '' kept; do
  COMP_POINT=\${#COMP_LINE}
  __kcfg_complete 2>/dev/null
  for each in "\${COMPREPLY[@]}"; do
    eval "words=( $kept$each )"
    printf '%s\\0' "\${words[@]: -1}"
  done
done
`;

function inBash(lines: readonly (readonly [line: string, kept: string])[]): readonly string[] {
  const input = lines
    .flat()
    .map((text) => `${text}\0`)
    .join("");
  return run("bash", ["-c", BASH], input).split("\0").slice(0, -1);
}

describe("completion puts every name in so that the shell reads just that", () => {
  inShell("bash")("bash", () => {
    expect(inBash([["kcfg use-context ", ""]]).toSorted(byText)).toEqual(NAMES.toSorted(byText));
    expect(inBash([["kcfg --context=", "--context="]]).toSorted(byText)).toEqual(
      NAMES.map((name) => `--context=${name}`).toSorted(byText),
    );
    expect(
      inBash([
        ["kcfg use-context my\\ c", ""],
        ["kcfg use-context arn:aws:", "arn:aws:"],
        ["kcfg set contexts.my\\ ctx.n", ""],
      ]),
    ).toEqual(["my ctx", "arn:aws:eks:eu-west-1:1:cluster/a", "contexts.my ctx.namespace"]);
    expect(existsSync(join(folder, "pwned"))).toBe(false);
  });

  inShell("bash")("bash, where a quote is open", () => {
    const names = NAMES.filter((name) => /["'$`!\\\n]/.test(name));
    for (const quote of [`"`, "'"]) {
      const lines = NAMES.map(
        (name) => [`kcfg use-context ${quote}${/^\w*/.exec(name)?.[0]}`, quote] as const,
      );
      const closed = run(
        "bash",
        ["-c", BASH.replace("$kept$each", `$kept$each${quote === "'" ? "'" : '\\"'}`)],
        lines
          .flat()
          .map((text) => `${text}\0`)
          .join(""),
      );
      const read = closed.split("\0").slice(0, -1);
      expect(read).toEqual(expect.arrayContaining(names));
      expect(NAMES).toEqual(expect.arrayContaining(read));
    }
    expect(existsSync(join(folder, "pwned"))).toBe(false);
  });

  inShell("bash")("bash, whatever the text is", () => {
    const unit = constantFrom(
      ...Array.from("ab '\"\\$`!*?[]{}()<>|&;#~=:\n\t\u001b\u0085\u00e9\u65e5^%@,+-/."),
    );
    const texts = sample(string({ unit, minLength: 1, maxLength: 12 }), 500);
    const lines = texts.flatMap((text) => [
      quoteForBash(text, ""),
      `"${quoteForBash(text, '"')}"`,
      `'${quoteForBash(text, "'")}'`,
    ]);
    const script = `while IFS= read -r -d '' line; do eval "words=( $line )"; printf '%s\\0' "\${words[@]}"; done`;
    const read = run("bash", ["-c", script], lines.map((line) => `${line}\0`).join(""));
    expect(read.split("\0").slice(0, -1)).toEqual(texts.flatMap((text) => [text, text, text]));
  });

  inShell("fish")("fish", () => {
    const script = "kcfg completion fish | source; complete -C 'kcfg use-context '";
    const offered = run("fish", ["--no-config", "-c", script])
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[0]);
    // fish takes a line for a candidate.
    expect(offered.toSorted(byText)).toEqual(NAMES.filter((name) => !name.includes("\n")).toSorted(byText));
    expect(existsSync(join(folder, "pwned"))).toBe(false);
  });

  inShell("zsh")("zsh, which quotes what it is given", () => {
    const script = `
compdef() { : }
source <(kcfg completion zsh)
compadd() { print -rN -- "\${(@P)@[-1]}" }
words=(kcfg --context 'my\\ ctx' use-context '') CURRENT=5 PREFIX=''
_kcfg
words=(kcfg use-context "'sub") CURRENT=3 PREFIX=sub
_kcfg
`;
    const offered = run("zsh", ["-f", "-c", script])
      .split("\0")
      .filter((text) => text !== "");
    expect(offered.toSorted(byText)).toEqual([...NAMES, "sub$(touch pwned)"].toSorted(byText));
    expect(existsSync(join(folder, "pwned"))).toBe(false);
  });

  testUnless(lackOfPosix)("kubectl, whose shell asks it and it us", () => {
    expect(run(join(bin, "kubectl_complete-kcfg"), ["use-context", "m"])).toBe(
      "my ctx\tcluster c, user u\n:4\n",
    );
  });
});

describe("the scripts", () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    inShell(shell)(`of ${shell} are sound to that shell`, () => {
      const script = run("kcfg", ["completion", shell]);
      const file = join(folder, `script.${shell}`);
      writeFileSync(file, script);
      const { status, stderr } = spawnSync(shell, ["-n", file], { encoding: "utf8" });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    });
  }
});

function byText(one: string = "", other: string = ""): number {
  return one < other ? -1 : Number(one > other);
}
