import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeUnless, lackOfScript } from "../support/unless.ts";
import { builtCli } from "../conformance/repository.ts";

const CONFIG = `contexts:
- {name: laptop, context: {cluster: l, user: u}}
- {name: production, context: {cluster: p, user: u}}
current-context: laptop
`;

const folder = mkdtempSync(join(tmpdir(), "kcfg-picker-"));
const config = join(folder, "config");
beforeEach(() => writeFileSync(config, CONFIG));
afterAll(() => rmSync(folder, { recursive: true }));

interface Session {
  readonly screen: string;
  readonly exitCode: string;
  readonly modes: string;
  readonly current: string;
}

/** Runs `kcfg use-context` in a terminal; when it shows the list, something is done. */
async function session(
  act: (type: (keys: string) => void) => void,
  { rows = 10, columns = 80 } = {},
): Promise<Session> {
  const cli = builtCli();
  const command = `stty rows ${rows} columns ${columns}; stty -g >before; ${process.execPath} ${cli} use-context; echo "code=$?"; stty -g >after`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: folder,
    env: { ...process.env, HOME: folder, KUBECONFIG: config, TERM: "xterm", SHELL: "/bin/sh" },
  });
  let screen = "";
  let acted = false;
  child.stdout.on("data", (bytes: Buffer) => {
    screen += bytes.toString();
    if (!acted && screen.includes("row ")) {
      acted = true;
      act((keys) => child.stdin.write(keys));
    }
  });
  await new Promise((resolve) => child.once("close", resolve));
  const modes = (file: string): string => readFileSync(join(folder, file), "utf8");
  return {
    screen,
    exitCode: /code=(\d+)/.exec(screen)?.[1] ?? "",
    modes: modes("before") === modes("after") ? "as before" : "others",
    current: /current-context: (.*)/.exec(readFileSync(config, "utf8"))?.[1] ?? "",
  };
}

describeUnless(lackOfScript())("the picker in a terminal", () => {
  test("switches, and gives the terminal back", async () => {
    const { screen, ...rest } = await session((type) => type("prod\r"));
    expect(rest).toEqual({ exitCode: "0", modes: "as before", current: "production" });
    expect(screen).toContain("> * laptop");
    expect(screen).toContain("\u001b[?1049l");
    expect(screen).toContain('Switched to context "production".');
  });

  test.each([
    ["escape", "\u001b"],
    ["Ctrl-C", "\u0003"],
  ])("is left with %s, and everything is as it was", async (_key, keys) => {
    const { screen, ...rest } = await session((type) => type(keys));
    expect(rest).toEqual({ exitCode: "130", modes: "as before", current: "laptop" });
    expect(screen.split("\u001b[?1049l")).toHaveLength(2);
  });

  test("gives the terminal back when it is told to end", async () => {
    const { screen, ...rest } = await session(() => {
      spawnSync("sh", [
        "-c",
        `for p in /proc/[0-9]*; do
        if tr '\\0' ' ' <"$p/cmdline" 2>/dev/null | grep -q "bin.cjs use-context *$" &&
          tr '\\0' '\\n' <"$p/environ" 2>/dev/null | grep -qx "KUBECONFIG=${config}" &&
          [ "$(readlink "$p/exe")" = "${process.execPath}" ]; then kill -TERM "\${p#/proc/}"; fi
      done`,
      ]);
    });
    expect(rest).toEqual({ exitCode: "143", modes: "as before", current: "laptop" });
    expect(screen.split("\u001b[?1049l")).toHaveLength(2);
  });

  const CLOUDS = ["dev", "prod", "staging"].map(
    (it) => `arn:aws:eks:eu-west-1:123456789012:cluster/payments-${it}`,
  );

  test.each([20, 40, 80, 120])(
    "shows no two rows alike in %d columns, and the chosen name whole",
    async (columns) => {
      const contexts = CLOUDS.map((name) => ({ name, context: { cluster: name, user: name } }));
      writeFileSync(config, JSON.stringify({ contexts, "current-context": CLOUDS[1] }));
      const { screen, exitCode } = await session((type) => type("\u001b"), { columns });
      const [, frame = ""] = screen.split("\u001b[H");
      // eslint-disable-next-line no-control-regex -- the sequences of a terminal
      const lines = frame.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, "").split(/\r+\n/);
      const rows = lines.filter((line) => /^[> ] [* ] arn/.test(line)).map((line) => line.slice(4).trimEnd());
      expect(new Set(rows).size).toBe(3);
      expect(lines.join("")).toContain(CLOUDS[1]);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(exitCode).toBe("130");
    },
  );

  test("is quick with 10,000 contexts", async () => {
    const contexts = Array.from({ length: 10_000 }, (_, i) => ({
      name: `arn:aws:eks:eu-west-1:${100_000_000_000 + i * 7}:cluster/team-${i}-prod`,
      context: { cluster: `c${i}`, user: `u${i % 50}`, namespace: `n${i % 20}` },
    }));
    writeFileSync(config, JSON.stringify({ contexts }));
    const { screen } = await session((type) => type("team-9999-\r"), { columns: 120 });
    expect(screen).toContain('cluster/team-9999-prod".');
  });
});
