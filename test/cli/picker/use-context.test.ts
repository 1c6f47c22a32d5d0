import { main } from "../../../src/cli/main.ts";
import type { Host } from "../../../src/host/host.ts";
import type { KeyListener, TerminalSize } from "../../../src/host/terminal.ts";
import { fakeHost } from "../../support/fake-host.ts";
import { KUBECONFIG_LIMIT } from "../../../src/loading/size-limits.ts";

const CONFIG = `contexts:
- {name: laptop, context: {cluster: l, user: u}}
- {name: production, context: {cluster: p, user: u}}
- {name: staging, context: {cluster: s, user: u}}
current-context: staging
`;
const FILE = "/home/u/.kube/config";

/** A host with a terminal at which somebody types as soon as keys are taken. */
class Sitting {
  readonly host: Host;
  out = "";
  err = "";
  keysAreTaken = false;
  listener: KeyListener | undefined;
  size: TerminalSize = { columns: 80, rows: 24 };
  onSignal: () => void = () => undefined;

  constructor(
    typed: readonly (string | (() => void))[],
    { streams = ["stdin", "stdout", "stderr"], config = CONFIG, env = {} } = {},
  ) {
    const machine = fakeHost({ files: { [FILE]: config }, env: { HOME: "/home/u", ...env } });
    this.host = {
      ...machine,
      terminal: {
        ...machine.terminal,
        isTerminal: (stream) => streams.includes(stream),
        size: () => this.size,
        takeKeys: (listener) => {
          this.keysAreTaken = true;
          this.listener = listener;
          queueMicrotask(() => {
            for (const each of typed) {
              if (typeof each === "string") {
                listener.onKeys(Buffer.from(each));
              } else {
                each();
              }
            }
          });
          return () => void (this.keysAreTaken = false);
        },
      },
      self: {
        ...machine.self,
        beforeEnd: (cleanUp) => {
          this.onSignal = cleanUp;
          return () => Promise.resolve();
        },
      },
    };
  }

  run(argv: readonly string[] = ["use-context"]): Promise<number> {
    const streams = {
      out: { write: (text: string | Uint8Array) => void (this.out += String(text)) },
      err: { write: (text: string) => void (this.err += text) },
    };
    return main(this.host, streams, argv, "kcfg");
  }

  get current(): string {
    return (
      /current-context: (.*)\n/.exec(
        Buffer.from(this.host.fs.readFile(FILE, KUBECONFIG_LIMIT)).toString(),
      )?.[1] ?? ""
    );
  }

  /** Whether the terminal is as it was. */
  get isRestored(): boolean {
    return (
      !this.keysAreTaken && this.err.split("\u001b[?1049h").length === 2 && this.err.endsWith("\u001b[?1049l")
    );
  }
}

describe("use-context without a name, on a terminal", () => {
  test("switches to the context that is picked", async () => {
    const sitting = new Sitting(["prod", "\r"]);
    expect(await sitting.run()).toBe(0);
    expect(sitting.out).toBe('Switched to context "production".\n');
    expect(sitting.current).toBe("production");
    expect(sitting.isRestored).toBe(true);
  });

  test("marks the current context and begins there", async () => {
    const sitting = new Sitting(["\u001b[A\r"]);
    expect(await sitting.run(["use"])).toBe(0);
    expect(sitting.err).toContain("> * staging");
    expect(sitting.current).toBe("production");
  });

  test("shows with --dry-run what would change", async () => {
    const sitting = new Sitting(["lap\r"]);
    expect(await sitting.run(["use-context", "--dry-run"])).toBe(0);
    expect(sitting.out).toContain("+current-context: laptop\n");
    expect(sitting.current).toBe("staging");
  });

  test.each([
    ["escape", ["\u001b"]],
    ["Ctrl-C", ["\u0003"]],
    ["the end of the input", []],
  ])("leaves everything as it was after %s, with exit code 130", async (_key, keys) => {
    const sitting: Sitting = new Sitting([...keys, () => keys.length === 0 && sitting.listener?.onEnd()]);
    expect(await sitting.run()).toBe(130);
    expect(sitting.out).toBe("");
    expect(sitting.current).toBe("staging");
    expect(sitting.isRestored).toBe(true);
  });

  test("draws anew on a terminal of another size", async () => {
    const sitting: Sitting = new Sitting([
      () => {
        sitting.size = { columns: 30, rows: 4 };
        sitting.err = sitting.err.slice(0, 8);
        sitting.listener?.onResize();
      },
      "\r",
    ]);
    expect(await sitting.run()).toBe(0);
    expect(sitting.err).toContain("> * staging");
    expect(sitting.err).not.toContain("laptop");
  });

  test("gives the terminal back when a signal ends it", async () => {
    const sitting: Sitting = new Sitting([
      () => {
        sitting.onSignal();
        expect(sitting.isRestored).toBe(true);
        sitting.listener?.onEnd();
      },
    ]);
    await sitting.run();
    expect(sitting.isRestored).toBe(true);
    expect(sitting.current).toBe("staging");
  });

  test("gives the terminal back when something fails", async () => {
    const sitting: Sitting = new Sitting([
      () => {
        Object.defineProperty(sitting, "size", {
          get: () => {
            throw new Error("no size");
          },
        });
        sitting.listener?.onResize();
      },
    ]);
    expect(await sitting.run()).toBe(1);
    expect(sitting.keysAreTaken).toBe(false);
    expect(sitting.err.endsWith("\u001b[?1049lerror: no size\n")).toBe(true);
  });

  test("shows names that would steer the terminal by their characters", async () => {
    const sitting = new Sitting(["\r"], { config: 'contexts: [{name: "a\\e[2Jb", context: {}}]\n' });
    expect(await sitting.run()).toBe(0);
    expect(sitting.err).toContain("a\\x1b[2Jb");
    expect(sitting.err).not.toContain("\u001b[2J");
  });

  test("says that there are no contexts, where there are none", async () => {
    const sitting = new Sitting([], { config: "kind: Config" });
    expect(await sitting.run()).toBe(1);
    expect({ out: sitting.out, err: sitting.err }).toEqual({ out: "", err: "error: no contexts found\n" });
  });

  test("has no colours where none are wanted", async () => {
    const sitting = new Sitting(["\r"], { env: { NO_COLOR: "1" } });
    await sitting.run();
    expect(sitting.err).toContain("staging");
    expect(sitting.err).not.toContain("\u001b[1;36m");
    expect(sitting.err).not.toContain("\u001b[2m");
  });
});

describe("use-context without a name says what kubectl says", () => {
  test.each([
    ["where standard input is no terminal", ["stdout", "stderr"], CONFIG, {}],
    ["where standard error is none", ["stdin", "stdout"], CONFIG, {}],
    ["on a dumb terminal", ["stdin", "stdout", "stderr"], CONFIG, { TERM: "dumb" }],
  ])("%s", async (_where, streams, config, env) => {
    const sitting = new Sitting(["\r"], { streams, config, env });
    expect(await sitting.run()).toBe(1);
    expect(sitting.err).toBe("error: Unexpected args: []\n");
    expect(sitting.out).toContain("Usage:\n  kcfg use-context [context] [options]\n");
  });
});

describe("ctx", () => {
  test("switches to a context by its name, prints the current one, and goes back", async () => {
    const sitting = new Sitting([], { streams: [] });
    expect(await sitting.run(["ctx", "laptop"])).toBe(0);
    expect(sitting.current).toBe("laptop");
    sitting.out = "";
    expect(await sitting.run(["ctx", "."])).toBe(0);
    expect(sitting.out).toBe("laptop\n");
  });

  test("offers on a terminal the contexts that have a part of a name", async () => {
    const sitting = new Sitting(["\r"]);
    expect(await sitting.run(["ctx", "PROD"])).toBe(0);
    expect(sitting.err).toContain("Switch to context: PROD");
    expect(sitting.err).toContain("1 of 3 match");
    expect(sitting.current).toBe("production");
  });

  test("takes no part of a name without the user's Enter", async () => {
    const left = new Sitting(["\u001b"]);
    expect(await left.run(["ctx", "prod"])).toBe(130);
    expect(left.current).toBe("staging");
    const nowhere = new Sitting([], { streams: [] });
    expect(await nowhere.run(["ctx", "prod"])).toBe(1);
    expect(nowhere.err).toBe('error: no context exists with the name: "prod"; did you mean "production"?\n');
    expect(nowhere.current).toBe("staging");
  });

  test.each([["use-context"], ["ctx"]])("%s says which context may be meant", async (command) => {
    const sitting = new Sitting([], { streams: [] });
    expect(await sitting.run([command, "stagin"])).toBe(1);
    expect(sitting.err).toBe('error: no context exists with the name: "stagin"; did you mean "staging"?\n');
    sitting.err = "";
    expect(await sitting.run([command, "nope"])).toBe(1);
    expect(sitting.err).toBe('error: no context exists with the name: "nope"\n');
  });

  test("prints the names where nobody can pick", async () => {
    const sitting = new Sitting([], { streams: ["stdin"] });
    expect(await sitting.run(["ctx"])).toBe(0);
    expect(sitting.out).toBe("laptop\nproduction\nstaging\n");
  });

  test("without any context says so on a terminal", async () => {
    const sitting = new Sitting([], { config: "kind: Config" });
    expect(await sitting.run(["ctx"])).toBe(1);
    expect(sitting.err).toBe("error: no contexts found\n");
  });
});
