import type { JsonObject } from "../../../src/api/json-value.ts";
import { readYaml } from "../../../src/yaml/read.ts";
import { JsonPathError, parseJsonPath } from "../../../src/printers/jsonpath/jsonpath.ts";
import { randomText } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { expected } from "../target.ts";

/** A value of every kind for templates to walk over. */
export const DOCUMENT = readYaml(
  JSON.stringify({
    kind: "Config",
    clusters: [
      { name: "a", cluster: { server: "https://a", n: 1 } },
      { name: "b", cluster: { server: "https://b", list: [1, 2.5, -3, "x", null, true, { deep: [[]] }] } },
    ],
    "current-context": "dev",
    contexts: null,
    big: 9_007_199_254_740_991,
    "key.with.dots": "é\u001b",
  }),
).value as JsonObject;

const EXAMPLES = [
  "{.clusters[*].name}",
  '{range .clusters[*]}{.name}{"\\t"}{.cluster.server}{"\\n"}{end}',
  '{.clusters[?(@.name=="a")].cluster.server}',
  "{..name}{.clusters[-1:].name}{.clusters[0:2:1]}",
  "{.clusters[0,1]['name','cluster']}",
  "{.key\\.with\\.dots} text {'quoted'} {1.5}",
];

const TOKENS =
  "{ } [ ] ( ) . .. * @ $ ? : , == != <= >= < > && || ! ' \" \\ range end 0 -1 99999999999999999999 1e9 name clusters \\n \\u0041 \\xff 'a' \"b\" é \0 -".split(
    " ",
  );

export const target: FuzzTarget = {
  name: "jsonpath",
  cases: 250_000,
  make: (random, corpus) => randomText(random, EXAMPLES, TOKENS, corpus),
  run: (input) => {
    const template = Buffer.from(input).toString();
    for (const options of [{}, { allowMissingKeys: true, jsonOutput: true }]) {
      try {
        parseJsonPath(template, options).execute(DOCUMENT);
      } catch (error) {
        expected(error, [JsonPathError]);
      }
    }
  },
};
