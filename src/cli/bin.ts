#!/usr/bin/env node
import { basename } from "node:path";
import process from "node:process";
import { nodeHost } from "../host/node-host.ts";
import { main } from "./main.ts";

const name = basename(process.argv[1] ?? "").startsWith("kubectl-kcfg") ? "kubectl kcfg" : "kcfg";

// A reader that has seen enough, such as `head`, is no fault of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    throw error;
  }
});

async function run(): Promise<void> {
  const streams = { out: process.stdout, err: process.stderr };
  process.exitCode = await main(nodeHost, streams, process.argv.slice(2), name);
}

void run();
