// Passes keys to the library, one after another, in all ways that use them: node keys.mjs FILE
// The last line that it prints is "done N"; a process that a native assertion ended does not get that far.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { connect, diagnose, restConfigFromKubeconfig } = await import(
  `${process.env.KCFG_PACKAGE}/dist/index.js`
);
const { certificate, keys } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const folder = mkdtempSync(join(tmpdir(), "kcfg-attack-keys-"));
const file = join(folder, "k.yaml");
const base64 = (text) => Buffer.from(text).toString("base64");
let count = 0;
for (const key of keys) {
  const text = `apiVersion: v1
kind: Config
current-context: c
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
users: [{name: u, user: {client-certificate-data: ${base64(certificate)}, client-key-data: ${base64(key)}}}]
`;
  writeFileSync(file, text, { mode: 0o600 });
  process.stdout.write(`${count}\n`);
  try {
    await connect(await restConfigFromKubeconfig(text)).fetch("/");
  } catch (error) {
    if (!(error instanceof Error) || /^(?:Type|Range|Reference)Error$/u.test(error.name)) {
      if (!/fetch failed/u.test(error.message)) {
        process.stdout.write(`no error of kcfg: ${String(error)}\n`);
        process.exit(1);
      }
    }
  }
  // An examination takes longer: every fourth key will do.
  if (count % 4 === 0) {
    await diagnose({ explicitPath: file });
  }
  count += 1;
}
rmSync(folder, { recursive: true });
process.stdout.write(`done ${count}\n`);
process.exit(0);
