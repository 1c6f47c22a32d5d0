#!/usr/bin/env node
import { keepCompiledCode } from "../host/node-compile-cache.ts";

// Only what is loaded after this is kept.
keepCompiledCode();
void import("./run-process.ts").then(({ runProcess }) => runProcess());
