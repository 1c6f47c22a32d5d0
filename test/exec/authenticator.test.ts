import { getMaxListeners } from "node:events";
import { inspect } from "node:util";
import { execAuthenticator } from "../../src/exec/authenticator.ts";
import { ExecPluginError, PluginPolicyError } from "../../src/errors.ts";
import type { RunResult } from "../../src/host/processes.ts";
import type { StartedProcess } from "./fake-plugin.ts";
import { pluginCall, pluginHost, rejectionOf } from "./fake-plugin.ts";
import { pem } from "./outputs/pem.ts";
import { V1 } from "./outputs/credential.ts";

const START = Date.parse("2026-01-01T00:00:00Z");

function answer(status: object): string {
  return JSON.stringify({ kind: "ExecCredential", apiVersion: V1, status });
}

/** A plugin that answers when it is told to. */
function slowPlugin(): {
  readonly run: (process: StartedProcess) => Promise<string | Partial<RunResult>>;
  readonly finish: (stdout: string) => Promise<void>;
  readonly aborted: () => number;
} {
  const waiting: ((stdout: string) => void)[] = [];
  let aborted = 0;
  return {
    run: ({ signal }) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        signal?.addEventListener("abort", () => {
          aborted++;
          resolve({ exitCode: undefined, signal: "SIGTERM" });
        });
      }),
    finish: async (stdout) => {
      await settled();
      waiting.shift()?.(stdout);
      await settled();
    },
    aborted: () => aborted,
  };
}

/** Lets everything happen that needs no outside. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe("credentials", () => {
  test("are kept as long as they name no end", async () => {
    let now = START;
    let runs = 0;
    const { host } = pluginHost(() => answer({ token: `t${++runs}` }), { now: () => now });
    const authenticator = execAuthenticator(host, pluginCall());
    const first = await authenticator.credentials();
    now += 1000 * 86_400_000;
    expect(await authenticator.credentials()).toBe(first);
    expect(runs).toBe(1);
  });

  test("are kept until they expire, and got again right after", async () => {
    let now = START;
    let runs = 0;
    const expirationTimestamp = "2026-01-01T01:00:00Z";
    const { host } = pluginHost(() => answer({ token: `t${++runs}`, expirationTimestamp }), {
      now: () => now,
    });
    const authenticator = execAuthenticator(host, pluginCall());
    const tokenAt = async (time: number): Promise<string> => {
      now = time;
      return (await authenticator.credentials()).token;
    };
    expect(await tokenAt(START)).toBe("t1");
    expect(await tokenAt(START + 3_600_000)).toBe("t1");
    expect(await tokenAt(START + 3_600_001)).toBe("t2");
    expect(await tokenAt(START + 3_600_001)).toBe("t3");
  });

  test("come from one run, however many wait", async () => {
    const { host, started } = pluginHost(async () => {
      await settled();
      return answer({ token: "t" });
    });
    const authenticator = execAuthenticator(host, pluginCall());
    const all = await Promise.all(Array.from({ length: 100 }, () => authenticator.credentials()));
    expect(new Set(all).size).toBe(1);
    expect(started.length).toBe(1);
  });

  test("can be waited for by many with one signal, which Node does not take for a leak", async () => {
    const { host } = pluginHost(async () => {
      await settled();
      return answer({ token: "t" });
    });
    const authenticator = execAuthenticator(host, pluginCall());
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 50 }, () => authenticator.credentials(signal)));
    expect(getMaxListeners(signal)).toBeGreaterThan(50);
  });

  test("that could not be got fail for all who wait, and are tried again for the next", async () => {
    let runs = 0;
    const { host } = pluginHost(() => (++runs === 1 ? { exitCode: 1 } : answer({ token: "t" })));
    const authenticator = execAuthenticator(host, pluginCall());
    const failed = await Promise.allSettled([authenticator.credentials(), authenticator.credentials()]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect((await authenticator.credentials()).token).toBe("t");
    expect(runs).toBe(2);
  });

  test("show no secret when they are inspected, and neither does what gets them", async () => {
    const { host } = pluginHost(() =>
      answer({ token: "S3cr3t", clientCertificateData: pem["rsa.crt"], clientKeyData: pem["rsa.key"] }),
    );
    const authenticator = execAuthenticator(
      host,
      pluginCall({ args: ["S3cr3t"], env: [{ name: "A", value: "S3cr3t" }] }),
    );
    const credentials = await authenticator.credentials();
    for (const value of [credentials, authenticator]) {
      const shown = `${inspect(value, { depth: 9, showHidden: true })}${JSON.stringify(value)}`;
      expect(shown).not.toContain("S3cr3t");
      expect(shown).not.toContain("PRIVATE KEY");
    }
  });

  test("have certificate and key in plain PEM, however the plugin spelled them", async () => {
    const { host } = pluginHost(() =>
      answer({
        clientCertificateData: `hello\n${pem["rsa.crt"]?.replaceAll("\n", " \r\n")}`,
        clientKeyData: pem["rsa.pkcs1"]?.replaceAll("RSA PRIVATE", "PRIVATE"),
      }),
    );
    const credentials = await execAuthenticator(host, pluginCall()).credentials();
    expect(credentials.clientCertificateData).toBe(pem["rsa.crt"]);
    expect(credentials.clientKeyData).toBe(pem["rsa.key"]);
  });
});

describe("a 401", () => {
  test("makes the plugin run again, once for all who got it", async () => {
    let runs = 0;
    const { host } = pluginHost(() => answer({ token: `t${++runs}` }));
    const authenticator = execAuthenticator(host, pluginCall());
    const used = await authenticator.credentials();
    await Promise.all([authenticator.invalidate(used), authenticator.invalidate(used)]);
    await authenticator.invalidate(used);
    expect((await authenticator.credentials()).token).toBe("t2");
    expect(runs).toBe(2);
  });

  test("makes others wait for better credentials, but does not take away what they have", async () => {
    const { run, finish } = slowPlugin();
    const { host, started } = pluginHost(run);
    const authenticator = execAuthenticator(host, pluginCall());
    const first = authenticator.credentials();
    await finish(answer({ token: "t1" }));
    const used = await first;

    const refreshed = rejectionOf(authenticator.invalidate(used));
    const waiting = authenticator.credentials();
    await finish("nonsense");
    const error = await refreshed;
    expect(error).toBeInstanceOf(ExecPluginError);
    expect(error.message).toMatch(/^refreshing credentials: decoding stdout: /);
    expect(await waiting).toBe(used);

    const again = authenticator.invalidate(used);
    const better = authenticator.credentials();
    await finish(answer({ token: "t3" }));
    await again;
    expect((await better).token).toBe("t3");
    expect(started.length).toBe(3);
  });
});

describe("stopping to wait", () => {
  test("does not disturb others", async () => {
    const { run, finish, aborted } = slowPlugin();
    const { host } = pluginHost(run);
    const authenticator = execAuthenticator(host, pluginCall());
    const controller = new AbortController();
    const impatient = rejectionOf(authenticator.credentials(controller.signal));
    const patient = authenticator.credentials(new AbortController().signal);
    const reason = new Error("no more");
    controller.abort(reason);
    expect(await impatient).toBe(reason);
    await finish(answer({ token: "t" }));
    expect((await patient).token).toBe("t");
    expect(aborted()).toBe(0);
  });

  test("kills the plugin when nobody waits any more, and the next who comes starts another after it has ended", async () => {
    const { run, finish, aborted } = slowPlugin();
    const { host, started } = pluginHost(run);
    const authenticator = execAuthenticator(host, pluginCall());
    const controllers = [new AbortController(), new AbortController()];
    const waiting = controllers.map(({ signal }) => rejectionOf(authenticator.credentials(signal)));
    await settled();
    controllers[0]?.abort();
    expect(aborted()).toBe(0);
    controllers[1]?.abort();
    expect(aborted()).toBe(1);
    const next = authenticator.credentials();
    expect((await Promise.all(waiting)).map(({ name }) => name)).toEqual(["AbortError", "AbortError"]);
    await settled();
    await finish("ended already");
    await finish(answer({ token: "t" }));
    expect((await next).token).toBe("t");
    expect(started.length).toBe(2);
  });

  test("before it began starts nothing", async () => {
    const { host, started } = pluginHost(() => answer({ token: "t" }));
    const authenticator = execAuthenticator(host, pluginCall());
    await expect(authenticator.credentials(AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(started).toEqual([]);
  });

  test("by closing kills the plugin and fails for all", async () => {
    const { run, aborted } = slowPlugin();
    const { host } = pluginHost(run);
    const authenticator = execAuthenticator(host, pluginCall());
    const waiting = rejectionOf(authenticator.credentials());
    await settled();
    authenticator.close();
    expect((await waiting).message).toBe("getting credentials: the client was closed");
    expect(aborted()).toBe(1);
    expect((await rejectionOf(authenticator.credentials())).message).toBe(
      "getting credentials: the client was closed",
    );
  });
});

describe("a change of the client certificate", () => {
  const rsa = { clientCertificateData: pem["rsa.crt"], clientKeyData: pem["rsa.key"] };
  const ec = { clientCertificateData: pem["ec256.crt"], clientKeyData: pem["ec256.key"] };

  test.each([
    ["the first certificate is none", [rsa], 0],
    ["the same one again is none", [rsa, rsa], 0],
    ["the same one in another spelling is none", [rsa, { ...rsa, clientKeyData: pem["rsa.pkcs1"] }], 0],
    ["another one is", [rsa, ec], 1],
    ["none any more is", [rsa, { token: "t" }], 1],
    ["one after none is", [{ token: "t" }, rsa], 1],
    ["another token is none", [{ token: "t" }, { token: "u" }], 0],
  ])("%s", async (_name, statuses, want) => {
    let runs = 0;
    const { host } = pluginHost(() => answer(statuses[runs++] ?? {}));
    const authenticator = execAuthenticator(host, pluginCall());
    let changes = 0;
    let others = 0;
    authenticator.onCertificateChange(() => changes++);
    authenticator.onCertificateChange(() => others++)();
    for (let i = 0; i < statuses.length; i++) {
      const used = await authenticator.credentials();
      if (i + 1 < statuses.length) {
        await authenticator.invalidate(used);
      }
    }
    expect([changes, others]).toEqual([want, 0]);
  });
});

describe("what is refused before anything is run", () => {
  test.each([
    [
      "client.authentication.k8s.io/v1alpha1",
      'exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"',
    ],
    ["", 'exec plugin: invalid apiVersion ""'],
    ["v1", 'exec plugin: invalid apiVersion "v1"'],
  ])("apiVersion %j", (apiVersion, message) => {
    const { host } = pluginHost(() => "");
    expect(() => execAuthenticator(host, pluginCall({ apiVersion }))).toThrow(new ExecPluginError(message));
  });

  test("a policy that makes no sense", () => {
    const { host } = pluginHost(() => "");
    const policy = { credentialPluginPolicy: "DenyAll", credentialPluginAllowlist: [] } as const;
    expect(() => execAuthenticator(host, pluginCall({}, { policy }))).toThrow(
      new PluginPolicyError(
        'invalid plugin policy: misconfigured credential plugin allowlist: plugin policy is "DenyAll" but allowlist is non-nil',
      ),
    );
  });
});

test("the policy is asked again before every run", async () => {
  const { host, started } = pluginHost(() => answer({ token: "t" }), { env: { PATH: "/bin" } });
  let isThere = true;
  const changing = {
    ...host,
    fs: {
      ...host.fs,
      checkExecutable: (path: string): void => {
        if (!isThere) {
          throw Object.assign(new Error("EACCES"), { code: "EACCES" });
        }
        host.fs.checkExecutable(path);
      },
    },
  };
  const policy = {
    credentialPluginPolicy: "Allowlist",
    credentialPluginAllowlist: [{ command: "/bin/plug" }],
  } as const;
  const authenticator = execAuthenticator(changing, pluginCall({ command: "plug" }, { policy }));
  const used = await authenticator.credentials();
  expect(started[0]).toMatchObject({ file: "/bin/plug", argv0: "plug" });
  isThere = false;
  const error = await rejectionOf(authenticator.invalidate(used));
  expect(error).toBeInstanceOf(PluginPolicyError);
  expect(error.message).toBe(
    'refreshing credentials: plugin path "plug" cannot be resolved for credential plugin allowlist check: exec: "plug": executable file not found in $PATH',
  );
  expect(started.length).toBe(1);
});
