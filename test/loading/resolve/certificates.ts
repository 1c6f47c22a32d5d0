import type { ResolveCase } from "./world.ts";

/** Contents by file name: `ca.crt`, `other-ca.crt`, `client.crt`, `client.key`. */
export type Certificates = Readonly<Record<string, string>>;

const PLACEHOLDERS: readonly (readonly [placeholder: string, file: string])[] = [
  ["$OTHER_CA", "other-ca.crt"],
  ["$CA", "ca.crt"],
  ["$CLIENT_CERT", "client.crt"],
  ["$CLIENT_KEY", "client.key"],
];

/** Puts certificates where the files of a case want some: `$CA` as it is, `$CA_DATA` in base64. */
export function withCertificates(wanted: ResolveCase, certificates: Certificates): ResolveCase {
  const put = (text: string): string => {
    let result = text;
    for (const [placeholder, file] of PLACEHOLDERS) {
      const content = certificates[file] ?? "";
      result = result
        .replaceAll(`${placeholder}_DATA`, Buffer.from(content).toString("base64"))
        .replaceAll(placeholder, content);
    }
    return result;
  };
  return {
    ...wanted,
    files: Object.fromEntries(Object.entries(wanted.files).map(([path, text]) => [path, put(text)])),
  };
}

const CA_LINES = [
  "-----BEGIN CERTIFICATE-----",
  "MIIBfzCCASWgAwIBAgIUazrd2C4xlNKhpsJ6IGPUPnck1rUwCgYIKoZIzj0EAwIw",
  "FDESMBAGA1UEAwwJa2NmZy10ZXN0MCAXDTI2MTEyMjE5MTM0N1oYDzIxMjYxMDI5",
  "MTkxMzQ3WjAUMRIwEAYDVQQDDAlrY2ZnLXRlc3QwWTATBgcqhkjOPQIBBggqhkjO",
  "PQMBBwNCAAQ+zwkYBIMzUAYC2jLuzWlk92ZOh9FjDz6acMeRGRg/nwz5WUa6/Cft",
  "vnF6h9mU+LRUxKV1kMxsJ6Mj31v0kBICo1MwUTAdBgNVHQ4EFgQUjfKvD8IAfA9W",
  "GUpN3AHHJyfNHgcwHwYDVR0jBBgwFoAUjfKvD8IAfA9WGUpN3AHHJyfNHgcwDwYD",
  "VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAjLWY+Fe10fOQwUc9eHpy",
  "ykqFBPS/D00wz57Fn+qoib4CIAUGxN26AyfkCnXaImVxgqLoMvf/SXs9ZuElNfvW",
  "is8X",
  "-----END CERTIFICATE-----",
  "",
];

/** For worlds in which nobody connects: only the CA must be one. */
export const standIns: Certificates = {
  "ca.crt": CA_LINES.join("\n"),
  "other-ca.crt": "another CA",
  "client.crt": "a certificate",
  "client.key": "a key",
};
