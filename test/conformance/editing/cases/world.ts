import type { EditCase } from "../edit-case.ts";
import { base, one } from "./build.ts";

const json = `{
  "apiVersion": "v1",
  "kind": "Config",
  "clusters": [{"name": "a", "cluster": {"server": "https://a"}}],
  "users": [],
  "contexts": [{"name": "x", "context": {"cluster": "a", "user": "u"}}],
  "current-context": "x"
}
`;

const session = [
  "set-context z --cluster=a --user=u -n n",
  "use-context z",
  "set-cluster a --server=https://other",
  "delete-context x",
  "rename-context z zz",
];

/** Contents and files of all kinds. */
export const world: readonly EditCase[] = [
  one("a JSON file is edited", session, json),
  one("a file with CR LF is edited", session, base.replaceAll("\n", "\r\n")),
  one("a file without a final newline is edited", session, base.trimEnd()),
  one("an empty file is edited", session, ""),
  one("a file of comments is edited", session.slice(0, 3), "# nothing yet\n"),
  one("a file of null is edited", session.slice(0, 3), "null\n"),
  one(
    "a file with anchors is edited",
    session,
    `x-defaults: &d {server: https://a}\n${base.replace("    server: https://a.example:6443\n", "    <<: *d\n")}`,
  ),
  one(
    "a file in flow style is edited",
    session,
    '{clusters: [{name: a, cluster: {server: "https://a"}}], contexts: [{name: x, context: {cluster: a}}], current-context: x}\n',
  ),
  one("a file with null lists is edited", session.slice(0, 3), "clusters: null\ncontexts:\nusers: ~\n"),
  one("a file with several documents is edited", session, `${base}---\nother: document\n`),
  one("a file with a byte order mark is edited", session, `\uFEFF${base}`),
  one("a mode is kept", session, { text: base, mode: "0640" }),
  one(
    "a link stays and its target is edited",
    session,
    { symlink: "real/config" },
    { files: { "real/config": base }, kubeconfigs: ["config", "real/config"] },
  ),
  one(
    "a link to nothing makes the file that it leads to",
    session.slice(0, 2),
    { symlink: "real/config" },
    { files: { "real/other": "" }, kubeconfigs: ["config", "real/config"] },
  ),
  one(
    "a read-only file is not edited",
    ["set-context new"],
    { text: base, mode: "0400" },
    { unprivileged: true },
  ),
  one("a file in a read-only folder is not edited", ["set-context new"], "", {
    unprivileged: true,
    files: { "d/config": base, d: { directory: true, mode: "0555" } },
    env: { KUBECONFIG: "$ROOT/d/config" },
    kubeconfigs: ["d/config"],
  }),
  one("a folder is not edited", ["set-context new"], "", {
    files: { "d/x": "" },
    env: { KUBECONFIG: "$ROOT/d" },
    kubeconfigs: [],
  }),
  one("a file behind a file is not edited", ["set-context new"], "", {
    env: { KUBECONFIG: "$ROOT/config/x" },
    kubeconfigs: [],
  }),
  one(
    "a duplicate name stops an edit",
    ["set-context new"],
    "users: [{name: a, user: {token: s3cr3t}}, {name: a}]\n",
    { kubeconfigs: [] },
  ),
  one("a wrong type stops an edit", ["set-context new", "unset clusters"], "current-context: [s3cr3t]\n", {
    kubeconfigs: [],
  }),
  one("another kind stops an edit", ["set-context new"], "kind: Pod\n", { kubeconfigs: [] }),
  one("numbers in quotes stay texts", session.slice(0, 3), base.replace("name: w", 'name: "0123"')),
];
