import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { execAuthenticator } from "../../src/exec/authenticator.ts";
import { repositoryRoot } from "../conformance/repository.ts";
import { pluginCall, pluginHost } from "./fake-plugin.ts";
import type { Outcome } from "./outcome.ts";
import { comparableError } from "./outcome.ts";
import type { PluginOutput } from "./plugin-outputs.ts";
import { pluginOutputs } from "./plugin-outputs.ts";

interface Vector {
  readonly name: string;
  readonly kubectl: Outcome;
}

async function outcomeOf({ stdout, apiVersion }: PluginOutput): Promise<Outcome> {
  const { host } = pluginHost(() => stdout);
  try {
    const call = pluginCall({ apiVersion });
    const { token, clientCertificateData } = await execAuthenticator(host, call).credentials();
    if (/[^\t\x20-\x7e\x80-\uffff]/.test(token)) {
      return { unsendable: true };
    }
    return { token: Buffer.from(token).toString("latin1"), certificate: commonName(clientCertificateData) };
  } catch (error) {
    expect(error).toMatchObject({ code: "ExecPlugin" });
    return { error: comparableError((error as Error).message) };
  }
}

function commonName(certificate: string): string {
  return certificate === "" ? "" : (/CN=(.*)/.exec(new X509Certificate(certificate).subject)?.[1] ?? "");
}

describe.each(Object.entries(pluginOutputs))(
  "kubectl 1.35 and 1.36 take and refuse these %s",
  (about, outputs) => {
    const path = join(repositoryRoot(), "test", "exec", "vectors", `${about}.json`);
    const { vectors } = JSON.parse(readFileSync(path, "utf8")) as { readonly vectors: readonly Vector[] };

    test("every output has its vector", () => {
      expect(vectors.map(({ name }) => name)).toEqual(outputs.map(({ name }) => name));
    });

    test.each(outputs.map((output, index) => [output.name, output, vectors[index]?.kubectl] as const))(
      "%s",
      async (_name, output, kubectl) => {
        expect(await outcomeOf(output)).toEqual(kubectl);
      },
    );
  },
);

describe("what a plugin printed is in no error", () => {
  test.each(Object.entries(pluginOutputs))("about %s", async (_about, outputs) => {
    for (const { stdout, apiVersion } of outputs) {
      const marked = stdout.replaceAll(/(?<=[":\s])(?:t|x|hello)(?=["\s,}])/g, "S3cr3t");
      const { host } = pluginHost(() => marked);
      const result = await execAuthenticator(host, pluginCall({ apiVersion }))
        .credentials()
        .catch((error: unknown) => error);
      expect(inspect(result, { depth: 9, showHidden: true }).includes("S3cr3t")).toBe(false);
    }
  });
});
