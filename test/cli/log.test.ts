import { logLine } from "../../src/loading/log-line.ts";
import { openStreams } from "../../src/cli/output.ts";
import { RequestLog } from "../../src/transport/request-log.ts";
import { main } from "../../src/cli/main.ts";
import type { TraceEvent } from "../../src/transport/trace.ts";
import { fakeHost } from "../support/fake-host.ts";

const RC = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

/** klog's header; the names are kcfg's own places. */
const HEADER = /^I\d{4} \d\d:\d\d:\d\d\.\d{6} {4}4711 (?:load|fetch|kuberc):1\] /;

async function run(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const host = fakeHost({ files: { "/here/a": "kind: Config", "/here/b": "{}", "/here/rc": RC }, env });
  const text = { out: "", err: "" };
  const streams = {
    out: { write: (more: string | Uint8Array) => void (text.out += String(more)) },
    err: { write: (more: string) => void (text.err += more) },
  };
  await main(host, streams, argv, "kcfg");
  return text;
}

const withoutHeaders = (text: string): readonly string[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => line.replace(HEADER, ""));

/** The end of what is logged of a long body. */
function end(level: number): string {
  return logged(level, [], "x".repeat(20_000)).at(-1)?.slice(-60) ?? "";
}

test("a line begins as klog's do", () => {
  const at = new Date(2026, 0, 9, 3, 4, 5, 67).getTime();
  const host = { ...fakeHost(), now: () => at };
  expect(logLine(host, "load", "text")).toBe("I0109 03:04:05.067000    4711 load:1] text\n");
});

/** Seen on kubectl 1.36.3: `config view` and `config current-context` with the same files. */
describe("which files were read and which are missing is logged", () => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>, readonly string[]]>([
    ["nothing without -v", ["view"], { KUBECONFIG: "nope" }, []],
    ["missing files from 1 on", ["view", "-v1"], { KUBECONFIG: "nope" }, ["Config not found: nope"]],
    ["no missing file where another is there", ["view", "-v5"], { KUBECONFIG: "a:nope" }, []],
    [
      "files that are read from 6 on",
      ["view", "-v=6"],
      { KUBECONFIG: "a:nope:b" },
      ["Config loaded from file:  a", "Config loaded from file:  b"],
    ],
    [
      "the explicit file",
      ["get-contexts", "-v", "10", "--kubeconfig", "b"],
      {},
      ["Config loaded from file:  b"],
    ],
    ["files for a client", ["namespace", "-v=6"], { KUBECONFIG: "a" }, ["Config loaded from file:  a"]],
    ["the kuberc from 5 on", ["kuberc", "view", "-v5"], { KUBERC: "rc" }, ["kuberc: using rc"]],
    [
      "the kuberc that decides about plugins",
      ["check-plugins", "-v5", "--kuberc=rc"],
      {},
      ["kuberc: using rc"],
    ],
    ["no kuberc where there is none", ["check-plugins", "-v5"], {}, []],
    ["nothing about a home without a kubeconfig", ["view", "-v=10"], { HOME: "/home/u" }, []],
  ])("%s", async (_what, argv, env, lines) => {
    const { err } = await run(argv, env);
    expect(withoutHeaders(err)).toEqual(lines);
    for (const line of err.split("\n").slice(0, -1)) {
      expect(line).toMatch(HEADER);
    }
  });
});

const REQUEST: TraceEvent = {
  kind: "request",
  method: "GET",
  url: "https://localhost:6443/x'y",
  headers: [
    ["Accept", "application/json, */*"],
    ["Authorization", "Bearer <masked>"],
  ],
};
const RESPONSE: TraceEvent = {
  kind: "response",
  method: "GET",
  url: "https://localhost:6443/x'y",
  status: 404,
  statusLine: "404 Not Found",
  headers: [["Content-Type", "text/\u001bplain"]],
  milliseconds: 12.9,
};
const EXCHANGE: readonly TraceEvent[] = [
  REQUEST,
  { kind: "lookup", host: "localhost", addresses: ["127.0.0.1"], milliseconds: 1.2 },
  { kind: "dial", address: "127.0.0.1:6443", milliseconds: 2.9 },
  { kind: "handshake", milliseconds: 3 },
  RESPONSE,
  { kind: "retry", url: "https://localhost:6443/x", attempt: 1, delay: 1000 },
];

function logged(level: number, events: readonly TraceEvent[] = EXCHANGE, body = ""): readonly string[] {
  let text = "";
  const streams = openStreams({
    out: { write: () => undefined },
    err: { write: (more) => (text += String(more)) },
  });
  const requests = new RequestLog(fakeHost(), (lines) => streams.err.say(lines), level);
  requests.noBody();
  for (const event of events) {
    requests.trace?.(event);
  }
  if (body !== "") {
    requests.errorBody(Buffer.from(body, "latin1"));
  }
  return withoutHeaders(text);
}

const RETRY = '"Got a Retry-After response" delay="1s" attempt=1 url="https://localhost:6443/x"';

/** As kubectl 1.36.3 does for `get --raw`. */
describe("requests are logged by level", () => {
  test("below 4 not at all", () => {
    expect(logged(3, EXCHANGE, "x")).toEqual([]);
  });

  test("4: what went wrong", () => {
    expect(logged(4, EXCHANGE, "nope")).toEqual([RETRY, '"Server response object" body="nope"']);
  });

  test("6: answers", () => {
    expect(logged(6)).toEqual([
      `"Response" verb="GET" url="https://localhost:6443/x'y" status="404 Not Found" milliseconds=12`,
      RETRY,
    ]);
  });

  const HEADERS = [
    `"Request" verb="GET" url="https://localhost:6443/x'y" headers=<`,
    "\tAccept: application/json, */*",
    "\tAuthorization: Bearer <masked>",
    " >",
  ];

  test("7: headers of requests", () => {
    expect(logged(7)).toEqual([...HEADERS, '"Response" status="404 Not Found" milliseconds=12', RETRY]);
  });

  test("8: headers of answers, and bodies", () => {
    expect(logged(8, EXCHANGE, '{"a":1}')).toEqual([
      '"Request Body" body=""',
      ...HEADERS,
      '"Response" status="404 Not Found" headers=<',
      "\tContent-Type: text/\\x1bplain",
      " > milliseconds=12",
      RETRY,
      '"Response Body" body="{\\"a\\":1}"',
    ]);
  });

  test("9: requests as calls of curl, and what took how long", () => {
    expect(logged(9)).toEqual([
      '"Request Body" body=""',
      '"Request" curlCommand=<',
      `\tcurl -v -XGET  -H "Accept: application/json, */*" -H "Authorization: Bearer <masked>" 'https://localhost:6443/x'\\''y'`,
      " >",
      '"HTTP Trace: DNS Lookup resolved" host="localhost" address="127.0.0.1"',
      '"HTTP Trace: Dial succeed" network="tcp" address="127.0.0.1:6443"',
      `"Response" verb="GET" url="https://localhost:6443/x'y" status="404 Not Found" headers=<`,
      "\tContent-Type: text/\\x1bplain",
      " > milliseconds=12 dnsLookupMilliseconds=1 dialMilliseconds=2 tlsHandshakeMilliseconds=3",
      RETRY,
    ]);
    expect(logged(9, [REQUEST, RESPONSE]).at(-1)).toBe(" > milliseconds=12 getConnectionMilliseconds=0");
  });

  test("a connection that fails", () => {
    const events: readonly TraceEvent[] = [
      REQUEST,
      { kind: "dial", address: "127.0.0.1:1", milliseconds: 0, fault: "refused" },
      { ...RESPONSE, status: 0, statusLine: "", headers: [] },
    ];
    expect(logged(9, events).slice(-2)).toEqual([
      '"HTTP Trace: Dial failed" network="tcp" address="127.0.0.1:1" err="refused"',
      `"Response" verb="GET" url="https://localhost:6443/x'y" status="" headers="" milliseconds=12 dnsLookupMilliseconds=0 dialMilliseconds=0 tlsHandshakeMilliseconds=0`,
    ]);
  });

  test("long bodies are cut off, by level", () => {
    expect(end(4)).toContain("x [truncated 17952 chars]");
    expect(end(8)).toContain("x [truncated 18976 chars]");
    expect(end(9)).toContain("x [truncated 9760 chars]");
    expect(end(10)).toMatch(/x"$/);
  });

  test("bodies that are no text are told by their bytes, as Go dumps them", () => {
    expect(logged(8, [], "\u0000abcdefghijklmno\u00ff").slice(-4)).toEqual([
      '"Response Body" body=<',
      "\t00000000  00 61 62 63 64 65 66 67  68 69 6a 6b 6c 6d 6e 6f  |.abcdefghijklmno|",
      "\t00000010  ff                                                |.|",
      " >",
    ]);
  });
});
