import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../src/cli/main.ts";
import type { Host } from "../../../src/host/host.ts";
import { nodeHost } from "../../../src/host/node-host.ts";

interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-editing-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const read = (name = "config"): string => readFileSync(at(name), "utf8");
const write = (text: string, name = "config"): void => writeFileSync(at(name), text);

/** A host whose KUBECONFIG is these files. */
function hostWith(files: readonly string[], changes: Partial<Host["fs"]> = {}, input = ""): Host {
  return {
    ...nodeHost,
    fs: { ...nodeHost.fs, ...changes },
    env: { HOME: folder, KUBECONFIG: files.map(at).join(":") },
    cwd: () => folder,
    self: { ...nodeHost.self, readInput: () => new TextEncoder().encode(input) },
  };
}

async function on(host: Host, ...argv: readonly string[]): Promise<Said> {
  const texts = { stdout: "", stderr: "" };
  const exitCode = await main(
    host,
    {
      out: { write: (text) => (texts.stdout += String(text)) },
      err: { write: (text) => (texts.stderr += text) },
    },
    argv,
    "kcfg",
  );
  return { exitCode, ...texts };
}

const kcfg = (...argv: readonly string[]): Promise<Said> => on(hostWith(["config"]), ...argv);
const ok = (stdout: string, stderr = ""): Said => ({ exitCode: 0, stdout, stderr });
const failed = (stderr: string): Said => ({ exitCode: 1, stdout: "", stderr });

const CONFIG = `# mine
clusters:
- name: a # the first
  cluster: {server: "https://a"}
users:
- name: u
  user:
    token: s3cr3t-token
    # old: s3cr3t-comment
    note: s3cr3t-unknown
contexts:
- name: x
  context: {cluster: a, user: u}
- name: z
  context: {cluster: a, user: v}
current-context: x
`;

describe("use-context -", () => {
  test("goes back and forth", async () => {
    write(CONFIG);
    await kcfg("use-context", "z");
    expect(await kcfg("use-context", "-")).toEqual(ok('Switched to context "x".\n'));
    expect(await kcfg("use", "-")).toEqual(ok('Switched to context "z".\n'));
    expect(read()).toBe(CONFIG.replace("current-context: x", "current-context: z"));
  });

  test("says when no previous context is known", async () => {
    write(CONFIG);
    expect(await kcfg("use-context", "-")).toEqual(
      failed(
        "error: no previous context is known: kcfg has not changed current-context from another one in this file yet\n",
      ),
    );
  });

  test("says when the previous context is gone", async () => {
    write(CONFIG);
    await kcfg("use-context", "z");
    await kcfg("delete-context", "x");
    expect(await kcfg("use-context", "-")).toEqual(
      failed(
        'error: no context exists with the name: "x"; it was the previous one, and has been renamed or deleted since\n',
      ),
    );
  });
});

describe("rename-cluster and rename-user", () => {
  test("take the references in all contexts along, and no comment away", async () => {
    write(CONFIG);
    expect(await kcfg("rename-cluster", "a", "b")).toEqual(ok('Cluster "a" renamed to "b".\n'));
    expect(await kcfg("rename-user", "u", "w")).toEqual(ok('User "u" renamed to "w".\n'));
    expect(read()).toBe(
      CONFIG.replace("name: a #", "name: b #")
        .replaceAll("cluster: a,", "cluster: b,")
        .replace("name: u", "name: w")
        .replace("user: u}", "user: w}"),
    );
  });

  test("follow references in other files", async () => {
    write("clusters: [{name: a, cluster: {server: https://a}}]\n", "one");
    write("contexts: [{name: x, context: {cluster: a}}]\n", "two");
    await on(hostWith(["one", "two"]), "rename-cluster", "a", "b");
    expect([read("one"), read("two")]).toEqual([
      "clusters: [{name: b, cluster: {server: https://a}}]\n",
      "contexts: [{name: x, context: {cluster: b}}]\n",
    ]);
  });

  test.each([
    ["rename-cluster nope b", `cannot rename the cluster "nope", it's not in FILE`],
    ["rename-user u u", 'cannot rename the user "u", the user "u" already exists in FILE'],
  ])("refuse %s", async (line, message) => {
    write(CONFIG);
    expect(await kcfg(...line.split(" "))).toEqual(
      failed(`error: ${message.replace("FILE", at("config"))}\n`),
    );
  });
});

describe("delete-context --cascade", () => {
  test("deletes the user that nothing else uses, and keeps the cluster that something does", async () => {
    write(CONFIG);
    expect(await kcfg("delete-context", "x", "--cascade")).toEqual(
      ok(
        `deleted context x from ${at("config")}\ndeleted user u from ${at("config")}\n`,
        'warning: this removed your active context, use "kcfg use-context" to select a different one\n',
      ),
    );
    expect(read()).toContain("- name: a # the first");
    expect(read()).not.toContain("s3cr3t-token");
  });
});

describe("a file that cannot be written back as it was", () => {
  test("is left alone: one that is no text behind what is read", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${CONFIG}---\n${"# x\n".repeat(5000)}# caf`),
      Buffer.from([0xe9]),
    ]);
    writeFileSync(at("config"), bytes);
    expect((await kcfg("current-context")).exitCode).toBe(0);
    for (const flags of [[], ["--dry-run"]]) {
      expect(await kcfg("set-context", "x", "-n", "a", ...flags)).toEqual(
        failed(
          `error: ${at("config")}: holds bytes that are no UTF-8, which kcfg could not keep; nothing was changed\n`,
        ),
      );
    }
    expect(readFileSync(at("config")).equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual(["config"]);
  });

  test("is left alone: links that lead nowhere", async () => {
    symlinkSync("config", at("config"));
    expect((await kcfg("set-context", "x", "-n", "a")).stderr).toBe(
      `error: open ${at("config")}: too many levels of symbolic links\n`,
    );
  });
});

describe("--dry-run", () => {
  test.each([
    "use-context z",
    "set-context x -n web",
    "set-cluster a --server=https://b",
    "set-credentials u --token=s3cr3t-new",
    "set-credentials u --exec-command=plug --exec-arg=s3cr3t-arg --exec-env=A=s3cr3t-env",
    "set users.u.password s3cr3t-password",
    "unset users.u.token",
    "rename-context x w",
    "rename-cluster a b",
    "rename-user u w",
    "delete-context x --cascade",
    "delete-cluster a",
    "delete-user u",
  ])("of %s shows a diff without secrets, changes nothing and locks nothing", async (line) => {
    write(CONFIG);
    const host = hostWith(["config"], {
      createLink: () => {
        throw new Error("a lock was made");
      },
    });
    const { exitCode, stdout, stderr } = await on(host, ...line.split(" "), "--dry-run");
    expect([exitCode, stderr.replace(/^warning: .*\n/gm, "")]).toEqual([0, ""]);
    expect(stdout).toMatch(new RegExp(`^--- ${at("config")}\n\\+\\+\\+ ${at("config")}\n@@ .* @@\n`));
    expect(stdout).not.toContain("s3cr3t");
    expect([read(), readdirSync(folder)]).toEqual([CONFIG, ["config"]]);
  });

  test("shows what changes, and the lines around it", async () => {
    write(CONFIG);
    expect((await kcfg("set-credentials", "u", "--token=s3cr3t-new", "--dry-run")).stdout).toBe(
      `--- ${at("config")}
+++ ${at("config")}
@@ -5,7 +5,7 @@
 users:
 - name: u
   user:
-    token: REDACTED
+    token: REDACTED (changed)
     # REDACTED
     note: REDACTED
 contexts:
`,
    );
  });

  test("says when nothing would change", async () => {
    write(CONFIG);
    expect(await kcfg("use-context", "x", "--dry-run")).toEqual(ok("nothing would change\n"));
  });

  test("shows a file that would be made", async () => {
    expect((await kcfg("set-context", "x", "--dry-run")).stdout).toMatch(/^--- \/dev\/null\n\+\+\+ /);
    expect(existsSync(at("config"))).toBe(false);
  });
});

describe("undo", () => {
  test("takes the last change back, and an undo too", async () => {
    write(CONFIG);
    await kcfg("set-cluster", "a", "--server=https://b");
    const changed = read();
    expect(await kcfg("undo")).toEqual(ok(`Undid set-cluster in ${at("config")}.\n`));
    expect(read()).toBe(CONFIG);
    expect(await kcfg("undo")).toEqual(ok(`Undid undo of set-cluster in ${at("config")}.\n`));
    expect(read()).toBe(changed);
    expect(await kcfg("undo")).toEqual(ok(`Undid set-cluster in ${at("config")}.\n`));
    expect(read()).toBe(CONFIG);
  });

  test("keeps what it needs in the user's own folder, for the owner alone, and nothing beside the kubeconfig", async () => {
    mkdirSync(at("elsewhere"));
    write(CONFIG, "elsewhere/config");
    await on(hostWith(["elsewhere/config"]), "use-context", "z");
    expect(readdirSync(at("elsewhere"))).toEqual(["config"]);
    const names = readdirSync(at(".kube/kcfg")).toSorted();
    expect(names).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}\.json$/),
      expect.stringMatching(/^[0-9a-f]{32}\.[0-9a-z]+-[0-9a-f]{16}\.old$/),
    ]);
    const [history = "", old = ""] = names.map((name) => join(".kube/kcfg", name));
    expect([read(old), read(history).includes("s3cr3t")]).toEqual([CONFIG, false]);
    const modes = [".kube", ".kube/kcfg", old, history].map((name) => statSync(at(name)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
  });

  test("takes a change of several files back at once, and no other", async () => {
    write("clusters: [{name: a, cluster: {server: https://a}}]\n", "one");
    write("contexts: [{name: x, context: {cluster: a}}]\n", "two");
    const host = hostWith(["one", "two"]);
    await on(host, "set-context", "x", "-n=web");
    const two = read("two");
    await on(host, "rename-cluster", "a", "b");
    expect((await on(host, "undo")).stdout).toBe(`Undid rename-cluster in ${at("one")}, ${at("two")}.\n`);
    expect([read("one"), read("two")]).toEqual([
      "clusters: [{name: a, cluster: {server: https://a}}]\n",
      two,
    ]);
  });

  test("removes a file that the change made, and makes it again", async () => {
    await kcfg("set-context", "x");
    const made = read();
    await kcfg("undo");
    expect(existsSync(at("config"))).toBe(false);
    await kcfg("undo");
    expect([read(), statSync(at("config")).mode & 0o777]).toEqual([made, 0o600]);
  });

  test("refuses when something else has changed the file since", async () => {
    write(CONFIG);
    await kcfg("use-context", "z");
    writeFileSync(at("config"), "# by hand\n", { flag: "a" });
    const { stderr } = await kcfg("undo");
    const [, kept = ""] =
      /^error: cannot undo use-context: \S+ has been changed since by something else; what it held before is in (\S+)\n$/.exec(
        stderr,
      ) ?? [];
    expect(readFileSync(kept, "utf8")).toBe(CONFIG);
    expect(read()).toContain("# by hand\n");
  });

  test("says when there is nothing to undo", async () => {
    write(CONFIG);
    expect(await kcfg("undo")).toEqual(
      failed(
        `error: nothing to undo: kcfg has not changed ${at("config")} in the last seven days, or has forgotten it\n`,
      ),
    );
  });
});

const DOWNLOAD = `clusters:
- {name: a, cluster: {server: "https://other", certificate-authority: ca.crt}}
- {name: m, cluster: {server: "https://m"}}
users:
- {name: u, user: {token: s3cr3t-token-2}}
contexts:
- {name: new, context: {cluster: a, user: u}}
- {name: m, context: {cluster: m, user: u}}
current-context: new
`;

describe("import", () => {
  test("refuses what would hide or replace an entry, and changes nothing", async () => {
    write(CONFIG);
    write(DOWNLOAD, "download");
    expect(await kcfg("import", at("download"))).toEqual(
      failed(
        `${at("config")} and ${at("download")} have different clusters named "a"\n` +
          `${at("config")} and ${at("download")} have different users named "u"\n` +
          "nothing was changed; use --rename to keep both, or --replace to replace yours\n",
      ),
    );
    expect(read()).toBe(CONFIG);
  });

  test("gives clashing entries other names, which the contexts follow, and keeps paths valid", async () => {
    write(CONFIG);
    mkdirSync(at("d"));
    write(DOWNLOAD, "d/download");
    expect(await kcfg("import", at("d/download"), "--rename", "--use")).toEqual(
      ok(
        'Cluster "a" imported as "a-2".\nCluster "m" imported.\nUser "u" imported as "u-2".\n' +
          'Context "new" imported.\nContext "m" imported.\nSwitched to context "new".\n',
      ),
    );
    const { stdout } = await kcfg("view", "--minify", "--raw");
    expect(stdout).toContain("certificate-authority: d/ca.crt\n    server: https://other\n  name: a-2");
    expect(stdout).toContain("token: s3cr3t-token-2");
    expect(read().startsWith("# mine\n")).toBe(true);
  });

  test("done again changes nothing", async () => {
    write(CONFIG);
    write(DOWNLOAD, "download");
    await kcfg("import", at("download"), "--rename");
    const once = read();
    expect((await kcfg("import", at("download"), "--rename")).stdout).toContain(
      'Cluster "a" is already there as "a-2".\n',
    );
    expect(read()).toBe(once);
  });

  test("reads standard input, and puts a prefix before every name", async () => {
    write(CONFIG);
    const host = hostWith(["config"], {}, DOWNLOAD);
    const { stdout, exitCode } = await on(host, "import", "-", "--prefix=dl-", "--use");
    expect([exitCode, stdout]).toEqual([
      0,
      'Cluster "dl-a" imported.\nCluster "dl-m" imported.\nUser "dl-u" imported.\n' +
        'Context "dl-new" imported.\nContext "dl-m" imported.\nSwitched to context "dl-new".\n',
    ]);
  });

  test("needs a file", async () => {
    expect((await kcfg("import")).stderr).toBe(
      "error: which kubeconfig? Name a file, or - for standard input\n",
    );
  });
});

describe("export", () => {
  test("gives the current context, what it uses and nothing else, with all files put in", async () => {
    write(DOWNLOAD);
    write("CA", "ca.crt");
    expect((await kcfg("export")).stdout).toBe(`apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Q0E=
    server: https://other
  name: a
contexts:
- context:
    cluster: a
    user: u
  name: new
current-context: new
kind: Config
users:
- name: u
  user:
    token: s3cr3t-token-2
`);
  });

  test("keeps what it cannot put in where it is found from anywhere", async () => {
    write(
      "users: [{name: u, user: {tokenFile: t, exec: {command: ./p, apiVersion: v1}}}]\n" +
        "contexts: [{name: x, context: {user: u}}]\ncurrent-context: x\n",
    );
    const { stdout } = await kcfg("export");
    expect(stdout).toContain(`command: ${at("p")}\n`);
    expect(stdout).toContain(`tokenFile: ${at("t")}\n`);
  });

  test("does not need the files of other contexts", async () => {
    write(DOWNLOAD);
    expect((await kcfg("export", "m")).exitCode).toBe(0);
    expect((await kcfg("export", "new")).stderr).toContain("ca.crt: no such file or directory");
  });

  test("writes a file for the owner alone, and replaces none unasked", async () => {
    write(DOWNLOAD);
    expect(await kcfg("export", "m", "-o", at("out"))).toEqual(ok(`Wrote ${at("out")}.\n`));
    expect(statSync(at("out")).mode & 0o777).toBe(0o600);
    expect(await kcfg("export", "m", "-o", at("out"))).toEqual(
      failed(`error: ${at("out")} exists already; --force replaces it\n`),
    );
    expect((await kcfg("export", "m", "-o", at("out"), "--force")).exitCode).toBe(0);
  });

  test("names every context that is missing, and every cluster and user", async () => {
    write(CONFIG);
    expect((await kcfg("export", "x", "nope", "z")).stderr).toBe(
      'no context exists with the name: "nope"\ncontext "z" uses the user "v", which does not exist\n',
    );
  });
});

describe("shadowing is said aloud", () => {
  beforeEach(() => {
    write("contexts: [{name: x, context: {cluster: a}}]\ncurrent-context: x\n", "one");
    write("contexts: [{name: x, context: {cluster: b}}]\ncurrent-context: x\n", "two");
  });

  test("when another file has a deleted entry, too", async () => {
    expect((await on(hostWith(["one", "two"]), "delete-context", "x")).stderr).toBe(
      `warning: context "x" is still there: ${at("two")} defines it too\n`,
    );
  });

  test("when another file sets current-context, too", async () => {
    expect((await on(hostWith(["one", "two"]), "unset", "current-context")).stderr).toBe(
      `warning: current-context is "x" now: ${at("two")} sets it too\n`,
    );
  });

  test("when current-context names no context", async () => {
    expect((await on(hostWith(["one", "two"]), "set", "current-context", "nope")).stderr).toBe(
      'warning: current-context is "nope", and there is no context of that name\n',
    );
  });
});

/** A disk that is full when a file with this in its name is written. */
const full = (match: string): Partial<Host["fs"]> => ({
  open: (path, options) => {
    const file = nodeHost.fs.open(path, options);
    return options.create === undefined || !path.includes(match)
      ? file
      : {
          ...file,
          write: (data) => {
            file.write(data.subarray(0, 1));
            throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
          },
        };
  },
});

describe("what cannot be written is left as it is", () => {
  test("when the disk is full", async () => {
    write(CONFIG);
    expect(await on(hostWith(["config"], full("/.config.kcfg-")), "use-context", "z")).toEqual(
      failed(`error: open ${at("config")}: no space left on device; nothing was changed\n`),
    );
    expect([read(), readdirSync(folder)]).toEqual([CONFIG, ["config"]]);
  });

  test("by undo, when the disk on which it would be kept is full: the change is made, with a warning", async () => {
    write(CONFIG);
    const { stderr, exitCode } = await on(hostWith(["config"], full("/.kube/kcfg/")), "use-context", "z");
    expect([exitCode, stderr]).toEqual([
      0,
      `warning: kcfg undo will not know of this change: ${at(".kube/kcfg")}: no space left on device\n`,
    ]);
    expect([read(), readdirSync(at(".kube/kcfg"))]).toEqual([CONFIG.replace("t: x", "t: z"), []]);
  });

  test("when the last of several files cannot be moved into its place", async () => {
    const one = "clusters: [{name: a, cluster: {server: https://a}}]\n";
    const two = "contexts: [{name: x, context: {cluster: a}}]\n";
    write(one, "one");
    write(two, "two");
    const host = hostWith(["one", "two"], {
      rename: (from, to) => {
        if (to === at("two")) {
          throw Object.assign(new Error("EACCES"), { code: "EACCES" });
        }
        nodeHost.fs.rename(from, to);
      },
    });
    expect(await on(host, "rename-cluster", "a", "b")).toEqual(
      failed(`error: open ${at("two")}: permission denied; nothing was changed\n`),
    );
    expect([read("one"), read("two")]).toEqual([one, two]);
    expect(readdirSync(folder).filter((name) => /lock|tmp/.test(name))).toEqual([]);
  });

  test.each(["/dev/null", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"])(
    "when the file is %s",
    async (file) => {
      const host: Host = { ...hostWith([]), env: { KUBECONFIG: file } };
      expect(await on(host, "set-context", "x")).toEqual(
        failed(`error: open ${file}: is no regular file: kcfg edits only files that it can replace\n`),
      );
    },
  );

  test("when the file is a pipe, without waiting for a writer", async () => {
    execFileSync("mkfifo", [at("config")]);
    expect((await kcfg("set-context", "x")).stderr).toContain("is no regular file");
    expect(readdirSync(folder)).toEqual(["config"]);
  });

  test("when it belongs to somebody who could not keep it, in a folder where anybody may have put it", async () => {
    write(CONFIG);
    chmodSync(folder, 0o777);
    const host = hostWith(["config"], {
      open: (path, options) => {
        const file = nodeHost.fs.open(path, options);
        return {
          ...file,
          stat: () => ({ ...file.stat(), ...(path === at("config") && { user: 4711 }) }),
          changeOwner: () => {
            throw Object.assign(new Error("EPERM"), { code: "EPERM" });
          },
        };
      },
    });
    const { stderr } = await on(host, "use-context", "z", "--trust-folder-owner");
    expect(stderr).toContain("it belongs to user 4711");
    expect(stderr).toContain("operation not permitted; nothing was changed\n");
    expect([read(), readdirSync(folder)]).toEqual([CONFIG, ["config"]]);
  });

  test("when an edit is refused", async () => {
    await on(hostWith(["d/config"]), "use-context", "nope");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a program that takes no lock", () => {
  test("and writes meanwhile keeps its change, beside that of kcfg", async () => {
    write(CONFIG);
    let isFirst = true;
    const host = hostWith(["config"], {
      open: (path, options) => {
        if (isFirst && options.create !== undefined) {
          isFirst = false;
          write(CONFIG.replace("# mine", "# theirs"));
        }
        return nodeHost.fs.open(path, options);
      },
    });
    expect((await on(host, "use-context", "z")).exitCode).toBe(0);
    expect(read()).toBe(
      CONFIG.replace("# mine", "# theirs").replace("current-context: x", "current-context: z"),
    );
  });

  test("and never stops writing is told", async () => {
    write(CONFIG);
    let count = 0;
    const host = hostWith(["config"], {
      open: (path, options) => {
        if (options.create !== undefined) {
          write(`${CONFIG}# ${count++}\n`);
        }
        return nodeHost.fs.open(path, options);
      },
    });
    expect((await on(host, "use-context", "z")).stderr).toContain(
      "another program keeps writing here without a lock; nothing was changed\n",
    );
    expect(readdirSync(folder)).toEqual(["config"]);
  });
});

test("a link stays a link, and the lock stands beside both names while the file is written", async () => {
  mkdirSync(at("real"));
  write(CONFIG, "real/file");
  symlinkSync("real/file", at("config"));
  const seen: string[] = [];
  const host = hostWith(["config"], {
    rename: (from, to) => {
      seen.push(...readdirSync(folder), ...readdirSync(at("real")));
      nodeHost.fs.rename(from, to);
    },
  });
  expect((await on(host, "use-context", "z")).exitCode).toBe(0);
  expect(seen).toEqual(expect.arrayContaining(["config.lock", "file.lock"]));
  expect([lstatSync(at("config")).isSymbolicLink(), read("real/file").endsWith("z\n")]).toEqual([true, true]);
  expect([readdirSync(folder), readdirSync(at("real"))]).toEqual([[".kube", "config", "real"], ["file"]]);
});

test("a read-only file elsewhere in the list does not stop a change of another", async () => {
  write(CONFIG);
  write("clusters: [{name: shared, cluster: {server: https://s}}]\n", "shared");
  const host = hostWith(["config", "shared"], {
    createLink: (path, target) => {
      if (path.startsWith(at("shared"))) {
        throw Object.assign(new Error("EROFS"), { code: "EROFS" });
      }
      nodeHost.fs.createLink(path, target);
    },
  });
  expect((await on(host, "use-context", "z")).exitCode).toBe(0);
  expect(await on(host, "delete-cluster", "shared")).toEqual(
    failed(`error: open ${at("shared.lock")}: read-only file system; nothing was changed\n`),
  );
});
