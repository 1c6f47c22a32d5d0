/**
 * Prints Kubernetes objects as `kubectl get -o` does.
 *
 * @module kcfg/printers
 */

export { bindPrintFlags } from "./printers/bind-print-flags.ts";
export { PrintError } from "./printers/print-error.ts";
export type { PrintErrorDetails } from "./printers/print-error.ts";
export type { ObjectPrinterFlags } from "./printers/object-printer.ts";
export type { PrintFlags } from "./printers/print-flags.ts";
export { printObject } from "./library/public-printing.ts";
export type { PrintOptions } from "./library/public-printing.ts";
