import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Case, FileSpec, Observed } from "./vector.ts";
import { joinText, splitText } from "./vector.ts";

/** The user that vectors about file permissions run as when the tests themselves run as root. */
export const nobody = 65_534;

/** A fresh temporary root with a case's files in it. */
export interface Sandbox {
  readonly root: string;
  /** Replaces `$ROOT` by the root's path. */
  readonly fill: (text: string) => string;
  /** Replaces the root's path by `$ROOT`. */
  readonly blank: (text: string) => string;
  readonly observe: (paths: readonly string[]) => Readonly<Record<string, Observed>>;
  readonly remove: () => void;
}

export function buildSandbox(wanted: Case): Sandbox {
  const root = mkdtempSync(join(tmpdir(), "kcfg-"));
  const fill = (text: string): string => text.replaceAll("$ROOT", root);
  const blank = (text: string): string => text.replaceAll(root, "$ROOT");
  mkdirSync(join(root, "home"));
  const late: (() => void)[] = [];
  for (const [path, spec] of Object.entries(wanted.files)) {
    const mode = place(join(root, path), spec, fill);
    if (mode !== undefined) {
      late.push(() => chmodSync(join(root, path), Number.parseInt(mode, 8)));
    }
  }
  if (wanted.unprivileged === true && process.getuid?.() === 0) {
    giveAway(root);
  }
  for (const restrict of late.toReversed()) {
    restrict();
  }
  return {
    root,
    fill,
    blank,
    observe: (paths) => Object.fromEntries(paths.map((path) => [path, look(join(root, path), blank)])),
    remove: () => {
      openUp(root);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function place(path: string, spec: FileSpec, fill: (text: string) => string): string | undefined {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof spec === "string" || Array.isArray(spec)) {
    writeFileSync(path, fill(joinText(spec)));
    return undefined;
  }
  if ("symlink" in spec) {
    symlinkSync(fill(spec.symlink), path);
    return undefined;
  }
  if ("base64" in spec) {
    writeFileSync(path, Buffer.from(spec.base64, "base64"));
    return spec.mode;
  }
  if ("repeat" in spec) {
    writeFileSync(path, spec.repeat.map(([text, times]) => text.repeat(times)).join(""));
    return undefined;
  }
  if ("directory" in spec) {
    mkdirSync(path, { recursive: true });
    return spec.mode;
  }
  if ("text" in spec) {
    writeFileSync(path, fill(joinText(spec.text)));
    return spec.mode;
  }
  throw new Error(`no kind of file: ${JSON.stringify(spec)}`);
}

function giveAway(path: string): void {
  chownSync(path, nobody, nobody);
  if (lstatSync(path).isDirectory()) {
    for (const name of readdirSync(path)) {
      giveAway(join(path, name));
    }
  }
}

/** Restores the rights of all folders, without which only root can remove their content. */
function openUp(folder: string): void {
  if (process.getuid?.() === 0) {
    return;
  }
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      openUp(join(folder, entry.name));
    }
  }
}

function look(path: string, blank: (text: string) => string): Observed {
  try {
    const mode = (statSync(path).mode & 0o7777).toString(8).padStart(4, "0");
    return { mode, text: splitText(blank(readFileSync(path, "utf8"))) };
  } catch {
    return null;
  }
}
