import { accessSync, constants, lstatSync, readFileSync, statSync, writeFileSync } from "node:fs";
import process from "node:process";
import type { Host } from "./host.ts";

/** The machine that Node runs on. */
export const nodeHost: Host = {
  fs: {
    readFile: (path) => readFileSync(path),
    writeFile: (path, data, mode) => writeFileSync(path, data, { mode }),
    stat: (path) => {
      const stats = statSync(path);
      return { isDirectory: stats.isDirectory(), isFile: stats.isFile(), mode: stats.mode };
    },
    checkExecutable: (path) => accessSync(path, constants.X_OK),
    isSameFile: (one, other) => {
      const [a, b] = [one, other].map((path) => lstatSync(path, { bigint: true }));
      return a?.dev === b?.dev && a?.ino === b?.ino;
    },
  },
  env: process.env,
  platform: process.platform,
  cwd: () => process.cwd(),
};
