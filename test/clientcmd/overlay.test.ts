import type { AuthInfoFields } from "../../src/api/auth-info.ts";
import { AuthInfo } from "../../src/api/auth-info.ts";
import type { ClusterFields } from "../../src/api/cluster.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newContext } from "../../src/api/config.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { overlayAuthInfo, overlayCluster, overlayContext } from "../../src/clientcmd/overlay.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

interface Row {
  /** The test of client-go, whose generic structs are users here; an integer there is text here. */
  readonly source: string;
  readonly lower: Partial<AuthInfoFields>;
  readonly upper: Partial<AuthInfoFields>;
  readonly merged: Partial<AuthInfoFields>;
}

const semantics = "client_config_test.go TestMergeSemantics";

const rows: readonly Row[] = [
  {
    source: `${semantics} 0`,
    lower: { token: "one" },
    upper: { token: "two" },
    merged: { token: "two" },
  },
  {
    source: `${semantics} 1`,
    lower: { token: "one", username: "5", impersonate: "four", impersonateUid: "6" },
    upper: { token: "two", impersonate: "three", impersonateUid: "4" },
    merged: { token: "two", username: "5", impersonate: "three", impersonateUid: "4" },
  },
  {
    source: `${semantics} 2`,
    lower: { impersonateGroups: ["test3", "test4", "test5"] },
    upper: { impersonateGroups: ["test1", "test2", "test3"] },
    merged: { impersonateGroups: ["test1", "test2", "test3"] },
  },
  {
    source: `${semantics} 3`,
    lower: {},
    upper: { exec: new ExecConfig({ command: "a", apiVersion: "1" }) },
    merged: { exec: new ExecConfig({ command: "a", apiVersion: "1" }) },
  },
  {
    source: `${semantics} 4`,
    lower: { exec: new ExecConfig({ command: "a", apiVersion: "1" }) },
    upper: {},
    merged: { exec: new ExecConfig({ command: "a", apiVersion: "1" }) },
  },
  {
    source: `${semantics} 5`,
    lower: { exec: new ExecConfig({ command: "a", apiVersion: "1" }) },
    upper: { exec: new ExecConfig({ command: "b" }) },
    merged: { exec: new ExecConfig({ command: "b" }) },
  },
  {
    source: `${semantics} map`,
    lower: {
      impersonateUserExtra: new Map([
        ["rsc", ["6543"]],
        ["r", ["2138"]],
        ["gri", ["1908"]],
        ["adg", ["912"]],
        ["prt", ["22"]],
      ]),
    },
    upper: {
      impersonateUserExtra: new Map([
        ["rsc", ["3711"]],
        ["r", ["2138"]],
        ["gri", ["1908"]],
        ["adg", ["912"]],
      ]),
    },
    merged: {
      impersonateUserExtra: new Map([
        ["rsc", ["3711"]],
        ["r", ["2138"]],
        ["gri", ["1908"]],
        ["adg", ["912"]],
        ["prt", ["22"]],
      ]),
    },
  },
  { source: `${semantics} zero noop`, lower: {}, upper: {}, merged: {} },
  {
    source: `${semantics} override zero dst`,
    lower: {},
    upper: { token: "a", impersonateGroups: ["a"], impersonateUserExtra: new Map([["a", ["1"]]]) },
    merged: { token: "a", impersonateGroups: ["a"], impersonateUserExtra: new Map([["a", ["1"]]]) },
  },
  {
    source: `${semantics} noop zero src`,
    lower: { token: "a", impersonateGroups: ["a"], impersonateUserExtra: new Map([["a", ["1"]]]) },
    upper: {},
    merged: { token: "a", impersonateGroups: ["a"], impersonateUserExtra: new Map([["a", ["1"]]]) },
  },
  {
    source: `${semantics} overwrite non-zero values, merge maps`,
    lower: {
      token: "a",
      impersonateGroups: ["a"],
      impersonateUserExtra: new Map([["a", ["1"]]]),
      exec: new ExecConfig({ command: "a", env: [{ name: "a", value: "1" }] }),
      clientKeyData: bytes("a"),
    },
    upper: {
      token: "b",
      impersonateGroups: ["b"],
      impersonateUserExtra: new Map([["b", ["1"]]]),
      exec: new ExecConfig({ command: "b", env: [{ name: "b", value: "1" }] }),
      clientKeyData: bytes("b"),
    },
    merged: {
      token: "b",
      impersonateGroups: ["b"],
      impersonateUserExtra: new Map([
        ["a", ["1"]],
        ["b", ["1"]],
      ]),
      exec: new ExecConfig({ command: "b", env: [{ name: "b", value: "1" }] }),
      clientKeyData: bytes("b"),
    },
  },
  {
    source: `${semantics} overwrite non-zero values, merge maps (shared keys)`,
    lower: {
      impersonateUserExtra: new Map([
        ["a", ["1"]],
        ["shared", ["1"]],
      ]),
      exec: new ExecConfig({ command: "a", installHint: "kept only in a struct that is no pointer" }),
    },
    upper: {
      impersonateUserExtra: new Map([["b", ["1"]]]),
      exec: new ExecConfig({ command: "b" }),
    },
    merged: {
      impersonateUserExtra: new Map([
        ["a", ["1"]],
        ["shared", ["1"]],
        ["b", ["1"]],
      ]),
      exec: new ExecConfig({ command: "b" }),
    },
  },
];

describe("a user that is laid over another wins where it says something", () => {
  test.each(rows)("$source", ({ lower, upper, merged }) => {
    expect(overlayAuthInfo(new AuthInfo(lower), new AuthInfo(upper))).toEqual(new AuthInfo(merged));
  });

  test("no bytes say nothing", () => {
    const lower = new AuthInfo({ clientKeyData: bytes("key") });
    const upper = new AuthInfo({ clientKeyData: new Uint8Array() });
    expect(overlayAuthInfo(lower, upper)).toEqual(lower);
  });
});

describe("a cluster that is laid over another wins where it says something", () => {
  test.each<
    [
      what: string,
      lower: Partial<ClusterFields>,
      upper: Partial<ClusterFields>,
      merged: Partial<ClusterFields>,
    ]
  >([
    [
      "false never overrides true",
      { insecureSkipTlsVerify: true },
      { insecureSkipTlsVerify: false },
      { insecureSkipTlsVerify: true },
    ],
    [
      "true overrides false",
      { disableCompression: false },
      { disableCompression: true },
      { disableCompression: true },
    ],
    [
      "an empty text overrides nothing",
      { server: "a" },
      { server: "", proxyUrl: "p" },
      { server: "a", proxyUrl: "p" },
    ],
    [
      "extensions are joined by name",
      {
        extensions: new Map([
          ["a", 1],
          ["b", 1],
        ]),
      },
      {
        extensions: new Map([
          ["b", 2],
          ["c", 2],
        ]),
      },
      {
        extensions: new Map([
          ["a", 1],
          ["b", 2],
          ["c", 2],
        ]),
      },
    ],
  ])("%s", (_what, lower, upper, merged) => {
    expect(overlayCluster(new Cluster(lower), new Cluster(upper))).toEqual(new Cluster(merged));
  });
});

test("a context that is laid over another wins where it says something, and neither is changed", () => {
  const lower = newContext({ cluster: "c", namespace: "n", extensions: new Map([["a", 1]]) });
  const upper = newContext({ namespace: "m", extensions: new Map([["b", 2]]) });
  const merged = overlayContext(lower, upper);
  expect(merged).toEqual(
    newContext({
      cluster: "c",
      namespace: "m",
      extensions: new Map([
        ["a", 1],
        ["b", 2],
      ]),
    }),
  );
  expect(lower.extensions.size + upper.extensions.size).toBe(2);
});
