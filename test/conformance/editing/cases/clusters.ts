import type { EditCase } from "../edit-case.ts";
import { base, one } from "./build.ts";
import { CERTIFICATE } from "./pem.ts";

const files = { "ca.crt": CERTIFICATE, "sub/other.crt": "OTHER\n", "outside/ca.crt": "OUT\n" };

const singles: readonly string[] = [
  "set-cluster",
  "set-cluster ''",
  "set-cluster a b",
  "set-cluster new",
  "set-cluster new --server=https://new.example",
  "set-cluster new --server https://new.example --tls-server-name n --proxy-url http://proxy:3128",
  "set-cluster a",
  "set-cluster a --server=https://other",
  "set-cluster b --server=https://other",
  "set-cluster b --server=https://other --tls-server-name=t",
  "set-cluster b --tls-server-name=",
  "set-cluster b --insecure-skip-tls-verify=false",
  "set-cluster a --insecure-skip-tls-verify",
  "set-cluster a --insecure-skip-tls-verify=true --certificate-authority=ca.crt",
  "set-cluster a --insecure-skip-tls-verify=maybe",
  "set-cluster b --certificate-authority=ca.crt",
  "set-cluster b --certificate-authority=sub/other.crt",
  "set-cluster b --certificate-authority=$ROOT/sub/other.crt",
  "set-cluster b --certificate-authority=/etc/ca.crt",
  "set-cluster b --certificate-authority=missing.crt",
  "set-cluster b --certificate-authority=ca.crt --embed-certs",
  "set-cluster b --certificate-authority=ca.crt --embed-certs=true --server=https://q",
  "set-cluster b --certificate-authority=ca.crt --embed-certs=false",
  "set-cluster b --embed-certs",
  "set-cluster b --embed-certs --certificate-authority=missing.crt",
  "set-cluster a --proxy-url=socks5://p:1080",
  "set-cluster a --server=",
  "set-cluster a -s https://x",
  "set-cluster a --help",
  "set-cluster 10.0.0.1:6443 --server=https://10.0.0.1:6443",
  "set-cluster on --server=https://on",
  "delete-cluster a",
  "delete-cluster b",
  "delete-cluster nope",
  "delete-cluster",
  "delete-user u",
  "delete-user v",
  "delete-user nope",
  "delete-user",
];

/** Clusters and the deletion of users, in one file. */
export const clusters: readonly EditCase[] = [
  ...singles.map((line) => one(line, [line], base, { files })),
  one(
    "a cluster goes from secure to insecure and back",
    [
      "set-cluster a --certificate-authority=ca.crt --embed-certs",
      "set-cluster a --insecure-skip-tls-verify",
      "set-cluster a --certificate-authority=ca.crt",
    ],
    base,
    { files },
  ),
  one(
    "a CA path is relative to the kubeconfig's folder, not to the working directory",
    ["set-cluster b --certificate-authority=other.crt", "set-cluster new --certificate-authority=../ca.crt"],
    base,
    { files, cwd: "sub" },
  ),
  one(
    "a CA beside the kubeconfig needs no path",
    ["set-cluster n --certificate-authority=../sub/other.crt"],
    base,
    {
      files: { ...files, "sub/config": base },
      cwd: "outside",
      env: { KUBECONFIG: "$ROOT/sub/config" },
      kubeconfigs: ["sub/config"],
    },
  ),
  one(
    "a relative KUBECONFIG has its paths relative to its folder",
    ["set-cluster n --certificate-authority=ca.crt"],
    base,
    {
      files,
      env: { KUBECONFIG: "config" },
    },
  ),
  one(
    "a CA path that needs a step back becomes absolute",
    ["set-cluster b --certificate-authority=../up.crt"],
    "",
    {
      files: { "k/config": base },
      cwd: "k",
      env: { KUBECONFIG: "$ROOT/k/config" },
      kubeconfigs: ["k/config"],
    },
  ),
  one("all clusters and users are deleted", [
    "delete-cluster a",
    "delete-cluster b",
    "delete-user u",
    "delete-user v",
    "delete-user p",
    "delete-user o",
  ]),
  one(
    "a CA that stands as ./ca.crt stays so when another field changes",
    ["set-cluster a --server=https://other"],
    base.replace("certificate-authority: ca.crt", "certificate-authority: ./ca.crt"),
    {
      instead: {
        reason: "kcfg writes a path anew only when it changes: kubectl takes the ./ away",
        files: {
          config: base
            .replace("certificate-authority: ca.crt", "certificate-authority: ./ca.crt")
            .replace("https://a.example:6443", "https://other"),
        },
      },
    },
  ),
  one(
    "an absolute path into the kubeconfig's folder stays so when another field changes",
    ["set-cluster a --server=https://other"],
    base.replace("certificate-authority: ca.crt", "certificate-authority: $ROOT/ca.crt"),
    {
      instead: {
        reason: "kcfg writes a path anew only when it changes: kubectl makes it relative",
        files: {
          config: base
            .replace("certificate-authority: ca.crt", "certificate-authority: $ROOT/ca.crt")
            .replace("https://a.example:6443", "https://other"),
        },
      },
    },
  ),
  one(
    "an empty --certificate-authority takes the path away",
    ["set-cluster a --certificate-authority="],
    base,
    {
      instead: {
        reason: "kubectl makes the empty path that of the working directory",
        files: { config: base.replace("    certificate-authority: ca.crt\n", "") },
      },
    },
  ),
];
