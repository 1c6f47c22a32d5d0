import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { NotHeld } from "./attack.ts";
import type { ChildOptions, ChildRun } from "./child-run.ts";
import { runChild, withoutCrash } from "./child-run.ts";

/** What all attacks of a run share: which Node.js, which kcfg, who attacks whom. */
export interface Stage {
  readonly node: string;
  readonly nodeMajor: number;
  /** The folder of the built package, where every user can read it. */
  readonly package: string;
  /** The folder of the programs in `children/`, where every user can read it. */
  readonly children: string;
  /** The user who runs kcfg. */
  readonly me: number;
  /** Another user of the machine; undefined where this process cannot play two. */
  readonly other: number | undefined;
  readonly kubectl: string | undefined;
}

export interface KcfgOptions extends Omit<Partial<ChildOptions>, "uid"> {
  /** The user who runs it. */
  readonly as?: number;
  /** Returns also after a run that hung, was killed or crashed. */
  readonly mayCrash?: boolean;
}

export interface FileOptions {
  readonly mode?: number;
  readonly owner?: number;
}

/** A folder of its own for each attack, with a home in it, and the ways to set traps and to run kcfg. */
export interface World extends Stage {
  readonly folder: string;
  readonly home: string;
  readonly isRoot: boolean;
  /** A path in the folder. */
  readonly at: (...parts: readonly string[]) => string;
  /** Makes a folder, with those above it. */
  readonly mkdir: (path: string, options?: FileOptions) => string;
  /** Writes a file; its folder is made if need be. */
  readonly write: (path: string, text: string | Uint8Array, options?: FileOptions) => string;
  readonly link: (target: string, path: string, options?: FileOptions) => string;
  readonly read: (path: string) => string;
  /** Returns every file below a folder: its path and content. Does not follow links. */
  readonly files: (path: string) => readonly (readonly [path: string, text: string])[];
  readonly mode: (path: string) => string;
  /** Runs the built CLI; a crash, a hang or too much memory counts as not held. */
  readonly kcfg: (args: readonly string[], options?: KcfgOptions) => Promise<ChildRun>;
  /** Runs a program of `children/`, which uses the built library. */
  readonly embed: (script: string, args: readonly string[], options?: KcfgOptions) => Promise<ChildRun>;
  /** Runs a program as a user. */
  readonly run: (command: readonly string[], options?: KcfgOptions) => Promise<ChildRun>;
  /** Runs a shell script as a user. */
  readonly sh: (script: string, options?: KcfgOptions) => Promise<ChildRun>;
  /** The other user. */
  readonly theOther: () => number;
  /** A folder with `kcfg` and `node` in it, to be put first in a PATH. */
  readonly binFolder: () => string;
  readonly env: Readonly<Record<string, string>>;
}

export const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Makes the world of an attack. The folder must exist and be empty. */
export function makeWorld(stage: Stage, folder: string): World {
  const home = join(folder, "home");
  const owner = (path: string, options: FileOptions | undefined): void => {
    if (process.getuid?.() === 0) {
      lchownSync(path, options?.owner ?? stage.me, options?.owner ?? stage.me);
    }
  };
  const at = (...parts: readonly string[]): string => join(folder, ...parts);
  const full = (path: string): string => (isAbsolute(path) ? path : at(path));
  const mkdir = (path: string, options?: FileOptions): string => {
    const whole = full(path);
    if (!existsSync(whole)) {
      if (!existsSync(dirname(whole))) {
        mkdir(dirname(whole), { ...options, mode: 0o755 });
      }
      mkdirSync(whole);
    }
    owner(whole, options);
    chmodSync(whole, options?.mode ?? 0o755);
    return whole;
  };
  const write = (path: string, text: string | Uint8Array, options?: FileOptions): string => {
    const whole = full(path);
    if (!existsSync(dirname(whole))) {
      mkdir(dirname(whole));
    }
    writeFileSync(whole, text);
    if (process.getuid?.() === 0) {
      chownSync(whole, options?.owner ?? stage.me, options?.owner ?? stage.me);
    }
    chmodSync(whole, options?.mode ?? 0o600);
    return whole;
  };
  const env = { PATH: SYSTEM_PATH, HOME: home, TERM: "xterm", LC_ALL: "C.UTF-8" };
  const run = async (command: readonly string[], options: KcfgOptions = {}): Promise<ChildRun> => {
    const { as, env: extra, cwd, ...rest } = options;
    return runChild(command, {
      ...rest,
      cwd: cwd ?? folder,
      env: { ...env, ...extra },
      uid: as ?? stage.me,
    });
  };
  owner(folder, undefined);
  const bin = join(stage.package, "dist/cli/bin.cjs");
  mkdir(home, { mode: 0o755 });
  return {
    ...stage,
    folder,
    home,
    isRoot: stage.me === 0,
    env,
    at,
    mkdir,
    write,
    link: (target, path, options) => {
      const whole = full(path);
      if (!existsSync(dirname(whole))) {
        mkdir(dirname(whole));
      }
      symlinkSync(target, whole);
      owner(whole, options);
      return whole;
    },
    read: (path) => readFileSync(full(path), "utf8"),
    files: (path) => filesBelow(full(path)),
    mode: (path) => (statSync(full(path)).mode & 0o7777).toString(8),
    kcfg: async (args, options = {}) => {
      const result = await run([stage.node, bin, ...args], options);
      return options.mayCrash === true ? result : withoutCrash(result, `kcfg ${args.join(" ")}`);
    },
    embed: async (script, args, options = {}) =>
      run([stage.node, join(stage.children, script), ...args], {
        ...options,
        // A killed child leaves its temporary files in the folder that is removed after the attack.
        env: { KCFG_PACKAGE: stage.package, TMPDIR: folder, ...options.env },
      }),
    run,
    sh: (script, options) => run(["/bin/sh", "-c", script], options),
    theOther: () => {
      if (stage.other === undefined) {
        throw new Error("this attack needs another user: it must say that it needs root");
      }
      return stage.other;
    },
    binFolder: () => {
      const folderOfBin = at("bin");
      if (!existsSync(folderOfBin)) {
        mkdir(folderOfBin);
        symlinkSync(bin, join(folderOfBin, "kcfg"));
        symlinkSync(stage.node, join(folderOfBin, "node"));
      }
      return folderOfBin;
    },
  };
}

function filesBelow(folder: string): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    return found;
  }
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) {
      found.push(...filesBelow(path));
    } else if (stat.isFile()) {
      found.push([path, readFileSync(path, "utf8")]);
    }
  }
  return found;
}

/** Checks that kcfg succeeded. */
export function succeeded(run: ChildRun): ChildRun {
  if (run.code !== 0) {
    throw new NotHeld(
      `exit code ${String(run.code)} of ${run.command.replace(/^.*bin\.cjs /u, "kcfg ")}: ${run.stderr.trim().slice(0, 200)}`,
    );
  }
  return run;
}
