/**
 * Machines in memory, for tests of programs that use kcfg.
 *
 * @module kcfg/testing
 */

export { memoryHost } from "./host/memory-host.ts";
export type {
  MemoryHost,
  MemoryMachine,
  MemoryPlugin,
  MemoryPluginAnswer,
  MemoryPluginCall,
} from "./host/memory-host.ts";
export type { SyncFiles, SyncStats } from "./host/memory-files.ts";
