import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { AUTH_INFO_FIELDS, CLUSTER_FIELDS } from "../../src/api/fields.ts";
import { filepathFor } from "../../src/go/filepath.ts";
import { relativizePaths } from "../../src/clientcmd/relativize.ts";

const unix = filepathFor({ platform: "linux" });
const windows = filepathFor({ platform: "win32" });

const caOf = (path: string, base: string, filepath = unix, before?: string): string =>
  relativizePaths(
    new Cluster({ certificateAuthority: path }),
    before === undefined ? undefined : new Cluster({ certificateAuthority: before }),
    CLUSTER_FIELDS,
    base,
    filepath,
  ).certificateAuthority;

const commandOf = (command: string, base: string, filepath = unix, before?: string): string | undefined =>
  relativizePaths(
    new AuthInfo({ exec: new ExecConfig({ command }) }),
    before === undefined ? undefined : new AuthInfo({ exec: new ExecConfig({ command: before }) }),
    AUTH_INFO_FIELDS,
    base,
    filepath,
  ).exec?.command;

describe("a path that changed", () => {
  test.each([
    ["", "/k", ""],
    ["/k/ca.crt", "/k", "ca.crt"],
    ["/k/sub/ca.crt", "/k", "sub/ca.crt"],
    ["/ca.crt", "/k", "/ca.crt"],
    ["/kk/ca.crt", "/k", "/kk/ca.crt"],
    ["./ca.crt", "/k", "ca.crt"],
    ["../ca.crt", "/k", "/ca.crt"],
    ["/k/..ca.crt", "/k", "..ca.crt"],
    ["/k", "/k", "."],
    ["/k/a", "/", "k/a"],
  ])("%j in a kubeconfig in %s becomes %j", (path, base, want) => expect(caOf(path, base)).toBe(want));

  test.each([
    ["C:\\k\\ca.crt", "C:\\k", "ca.crt"],
    ["C:\\ca.crt", "C:\\k", "C:\\ca.crt"],
    ["D:\\k\\ca.crt", "C:\\k", "D:\\k\\ca.crt"],
  ])("%j in %s on Windows becomes %j", (path, base, want) => expect(caOf(path, base, windows)).toBe(want));
});

test("a path that did not change stays as it is written", () => {
  expect(caOf("./ca.crt", "/k", unix, "./ca.crt")).toBe("./ca.crt");
  expect(caOf("/k/ca.crt", "/k", unix, "/k/ca.crt")).toBe("/k/ca.crt");
  expect(commandOf("/k/plug", "/k", unix, "/k/plug")).toBe("/k/plug");
});

describe("a command never loses its separator, for it would be looked up in PATH", () => {
  test.each([
    ["plug", "plug"],
    ["./plug", "./plug"],
    ["/k/plug", "./plug"],
    ["sub/plug", "sub/plug"],
    ["/k/sub/plug", "sub/plug"],
    ["../plug", "/plug"],
    ["/bin/plug", "/bin/plug"],
  ])("%j becomes %j", (command, want) => expect(commandOf(command, "/k")).toBe(want));
});
