import type { WireCase } from "../wire-case.ts";
import { credential, execUser, printing, wire } from "./build.ts";

const jane = { "client-certificate-data": "@{jane.crt}", "client-key-data": "@{jane.key}" };
const exec = execUser();
const files = { plugin: printing(credential({ token: "from-plugin" })) };
const http = {
  servers: { server: { plain: true } },
  cluster: { "certificate-authority-data": null },
} as const;

/** Which credentials are sent, and their precedence. */
export const auth: readonly WireCase[] = [
  wire("a user without credentials is asked for a name", { user: {} }),
  wire("a user without credentials is asked for name and password", {
    user: {},
    files: { answers: "jane\ngeheim\n" },
    stdin: "answers",
  }),
  wire("a user without a name is asked for it alone", {
    user: { password: "geheim" },
    files: { answers: "jane doe\n" },
    stdin: "answers",
  }),
  wire("a token is sent", { user: { token: "abc" } }),
  wire("a token with spaces around is sent as it is", { user: { token: " abc " } }),
  wire("a token with a newline at its end cannot be sent", { user: { token: "abc\n" } }),
  wire("a token with letters beyond ASCII is sent", { user: { token: "t\u00f6k\u20ac" } }),
  wire("a token file is read and trimmed", {
    user: { tokenFile: "$ROOT/token" },
    files: { token: "  from-file \n\n" },
  }),
  wire("a token file goes before a token", {
    user: { token: "abc", tokenFile: "$ROOT/token" },
    files: { token: "from-file" },
  }),
  wire("a relative token file stands beside its kubeconfig", {
    user: { tokenFile: "token" },
    files: { token: "from-file" },
  }),
  wire("a missing token file is an error", { user: { tokenFile: "$ROOT/nope" } }),
  wire("a missing token file beside a token leaves the token", {
    user: { token: "abc", tokenFile: "$ROOT/nope" },
  }),
  wire("an empty token file is no credential", { user: { tokenFile: "$ROOT/token" }, files: { token: "" } }),
  wire("a token file of white space cannot be sent", {
    user: { tokenFile: "$ROOT/token" },
    files: { token: " \n" },
  }),
  wire("a token file that is a folder is an error", { user: { tokenFile: "$ROOT/pki" } }),
  wire("user name and password are sent", { user: { username: "jane", password: "geheim" } }),
  wire("a user name without a password is sent", { user: { username: "jane" } }),
  wire("a password without a user name is none", { user: { password: "geheim" } }),
  wire("a password with a colon, spaces and letters beyond ASCII is sent", {
    user: { username: "j\u00e4ne", password: " a:b \u20ac" },
  }),
  wire("a user name with a colon is sent as it is", { user: { username: "a:b", password: "c" } }),
  wire("a token and a password exclude each other", {
    user: { token: "abc", username: "jane", password: "geheim" },
  }),
  wire("a token file and a password exclude each other", {
    user: { tokenFile: "$ROOT/token", username: "jane", password: "geheim" },
    files: { token: "from-file" },
  }),
  wire("a client certificate is shown", { user: jane }),
  wire("a client certificate and a token are both sent", { user: { ...jane, token: "abc" } }),
  wire("a client certificate and a password are both sent", {
    user: { ...jane, username: "jane", password: "geheim" },
  }),
  wire("a client certificate is read from files", {
    user: { "client-certificate": "pki/jane.crt", "client-key": "pki/jane.key" },
  }),
  wire("certificate data and a certificate file exclude each other", {
    user: {
      ...jane,
      "client-certificate": "$ROOT/pki/john.crt",
      "client-key": "$ROOT/pki/john.key",
    },
  }),
  wire("a certificate file goes with key data", {
    user: { "client-certificate": "$ROOT/pki/jane.crt", "client-key-data": "@{jane.key}" },
  }),
  wire("certificate data goes with a key file", {
    user: { "client-certificate-data": "@{jane.crt}", "client-key": "$ROOT/pki/jane.key" },
  }),
  wire("a certificate without a key is refused", { user: { "client-certificate-data": "@{jane.crt}" } }),
  wire("a certificate file without a key is refused", {
    user: { "client-certificate": "$ROOT/pki/jane.crt" },
  }),
  wire("a key without a certificate is no credential", { user: { "client-key-data": "@{jane.key}" } }),
  wire("a certificate file that is missing is refused", {
    user: { "client-certificate": "$ROOT/nope.crt", "client-key": "$ROOT/pki/jane.key" },
  }),
  wire("a key file that is missing is refused", {
    user: { "client-certificate": "$ROOT/pki/jane.crt", "client-key": "$ROOT/nope.key" },
  }),
  wire(
    "a certificate file and a key file that do not belong together are found out when they are asked for",
    {
      user: { "client-certificate": "$ROOT/pki/jane.crt", "client-key": "$ROOT/pki/john.key" },
    },
  ),
  wire("a certificate file that holds none is found out when it is asked for", {
    user: { "client-certificate": "$ROOT/pki/jane.key", "client-key": "$ROOT/pki/jane.key" },
  }),
  wire("the key of another certificate is refused", {
    user: { "client-certificate-data": "@{jane.crt}", "client-key-data": "@{john.key}" },
  }),
  wire("a certificate that is none is refused", {
    user: { "client-certificate-data": "bm9uZQ==", "client-key-data": "@{jane.key}" },
  }),
  wire("a key that is none is refused", {
    user: { "client-certificate-data": "@{jane.crt}", "client-key-data": "bm9uZQ==" },
  }),
  wire("a certificate for a key is refused", {
    user: { "client-certificate-data": "@{jane.key}", "client-key-data": "@{jane.crt}" },
  }),
  wire("a token goes before a plugin", { user: { ...exec, token: "abc" }, files }),
  wire("a token file goes before a plugin", {
    user: { ...exec, tokenFile: "$ROOT/token" },
    files: { ...files, token: "from-file" },
  }),
  wire("a password goes before a plugin", { user: { ...exec, username: "jane", password: "geheim" }, files }),
  wire("a client certificate goes before a plugin", { user: { ...exec, ...jane }, files }),
  wire("a plugin's token is sent", { user: exec, files }),
  wire("a plugin and an auth-provider exclude each other", {
    user: { ...exec, "auth-provider": { name: "oidc", config: {} } },
    files,
  }),
  ...["gcp", "azure", "openstack", "nope", ""].map((name) =>
    wire(`the auth-provider ${JSON.stringify(name)} is refused`, {
      user: { "auth-provider": { name, config: { a: "b" } } },
    }),
  ),
  wire("an auth-provider beside a token is refused", {
    user: { token: "abc", "auth-provider": { name: "gcp", config: {} } },
  }),
  wire("the auth-provider oidc without its settings is refused", {
    user: { "auth-provider": { name: "oidc" } },
  }),
  wire("the auth-provider oidc with an expired token and nothing to refresh it is refused", {
    user: {
      "auth-provider": {
        name: "oidc",
        config: { "client-id": "i", "idp-issuer-url": "https://127.0.0.1:1" },
      },
    },
  }),
  wire("no token is sent over plain HTTP", { user: { token: "abc" }, ...http }),
  wire("no password is sent over plain HTTP", { user: { username: "jane", password: "geheim" }, ...http }),
  wire("no token file is read for plain HTTP", { user: { tokenFile: "$ROOT/nope" }, ...http }),
  wire("no plugin is run for plain HTTP", { user: exec, files, ...http }),
  wire("an impersonation is sent over plain HTTP", { user: { as: "me" }, ...http }),
  wire("a client certificate for plain HTTP is of no use", { user: jane, ...http }),
  wire("an auth-provider for plain HTTP is not asked", {
    user: { "auth-provider": { name: "gcp", config: {} } },
    ...http,
  }),
];
