#!/usr/bin/env node
import process from "node:process";
import { isCredentialPlugin } from "../host/credential-plugin.ts";
import { keepCompiledCode } from "../host/node-compile-cache.ts";

// Only what is loaded after this is kept. A credential plugin gets its HOME from a kubeconfig, and code from nowhere there.
if (!isCredentialPlugin(process)) {
  keepCompiledCode();
}
void import("./run-process.ts").then(({ runProcess }) => runProcess());
