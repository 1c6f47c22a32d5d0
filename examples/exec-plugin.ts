#!/usr/bin/env node
// A credential plugin: gets a token for its user's password from the cluster that it is asked for, at /login.
import { connect, kubectlMessage } from "kcfg";
import { encodeExecCredential, loadExecCredentialFromEnv, pluginPrompter } from "kcfg/exec-plugin";

try {
  const info = loadExecCredentialFromEnv();
  const askUser = () => pluginPrompter(info, (text) => process.stderr.write(text)).askSecret("Password");
  const password = process.env["DEMO_PASSWORD"] ?? (await askUser());
  const connection = connect(info.restConfig);
  const response = await connection.fetch("/login", { method: "POST", body: password });
  const { token, expires } = (await response.json()) as { token?: string; expires?: string };
  await connection.close();
  process.stdout.write(encodeExecCredential(info, { token, expirationTimestamp: expires }));
} catch (error) {
  console.error(kubectlMessage(error));
  process.exitCode = 1;
}
