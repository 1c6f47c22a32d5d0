import { inspect } from "node:util";
import { AuthInfo, AuthProviderConfig } from "../../src/api/auth-info.ts";
import { newConfig } from "../../src/api/config.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { newTlsClientConfig, RestConfig } from "../../src/api/rest-config.ts";

const user = new AuthInfo({
  token: "SECRET-token",
  password: "SECRET-password",
  clientKeyData: Buffer.from("SECRET-key"),
  username: "visible-name",
  exec: new ExecConfig({
    command: "visible-command",
    args: ["SECRET-arg"],
    env: [{ name: "VISIBLE_VARIABLE", value: "SECRET-env" }],
  }),
  authProvider: new AuthProviderConfig({ name: "oidc", config: new Map([["id-token", "SECRET-id"]]) }),
  extensions: new Map([["visible-extension", "SECRET-extension"]]),
});
const rest = new RestConfig({
  bearerToken: "SECRET-token",
  password: "SECRET-password",
  tls: { ...newTlsClientConfig(), keyData: Buffer.from("SECRET-key") },
});
const config = newConfig({ authInfos: new Map([["u", user]]) });

describe("secrets stay out of what is inspected and stringified", () => {
  test.each([
    ["util.inspect of a config", inspect(config, { depth: 20 })],
    ["util.inspect of a user", inspect(user, { depth: 20, showHidden: true })],
    ["JSON.stringify of a user", JSON.stringify(user)],
    ["JSON.stringify of a plugin", JSON.stringify(user.exec)],
    ["util.inspect of a copy", inspect(user.with({ token: "SECRET-2" }), { depth: 20 })],
    ["util.inspect of an auth-provider", inspect(user.authProvider)],
    ["util.inspect of a rest config", inspect(rest, { depth: 20, showHidden: true })],
    ["JSON.stringify of a rest config", JSON.stringify(rest)],
    ["util.inspect of its TLS settings", inspect(rest.tls, { depth: 20, showHidden: true })],
    ["JSON.stringify of its TLS settings", JSON.stringify(rest.tls)],
  ])("%s", (_what, text) => {
    expect(text).not.toContain("SECRET");
    expect(text).not.toContain("53 45 43 52");
    expect(text).not.toContain("83,69,67,82");
  });

  test("what is no secret is shown", () => {
    const text = inspect(user, { depth: 20 });
    expect(text).toContain("visible-name");
    expect(text).toContain("visible-command");
    expect(text).toContain("VISIBLE_VARIABLE");
    expect(text).toContain("visible-extension");
    expect(text).toContain("REDACTED");
  });

  test("a secret is there for who asks for it", () => {
    expect(user.token).toBe("SECRET-token");
    expect(user.with({ username: "other" }).token).toBe("SECRET-token");
  });
});
