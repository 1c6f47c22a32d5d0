#!/usr/bin/env node
"use strict";

// kubectl calls this to complete `kubectl kcfg …`, with the words after `kcfg`, in the protocol of cobra.
process.argv.splice(2, 0, "__complete");
void require("../dist/cli/bin.cjs");
