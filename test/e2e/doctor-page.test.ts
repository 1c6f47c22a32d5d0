import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";
import { createFleet } from "../support/fleet.ts";
import { runBin } from "../support/run-bin.ts";
import { chromium, describeUnless, lackOfChromium } from "../support/unless.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-page-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the page about some kubeconfigs; returns its path. */
function writePage(name: string, ...files: readonly string[]): string {
  const { stdout, stderr } = runBin(["doctor", "-o", "html", ...files], {
    env: { HOME: folder, PATH: folder },
  });
  expect(stderr).toBe("");
  const page = join(folder, name);
  writeFileSync(page, stdout);
  return page;
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const EVIL = [
  "</style><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'--><svg onload=alert(1)>",
  "&lt;b&gt;",
  "a\u202eb",
].map((text) => JSON.stringify(text));

const HOSTILE = `apiVersion: v1
kind: Config
current-context: ${EVIL[0]}
clusters:
- {name: ${EVIL[1]}, cluster: {server: "https://me:hunter2@h/?token=hunter2", '<i>': 1}}
- {name: ${EVIL[3]}, cluster: {server: "<script>"}}
- {name: old, cluster: {server: "http://h/#hunter2", proxy-url: "ftp://me:hunter2@h?hunter2"}}
users:
- {name: ${EVIL[2]}, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ${EVIL[0]}, args: [hunter2], env: [{name: A, value: hunter2}]}}}
- {name: ${EVIL[4]}, user: {token: hunter2, password: hunter2}}
contexts:
- {name: ${EVIL[0]}, context: {cluster: ${EVIL[1]}, user: ${EVIL[2]}, namespace: ${EVIL[3]}}}
- {name: ${EVIL[4]}, context: {cluster: ${EVIL[2]}, user: ${EVIL[4]}}}
`;

/** What makes a page load or run anything. */
const ACTIVE =
  /<(?:script|img|iframe|object|embed|link|base|form|svg onload)|\s(?:src|href|style|on\w+)=|url\(|@import/i;

describe("the page", () => {
  test("has its own style and nothing else that loads or runs", () => {
    const page = readFileSync(
      writePage("good.html", write("good.yaml", "contexts: [{name: x, context: {}}]")),
      "utf8",
    );
    expect(page).not.toMatch(ACTIVE);
    const style = /<style>(?<text>.*?)<\/style>/s.exec(page)?.groups?.["text"] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
  });

  test("escapes every text, and holds no secret", () => {
    const page = readFileSync(writePage("hostile.html", write("hostile.yaml", HOSTILE)), "utf8");
    expect(page.replaceAll(/onerror=|onload=|src=x/g, "")).not.toMatch(ACTIVE);
    expect(page).toContain("&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;");
    expect(page).toContain("&amp;lt;b&amp;gt;");
    expect(page).not.toContain("\u202e");
    expect(page).not.toContain("hunter2");
  });

  test("says what was fixed", () => {
    const file = write("mode.yaml", "users: [{name: u, user: {token: t}}]\n");
    spawnSync("chmod", ["644", file]);
    const { stdout } = runBin(["doctor", "--fix", "-o", "html", file], { env: { HOME: folder } });
    expect(stdout).toContain("changed mode from 0644 to 0600");
  });
});

interface Looked {
  /** The colour of its corner, `#rrggbb`. */
  readonly corner: string;
  readonly size: number;
}

let count = 0;
/** Runs Chromium without a network; a profile of its own, for each run. */
function browse(page: string, ...flags: readonly string[]): string {
  count += 1;
  const { stdout, stderr, status } = spawnSync(
    chromium ?? "",
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--hide-scrollbars",
      "--host-resolver-rules=MAP * ~NOTFOUND",
      "--enable-logging=stderr",
      `--user-data-dir=${join(folder, `profile-${count}`)}`,
      ...flags,
      pathToFileURL(page).href,
    ],
    { encoding: "utf8", timeout: 60_000 },
  );
  expect(status).toBe(0);
  // What a policy refuses, and what a script says, is on the console.
  expect(stderr).not.toMatch(/CONSOLE/);
  return stdout;
}

function look(page: string, scheme: "light" | "dark", width = 1280): Looked {
  const picture = join(folder, `shot-${count}.png`);
  browse(
    page,
    `--window-size=${width},1400`,
    `--screenshot=${picture}`,
    `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`,
  );
  const png = readFileSync(picture);
  return { corner: firstPixel(png), size: png.length };
}

/** Returns the first pixel of a PNG, which no filter changes. */
function firstPixel(png: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") {
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  return `#${inflateSync(Buffer.concat(parts)).subarray(1, 4).toString("hex")}`;
}

describeUnless(lackOfChromium)("in Chromium, without a network", () => {
  test.each([
    ["light", "#f6f7f9"],
    ["dark", "#12161c"],
  ] as const)(
    "a page of 299 contexts is %s",
    async (scheme, corner) => {
      const { files } = await createFleet();
      mkdirSync(join(folder, scheme));
      const page = writePage(
        `${scheme}.html`,
        ...Array.from(files, ([name, text]) => write(join(scheme, name), text)),
      );
      for (const width of [640, 1280]) {
        const looked = look(page, scheme, width);
        expect(looked.corner).toBe(corner);
        // A blank page has a tenth of it.
        expect(looked.size).toBeGreaterThan(30_000);
      }
    },
    120_000,
  );

  test("hostile names are text, and no policy is broken", () => {
    const page = writePage("hostile.html", write("hostile.yaml", HOSTILE));
    const document = browse(page, "--dump-dom");
    expect(document).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(document).not.toMatch(/<script|<img/);
    expect(look(page, "light").corner).toBe("#f6f7f9");
  }, 120_000);
});
