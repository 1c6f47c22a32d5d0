// Tests of a kubectl plugin on a machine in memory: node --test examples/where.test.ts
import { equal, rejects } from "node:assert/strict";
import { test } from "node:test";
import { memoryHost } from "kcfg/testing";
import { where } from "./where.ts";

const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "aws", interactiveMode: "Never" };
const kubeconfig = JSON.stringify({
  clusters: [{ name: "c", cluster: { server: "https://dev.example.com" } }],
  users: [{ name: "u", user: { exec } }],
  contexts: [{ name: "dev", context: { cluster: "c", user: "u", namespace: "shop" } }],
  "current-context": "dev",
});
const machine = (kuberc: string) =>
  memoryHost({
    files: { "/home/user/.kube/config": kubeconfig, "/home/user/.kube/kuberc": kuberc },
    plugins: { aws: () => ({ token: "t0ken" }) },
  });
const policy = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: ";

const free = { host: machine(`${policy}AllowAll`) };
test("context", async () => equal(await where([], free), "shop at https://dev.example.com, Bearer t0ken"));
test("-n wins", async () => equal(await where(["-n", "x"], free), "x at https://dev.example.com, Bearer t0ken"));
test("policy", () => rejects(where([], { host: machine(`${policy}DenyAll`) }), /policy set to "DenyAll"/));
