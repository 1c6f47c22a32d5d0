import type { Group } from "./build.ts";
import { dedent, world } from "./build.ts";

const config = (name: string): string =>
  dedent(`
    clusters:
    - {name: ${name}, cluster: {server: https://${name}, certificate-authority: ca.crt}}
    contexts:
    - {name: ${name}, context: {cluster: ${name}, user: ${name}}}
    users:
    - {name: ${name}, user: {client-certificate: ../me.crt, client-key: keys/me.key}}
    current-context: ${name}
  `);
const files = { a: config("a"), b: config("b"), "sub/c": config("c"), "home/.kube/config": config("home") };
const env = { KUBECONFIG: "$ROOT/a" };
const there = { files, env };

/** `--kubeconfig`: one precise file. */
export const explicit: Group = {
  rule: "explicit",
  cases: [
    world("--kubeconfig wins over KUBECONFIG", ["view", "--kubeconfig=$ROOT/b"], there),
    world("--kubeconfig wins over the home file", ["view", "--kubeconfig=$ROOT/b"], { files }),
    world("--kubeconfig may be two words", ["view", "--kubeconfig", "$ROOT/b"], there),
    world("--kubeconfig may stand before the command", ["--kubeconfig", "$ROOT/b", "view"], there),
    world(
      "view of an explicit file leaves relative paths as they are written",
      ["view", "--kubeconfig=$ROOT/b"],
      there,
    ),
    world(
      "view --merge of an explicit file leaves relative paths as they are written",
      ["view", "--merge", "--kubeconfig=$ROOT/sub/c"],
      there,
    ),
    world(
      "view --merge=true of an explicit file leaves relative paths as they are written",
      ["view", "--merge=true", "--kubeconfig=$ROOT/sub/c"],
      there,
    ),
    world(
      "view --merge=false of an explicit file leaves relative paths as they are written",
      ["view", "--merge=false", "--kubeconfig=$ROOT/sub/c"],
      there,
    ),
    world("the last --kubeconfig wins", ["view", "--kubeconfig=$ROOT/a", "--kubeconfig=$ROOT/b"], there),
    world("--kubeconfig is one path, not a list", ["view", "--kubeconfig=$ROOT/a:$ROOT/b"], there),
    world("--kubeconfig with an empty value counts as not given", ["view", "--kubeconfig="], there),
    world("--kubeconfig with an empty word counts as not given", ["view", "--kubeconfig", ""], there),
    world(
      "an empty --kubeconfig after a full one takes it back",
      ["view", "--kubeconfig=$ROOT/b", "--kubeconfig="],
      there,
    ),
    world("view of a missing explicit file is an empty config", ["view", "--kubeconfig=$ROOT/nope"], there),
    world(
      "view --merge of a missing explicit file is an empty config",
      ["view", "--merge", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world(
      "view --minify of a missing explicit file says that current-context must exist",
      ["view", "--minify", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world(
      "view --minify --merge of a missing explicit file says that current-context must exist",
      ["view", "--minify", "--merge", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world(
      "current-context of a missing explicit file is not set",
      ["current-context", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world(
      "get-contexts of a missing explicit file is the header",
      ["get-contexts", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world(
      "get-contexts x of a missing explicit file does not find x",
      ["get-contexts", "x", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world(
      "get-clusters of a missing explicit file is the header",
      ["get-clusters", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world(
      "get-users of a missing explicit file is the header",
      ["get-users", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world("a missing relative explicit file is an empty config", ["view", "--kubeconfig", "nope"], there),
    world("an explicit file behind a file is an error for view", ["view", "--kubeconfig=$ROOT/a/x"], there),
    world(
      "an explicit file behind a file is an error for view --merge",
      ["view", "--merge", "--kubeconfig=$ROOT/a/x"],
      there,
    ),
    world(
      "an explicit file behind a file is an error for get-contexts",
      ["get-contexts", "--kubeconfig=$ROOT/a/x"],
      there,
    ),
    world("an explicit folder is an error for view", ["view", "--kubeconfig=$ROOT/sub"], there),
    world(
      "an explicit folder is an error for view --merge",
      ["view", "--merge", "--kubeconfig=$ROOT/sub"],
      there,
    ),
    world(
      "an explicit folder is an error for current-context",
      ["current-context", "--kubeconfig=$ROOT/sub"],
      there,
    ),
    world(
      "a relative explicit file starts from the working directory",
      ["view", "--kubeconfig", "sub/c"],
      there,
    ),
    world("a relative explicit file may climb", ["view", "--kubeconfig=../b"], { ...there, cwd: "sub" }),
    world(
      "paths of a merged relative explicit file stay as they are written",
      ["view", "--merge", "--kubeconfig=../b"],
      { ...there, cwd: "sub" },
    ),
    world("~ in --kubeconfig is not expanded", ["view", "--kubeconfig=~/.kube/config"], there),
    world("get-contexts reads the explicit file", ["get-contexts", "--kubeconfig=$ROOT/b"], there),
    world("get-clusters reads the explicit file", ["get-clusters", "--kubeconfig=$ROOT/b"], there),
    world("get-users reads the explicit file", ["get-users", "--kubeconfig=$ROOT/b"], there),
    world("current-context reads the explicit file", ["current-context", "--kubeconfig=$ROOT/b"], there),
    world("--merge=false without an explicit file is refused", ["view", "--merge=false"], there),
    world(
      "--merge=false with an empty --kubeconfig is refused",
      ["view", "--merge=false", "--kubeconfig="],
      there,
    ),
    world("--merge=false is refused before a broken file is read", ["view", "--merge=false"], {
      files: { a: "x" },
      env,
    }),
    world(
      "an unknown printer is refused before --merge=false",
      ["view", "--merge=false", "-o", "wide"],
      there,
    ),
    world("view of a broken explicit file names the file", ["view", "--kubeconfig=$ROOT/bad"], {
      files: { bad: "a: [" },
      env,
    }),
    world("view of an explicit file of a wrong kind names the file", ["view", "--kubeconfig=$ROOT/bad"], {
      files: { bad: "kind: Pod\n" },
      env,
    }),
    world(
      "view --merge of an explicit file of a wrong kind names the file",
      ["view", "--merge", "--kubeconfig=$ROOT/bad"],
      { files: { bad: "kind: Pod\n" }, env },
    ),
    world(
      "view --merge of a broken explicit file names the file",
      ["view", "--merge", "--kubeconfig=$ROOT/bad"],
      { files: { bad: "a: [" }, env },
    ),
    world(
      "get-contexts of a broken explicit file names the file",
      ["get-contexts", "--kubeconfig=$ROOT/bad"],
      { files: { bad: "a: [" }, env },
    ),
    world("an explicit file hides a broken KUBECONFIG", ["view", "--kubeconfig=$ROOT/good"], {
      files: { bad: "a: [", good: config("good") },
      env: { KUBECONFIG: "$ROOT/bad" },
    }),
    world("an explicit empty file is an empty config", ["view", "--kubeconfig=$ROOT/empty"], {
      files: { empty: "" },
      env,
    }),
    world("an explicit symlink is followed, its paths stay as written", ["view", "--kubeconfig=$ROOT/link"], {
      files: { ...files, link: { symlink: "sub/c" } },
      env,
    }),
    world(
      "paths of a merged explicit symlink stay as they are written",
      ["view", "--merge", "--kubeconfig=$ROOT/link"],
      { files: { ...files, link: { symlink: "sub/c" } }, env },
    ),
    world("an explicit symlink to nothing is a missing file", ["view", "--kubeconfig=$ROOT/link"], {
      files: { link: { symlink: "gone" } },
      env,
    }),
    world("an explicit symlink to itself is an error for view", ["view", "--kubeconfig=$ROOT/link"], {
      files: { link: { symlink: "link" } },
      env,
    }),
    world(
      "an explicit symlink to itself is an error for view --merge",
      ["view", "--merge", "--kubeconfig=$ROOT/link"],
      { files: { link: { symlink: "link" } }, env },
    ),
    world("an explicit file without read permission is an error for view", ["view", "--kubeconfig=$ROOT/a"], {
      files: { a: { text: config("a"), mode: "0000" } },
      env,
      unprivileged: true,
    }),
    world(
      "an explicit file without read permission is an error for view --merge",
      ["view", "--merge", "--kubeconfig=$ROOT/a"],
      { files: { a: { text: config("a"), mode: "0000" } }, env, unprivileged: true },
    ),
    world(
      "an explicit file in a locked folder is an error for get-users",
      ["get-users", "--kubeconfig=$ROOT/d/a"],
      { files: { "d/a": config("a"), d: { directory: true, mode: "0000" } }, env, unprivileged: true },
    ),
    ...[
      "view --merge=false",
      "view --merge=false --raw",
      "view --merge=False --minify",
      "view --merge=0 --flatten",
    ].flatMap((words) => [
      world(`${words} of an explicit file shows it`, [...words.split(" "), "--kubeconfig=$ROOT/good"], {
        files: {
          good: config("good").replaceAll(
            /(certificate-authority|client-certificate|client-key):/gu,
            "x-$1:",
          ),
        },
        env,
      }),
      world(
        `${words} of a missing explicit file is an error`,
        [...words.split(" "), "--kubeconfig=$ROOT/nope"],
        there,
      ),
      world(
        `${words} of a broken explicit file does not name the file`,
        [...words.split(" "), "--kubeconfig=$ROOT/bad"],
        { files: { bad: "a: [" }, env },
      ),
      world(
        `${words} of an explicit file of a wrong kind does not name the file`,
        [...words.split(" "), "--kubeconfig=$ROOT/bad"],
        { files: { bad: "kind: Pod\n" }, env },
      ),
    ]),
    world(
      "view --merge=false of a folder is an error",
      ["view", "--merge=false", "--kubeconfig=$ROOT/sub"],
      there,
    ),
    world(
      "view --merge=false of a file behind a file is an error",
      ["view", "--merge=false", "--kubeconfig=$ROOT/a/x"],
      there,
    ),
    world(
      "view --merge=false of a missing relative file is an error",
      ["view", "--merge=false", "--kubeconfig=nope"],
      there,
    ),
    world(
      "view --merge=false of an empty file is an empty config",
      ["view", "--merge=false", "--kubeconfig=$ROOT/empty"],
      { files: { empty: "" }, env },
    ),
    world(
      "view --merge=false of a file with a wrong type is an error",
      ["view", "--merge=false", "--kubeconfig=$ROOT/bad"],
      { files: { bad: "users: 5\n" }, env },
    ),
    world(
      "view --merge=false of a file with a duplicate name is an error",
      ["view", "--merge=false", "--kubeconfig=$ROOT/bad"],
      { files: { bad: "users: [{name: a, user: {token: s3cr3t}}, {name: a}]\n" }, env },
    ),
    world(
      "view --merge=false of an unreadable file is an error",
      ["view", "--merge=false", "--kubeconfig=$ROOT/a"],
      { files: { a: { text: config("a"), mode: "0000" } }, env, unprivileged: true },
    ),
    world(
      "view --merge=false --merge reads the file as one of a list",
      ["view", "--merge=false", "--merge", "--kubeconfig=$ROOT/nope"],
      there,
    ),
    world(
      "--merge=false --flatten takes relative paths from the file's folder",
      ["view", "--merge=false", "--flatten", "--kubeconfig=$ROOT/sub/c"],
      {
        files: { ...files, "me.crt": "me", "sub/keys/me.key": "s3cr3t", "sub/ca.crt": "sub's CA\n" },
        env,
      },
    ),
    world(
      "--flatten of an explicit file does not take its relative paths from the working directory",
      ["view", "--flatten", "--kubeconfig=$ROOT/sub/c"],
      {
        files: {
          ...files,
          "ca.crt": "root's CA\n",
          "me.crt": "me",
          "keys/me.key": "s3cr3t",
          "sub/ca.crt": "sub's CA\n",
        },
        env,
      },
    ),
    world(
      "--flatten --merge of an explicit file takes its relative paths from the file's folder",
      ["view", "--flatten", "--merge", "--kubeconfig=$ROOT/sub/c"],
      {
        files: { ...files, "me.crt": "me", "sub/keys/me.key": "s3cr3t", "sub/ca.crt": "sub's CA\n" },
        env,
      },
    ),
    world(
      "the null device as an explicit file is an empty config",
      ["view", "--kubeconfig=/dev/null"],
      there,
    ),
  ],
};
