#!/usr/bin/env node
import { keepCompiledCode } from "../host/node-compile-cache.ts";

// Only modules that are loaded after this are cached.
keepCompiledCode();
void import("./run-process.ts").then(({ runProcess }) => runProcess());
