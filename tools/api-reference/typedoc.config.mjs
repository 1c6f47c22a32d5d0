import { ENTRIES } from "../../scripts/entries.mjs";

export default {
  name: "kcfg",
  entryPoints: Object.keys(ENTRIES).map((name) => `../../dist/${name}.d.cts`),
  tsconfig: "tsconfig.json",
  basePath: "../..",
  out: "../../docs/api",
  readme: "./front.md",
  projectDocuments: [],
  excludePrivate: true,
  excludeInternal: true,
  disableSources: true,
  hideGenerator: true,
  sort: ["source-order"],
  treatWarningsAsErrors: true,
  validation: {
    notExported: true,
    invalidLink: true,
    rewrittenLink: true,
    notDocumented: true,
    unusedMergeModuleWith: true,
  },
  intentionallyNotExported: [
    "dist/doctor/codes.d.cts:CODES",
    "dist/loading/load-origins.d.cts:ConfigOrigins",
    "dist/transport/socket-agent.d.cts:SocketAgent",
  ],
};
