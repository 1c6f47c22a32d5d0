import { readFileSync, statSync, writeFileSync } from "node:fs";
import process from "node:process";
import type { Host } from "./host.ts";

/** The machine that Node runs on. */
export const nodeHost: Host = {
  fs: {
    readFile: (path) => readFileSync(path),
    writeFile: (path, data, mode) => writeFileSync(path, data, { mode }),
    stat: (path) => {
      const stats = statSync(path);
      return { isDirectory: stats.isDirectory(), mode: stats.mode };
    },
  },
  env: process.env,
  platform: process.platform,
  cwd: () => process.cwd(),
};
