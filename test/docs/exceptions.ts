/**
 * Blocks that are neither sessions nor programs nor data, each with what checks them instead. The key is the page and the
 * language: `docs/page.md sql`. Add one only if nothing can run the block.
 */
export const UNCHECKED_BLOCKS: Readonly<Record<string, string>> = {
  "README.md text": "test/cli/picker/screen.test.ts",
  "docs/architecture.md mermaid": "test/docs/architecture.test.ts",
};

/** Flags of other programs that pages speak of, each with the program. */
export const FOREIGN_FLAGS: Readonly<Record<string, string>> = {
  "--conditions": "esbuild",
  "--external": "esbuild",
  "--from-": "examples/copy-configmap.ts",
  "--to-": "examples/copy-configmap.ts",
  "--check": "test/recorders/again.ts",
};

/** Paths that pages speak of and that are made by a command, each with the command. */
export const GENERATED_PATHS: Readonly<Record<string, string>> = {
  "docs/api/": "npm run docs:api",
};
