#!/usr/bin/env node
import process from "node:process";
import { keepCompiledCode } from "../host/node-compile-cache.ts";
import { readShortLine } from "./shortcut/short-line.ts";

// Only modules that are loaded after this are cached.
keepCompiledCode();
void start();

async function start(): Promise<void> {
  const line = readShortLine(process.argv.slice(2));
  const rest = line && (await import("./run-shortly.ts")).runShortly(line);
  if (rest === undefined) {
    await (await import("./run-process.ts")).runProcess();
  } else if (rest.length > 0) {
    await (await import("./run-process.ts")).writeResult(rest);
  }
}
