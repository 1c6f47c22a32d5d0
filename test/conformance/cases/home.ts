import type { Group } from "./build.ts";
import { view, world } from "./build.ts";

const config = (name: string): string =>
  `users:\n- {name: ${name}, user: {token: s3cr3t, client-key: k}}\ncurrent-context: ${name}\n`;
const old = { "home/.kube/.kubeconfig": config("old") };
const observe = ["home/.kube/config", "home/.kube/.kubeconfig"];

/** The home directory's file, and the move from its old place. */
export const home: Group = {
  rule: "home",
  cases: [
    world("without KUBECONFIG the home file is read", view, { files: { "home/.kube/config": config("h") } }),
    world("without any file the config is empty", view, {}),
    world("without any file get-contexts prints the header", ["get-contexts"], {}),
    world("without any file get-clusters prints the header", ["get-clusters"], {}),
    world("without any file get-users prints the header", ["get-users"], {}),
    world("without any file there is no current-context", ["current-context"], {}),
    world("KUBECONFIG hides the home file", view, {
      files: { "home/.kube/config": config("h"), a: config("a") },
      env: { KUBECONFIG: "$ROOT/a" },
    }),
    world("KUBECONFIG of a missing file hides the home file", view, {
      files: { "home/.kube/config": config("h") },
      env: { KUBECONFIG: "$ROOT/nope" },
    }),
    world("HOME that is not set means .kube/config of the working directory", view, {
      files: { "work/.kube/config": config("here"), "home/.kube/config": config("h") },
      cwd: "work",
      env: { HOME: null },
    }),
    world("HOME that is empty means .kube/config of the working directory", view, {
      files: { "work/.kube/config": config("here"), "home/.kube/config": config("h") },
      cwd: "work",
      env: { HOME: "" },
    }),
    world("without HOME and without a file the config is empty", view, { env: { HOME: null } }),
    world("a relative HOME starts from the working directory", view, {
      files: { "home/.kube/config": config("h") },
      env: { HOME: "home" },
    }),
    world("HOME may end in a separator", view, {
      files: { "home/.kube/config": config("h") },
      env: { HOME: "$ROOT/home/" },
    }),
    world("HOME that does not exist means an empty config", view, { env: { HOME: "$ROOT/nowhere" } }),
    world("HOME that is a file is an error", view, { files: { f: "x" }, env: { HOME: "$ROOT/f" } }),
    world("HOME that is a file is an error even with KUBECONFIG", view, {
      files: { f: "x", a: config("a") },
      env: { HOME: "$ROOT/f", KUBECONFIG: "$ROOT/a" },
    }),
    world("USERPROFILE and HOMEPATH do not matter on Linux", view, {
      files: { "home/.kube/config": config("h"), "p/.kube/config": config("p") },
      env: { HOME: null, USERPROFILE: "$ROOT/p", HOMEDRIVE: "$ROOT", HOMEPATH: "/p" },
    }),
    world("a home file that is a folder is an error", view, {
      files: { "home/.kube/config": { directory: true } },
    }),
    world("a broken home file is an error that names it", view, { files: { "home/.kube/config": "a: [" } }),
    world("an old home file is copied to its new place and read", view, { files: old, observe }),
    world("an old home file is copied by get-contexts too", ["get-contexts"], { files: old, observe }),
    world("an old home file is copied by current-context too", ["current-context"], { files: old, observe }),
    world(
      "an old home file is copied even with an explicit file",
      ["view", "--kubeconfig=$ROOT/a", "--merge"],
      {
        files: { ...old, a: config("a") },
        observe,
      },
    ),
    world(
      "an old home file is not copied when view --merge=false reads an explicit file",
      ["view", "--merge=false", "--kubeconfig=$ROOT/a"],
      {
        files: { ...old, a: config("a") },
        observe,
      },
    ),
    world("an old home file is copied even when KUBECONFIG is set", view, {
      files: { ...old, a: config("a") },
      env: { KUBECONFIG: "$ROOT/a" },
      observe,
    }),
    world("an old home file is not copied over a new one", view, {
      files: { ...old, "home/.kube/config": config("new") },
      observe,
    }),
    world("an old home file is not copied over an empty new one", view, {
      files: { ...old, "home/.kube/config": "" },
      observe,
    }),
    world("a broken old home file is copied before it is an error", view, {
      files: { "home/.kube/.kubeconfig": "a: [" },
      observe,
    }),
    world("the copy keeps comments and line ends, not the mode", view, {
      files: { "home/.kube/.kubeconfig": { text: `# mine\r\n${config("old")}`, mode: "0600" } },
      observe,
    }),
    world("an old home file that is a folder cannot be migrated", view, {
      files: { "home/.kube/.kubeconfig/x": "" },
    }),
    world("an old home file that is a symlink is copied as a file", view, {
      files: { "home/.kube/.kubeconfig": { symlink: "$ROOT/elsewhere" }, elsewhere: config("old") },
      observe,
    }),
    world("a new home file that is a symlink to nothing is written through", view, {
      files: { ...old, "home/.kube/config": { symlink: "$ROOT/target" } },
      observe: [...observe, "target"],
    }),
    world("an unreadable old home file is an error", view, {
      files: { "home/.kube/.kubeconfig": { text: config("old"), mode: "0000" } },
      unprivileged: true,
    }),
    world("an old home file in a folder that may not be written is an error", view, {
      files: { ...old, "home/.kube": { directory: true, mode: "0555" } },
      unprivileged: true,
    }),
    world("a .kube that may not be searched is an error", view, {
      files: { ...old, "home/.kube": { directory: true, mode: "0000" } },
      unprivileged: true,
    }),
    world("without HOME an old file of the working directory is migrated there", view, {
      files: { ".kube/.kubeconfig": config("old") },
      env: { HOME: null },
      observe: [".kube/config"],
    }),
  ],
};
