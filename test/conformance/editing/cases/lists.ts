import type { EditCase } from "../edit-case.ts";
import { base, one, several, small } from "./build.ts";

const two = { a: small("a", "current-context: a\n"), b: small("b", "current-context: b\n") };

const onTwo: readonly string[] = [
  "use-context b",
  "use-context a",
  "set-context new --cluster=a",
  "set-context b -n n",
  "set-context a -n n",
  "set-cluster b --server=https://other",
  "set-cluster new --server=https://new",
  "set-credentials b --token=s3cr3t-2",
  "set-credentials new --token=s3cr3t-2",
  "rename-context b c",
  "rename-context a c",
  "rename-context a b",
  "delete-context b",
  "delete-context a",
  "delete-cluster b",
  "delete-user b",
  "delete-context nope",
  "set clusters.b.server https://other",
  "set contexts.new.user b",
  "unset contexts.b.user",
  "unset clusters.b",
  "unset clusters",
  "unset users",
  "set preferences.colors true",
  "set current-context b",
  "set-context --current -n n",
];

/** Several files. */
export const lists: readonly EditCase[] = [
  ...onTwo.map((line) => several(`of two files: ${line}`, two, [line])),
  several("unset current-context clears the first file that sets it", two, ["unset current-context"]),
  several("unset current-context twice clears two files", two, [
    "unset current-context",
    "unset current-context",
  ]),
  several("unset current-context passes files that do not set it", { a: small("a"), b: two.b }, [
    "unset current-context",
  ]),
  several("use-context writes to the first file, not to the one that set it", { a: small("a"), b: two.b }, [
    "use-context a",
    "use-context b",
  ]),
  several("rename-context of the current one writes to two files", { a: small("a"), b: two.b }, [
    "rename-context b c",
  ]),
  several("new entries go to the first file that exists", { missing: null, b: two.b }, [
    "set-context new --cluster=b",
    "set-cluster new --server=https://new",
    "use-context new",
  ]),
  several("new entries go to the last file if none exists", { m: null, n: null }, [
    "set-context new --cluster=c",
    "use-context new",
    "set-credentials u --token=s3cr3t",
  ]),
  several("the first new file makes the others follow", { m: null, n: null }, [
    "set-cluster c --server=https://c",
    "set-context x --cluster=c",
    "delete-cluster c",
  ]),
  several("an entry that two files define is changed in the first", { a: small("a"), b: small("a") }, [
    "set-context a -n n",
    "set-cluster a --server=https://other",
    "set-credentials a --token=s3cr3t-2",
  ]),
  several(
    "an entry that two files define is deleted from the first, then from the second",
    { a: small("a"), b: small("a") },
    ["delete-context a", "delete-context a", "delete-context a"],
  ),
  several("rename-context with the name in the second file too", { a: small("a"), b: small("a") }, [
    "rename-context a c",
    "rename-context a d",
  ]),
  several(
    "preferences are cleared where they are set",
    { a: small("a"), b: small("b", "preferences: {colors: true}\n") },
    ["unset preferences"],
  ),
  several("preferences go to the first file, though it is missing", { a: null, b: small("b") }, [
    "set preferences.colors true",
  ]),
  several("a file named twice counts once", { a: two.a, b: two.b }, ["set-context new"], {
    env: { KUBECONFIG: "$ROOT/a:$ROOT/a:$ROOT/b" },
  }),
  several("three files, each changed once", { a: two.a, b: two.b, c: small("c") }, [
    "set-context a -n n",
    "set-context b -n n",
    "set-context c -n n",
    "unset users",
    "unset clusters",
    "unset contexts",
  ]),
  several("an explicit file is changed alone", two, [
    "set-context new --cluster=b --kubeconfig=$ROOT/b",
    "use-context new --kubeconfig=$ROOT/b",
    "delete-cluster a --kubeconfig=$ROOT/b",
  ]),
  several(
    "an explicit file that is missing is made",
    { a: two.a },
    ["set-context new --cluster=b --kubeconfig=$ROOT/new", "use-context new --kubeconfig $ROOT/new"],
    { kubeconfigs: ["a", "new"] },
  ),
  several(
    "an explicit file in a folder that is missing is made, with the folder",
    { a: two.a },
    ["set-context new --cluster=b --kubeconfig=$ROOT/d/e/new"],
    { kubeconfigs: ["a", "d/e/new"] },
  ),
  several("unset of the explicit file's current-context", two, [
    "unset current-context --kubeconfig=$ROOT/b",
  ]),
  several(
    "an unreadable text in the list stops everything",
    { a: two.a, b: "a: [" },
    ["set-context new", "use-context a", "unset clusters"],
    { kubeconfigs: ["a"] },
  ),
  several(
    "two unreadable texts in the list are both told",
    { a: "a: [", b: "users: 5\n" },
    ["set-context new"],
    { kubeconfigs: [] },
  ),
  {
    ...one("the home file is made, with its folder", ["set-context new --cluster=c", "use-context new"], "", {
      env: { KUBECONFIG: null },
      kubeconfigs: ["home/.kube/config"],
    }),
  },
  one("the home file is changed", ["use-context w", "set-cluster a --server=https://other"], "", {
    env: { KUBECONFIG: null },
    files: { "home/.kube/config": base },
    kubeconfigs: ["home/.kube/config"],
  }),
  one("an empty KUBECONFIG is none", ["set-context new"], "", {
    env: { KUBECONFIG: "" },
    kubeconfigs: ["home/.kube/config"],
  }),
];
