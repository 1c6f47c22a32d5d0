import type { Filepath } from "../go/filepath.ts";

/** Shells, and their equivalents on Windows. */
const SHELLS =
  "sh ash bash csh dash fish ksh ksh93 mksh nu oksh pdksh rbash rc tcsh yash zsh busybox toybox cmd command powershell pwsh wsl";

/** Interpreters of languages, and tools that build and run their programs. */
const INTERPRETERS =
  "awk gawk mawk nawk original-awk bun bunx cargo deno dotnet elixir erl escript expect gdb go groovy guile java jjs jshell " +
  "julia jython kotlin lua luajit make gmake mono node nodejs npm npx osascript perl php pip pipx pnpm pypy python ruby irb " +
  "racket rscript sbcl scala sed swift tclsh ts-node tsx uv uvx wish yarn cscript wscript mshta rundll32 regsvr32 msbuild";

/** Build tools and managers of packages and versions, which run commands from their files or arguments. */
const BUILDERS =
  "ant asdf bazel bazelisk bundle bundler cabal clj clojure cmake composer conda crystal ctest dart flutter gem gradle gradlew hatch " +
  "helm julia just lein mamba maven mise mix mvn mvnw nim ninja nix nix-env nix-shell npm-cli nvm octave pdm pipenv poetry pyenv rake " +
  "rbenv rebar3 rustup rye sbt snakemake stack task tofu terraform terragrunt tox vagrant volta waf zig";

/** Programs that start the program which their arguments name, alone or on another machine. */
const RUNNERS =
  "at batch catchsegv chpst chroot chrt chronic coproc crontab cpulimit dbus-run-session direnv doas docker entr env " +
  "exec fakechroot fakeroot find firejail flatpak flock git gosu gtimeout hyperfine ionice ip kcfg kubectl kubectl-kcfg " +
  "ltrace mosh nerdctl nice nohup nsenter numactl op open parallel parallel-ssh pkexec podman prlimit proot rlwrap rsh rsync " +
  "run-parts runcon runuser schedtool screen script setarch linux32 linux64 i386 x86_64 setpriv setsid sg snap socat softlimit " +
  "sshpass ssh start start-stop-daemon stdbuf strace su sudo sudoedit systemd-run taskset tar tcpserver time timeout tini tmux " +
  "torify torsocks trickle unbuffer unshare valgrind vi vim nvim emacs ed ex less more man watch xargs xdg-open xvfb-run zip " +
  "ld ld.so ld-linux ld-linux-x86-64 ld-linux-aarch64 ld-musl-x86_64 ld-musl-aarch64 rundll dumb-init catatonit s6-setuidgid " +
  "ansible ansible-playbook bwrap buildah coreutils crun expect fzf incus ipython krew lftp ftp lxc machinectl mysql nc ncat netcat oc " +
  "proxychains proxychains4 psql py pueue qemu-aarch64 qemu-arm qemu-i386 qemu-x86_64 r raku runc scp sftp sqlite sqlite3 ssh-agent " +
  "systemd-nspawn telnet watchexec xxh " +
  "aws-vault chamber sops doppler vault-env envconsul teller envdir dotenv exec-env";

const NAMES: ReadonlySet<string> = new Set([SHELLS, INTERPRETERS, BUILDERS, RUNNERS].join(" ").split(" "));

/** Endings that Windows adds by itself, and versions: `python3.11`, `lua5.4`, `ld-linux.so.2`. */
const ENDING = /(?:\.(?:exe|com|cmd|bat|ps1)|-static)$/;
const VERSION = /(?:\.so)?[-.]?\d[\d.]*[a-z]?$/;

/**
 * Reports whether a program runs whatever its arguments or its environment name: a shell, an interpreter, or one that
 * starts other programs. An allowlist with such a program allows every program. Recognized by the base name, ignoring
 * case, Windows' endings and versions.
 *
 * @param command - a name or a path
 */
export function isLauncher(command: string, filepath: Filepath): boolean {
  const name = nameOf(command, filepath);
  return NAMES.has(name) || NAMES.has(name.replace(VERSION, "")) || isKcfg(command, filepath);
}

/**
 * Reports whether a program is kcfg itself, also as a plugin of kubectl: by its base name, or as the target of npm's
 * link.
 */
export function isKcfg(command: string, filepath: Filepath): boolean {
  return (
    /^(?:kubectl-)?kcfg$/.test(nameOf(command, filepath)) || /[\\/]dist[\\/]cli[\\/]bin\.c?js$/.test(command)
  );
}

function nameOf(command: string, filepath: Filepath): string {
  return filepath.base(command).toLowerCase().replace(ENDING, "");
}
