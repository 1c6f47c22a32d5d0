import type { Material } from "./severity-vectors.ts";
import { makeMaterial, severityConfig, severityFiles, severityVectors } from "./severity-vectors.ts";
import { examine } from "./world.ts";

let material: Material = {};
beforeAll(async () => {
  material = await makeMaterial();
});

/** What makes kubectl go somewhere else, or ask for credentials, instead of an error. */
const ASTRAY: ReadonlySet<string> = new Set([
  "context-without-cluster",
  "context-without-user",
  "no-current-context",
  "server-missing",
  "token-unusable",
  "unknown-cluster",
  "unknown-user",
  "user-without-credentials",
]);

const REACHED = "The connection to the server 127.0.0.1:1 was refused";
const REFUSED = /^(?:error|Error in configuration|Unable to connect to the server): /;

test.each(severityVectors().map((vector) => [vector.cluster, vector.user, vector.context, vector] as const))(
  "an error is what kubectl refuses: {%s} {%s} {%s}",
  (_cluster, _user, _context, vector) => {
    const { said } = vector;
    const config = severityConfig(vector, material);
    const files = Object.fromEntries(
      Object.entries(severityFiles(material)).map(([name, text]) => [`/home/u/.kube/${name}`, text]),
    );
    const { findings } = examine({ config, files });
    const errors = findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
    if (said.startsWith(REACHED)) {
      expect(errors).toEqual([]);
    } else if (REFUSED.test(said)) {
      expect(errors).not.toEqual([]);
    } else {
      expect(findings.some(({ code }) => ASTRAY.has(code))).toBe(true);
    }
  },
);
