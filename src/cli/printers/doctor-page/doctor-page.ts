import { createHash } from "node:crypto";
import { codeFacts } from "../../../doctor/codes.ts";
import { describeMoment } from "../../../doctor/describe.ts";
import type { Diagnosis, Finding, Severity } from "../../../doctor/finding.ts";
import { SEVERITIES } from "../../../doctor/finding.ts";
import type { FindingGroup, FindingSection } from "../../../doctor/group-findings.ts";
import { groupFindings, memberOf, sectionsOf, titleOf } from "../../../doctor/group-findings.ts";
import type { ContextFacts, Overview } from "../../../doctor/overview.ts";
import { VERSION } from "../../../package-version.ts";
import { connectionsPicture } from "./connections-picture.ts";
import { expiryPicture } from "./expiry-picture.ts";
import type { Markup } from "./markup.ts";
import { count, html } from "./markup.ts";
import { PAGE_STYLE } from "./page-style.ts";

/**
 * Writes a diagnosis as one HTML page: it loads nothing, runs nothing and holds no secret. Its policy allows no more
 * than its own style.
 *
 * @param fixed - the fixes, made or planned, a line each
 */
export function doctorPage(diagnosis: Diagnosis, overview: Overview, fixed: readonly string[]): string {
  const { files, findings } = diagnosis;
  const hash = createHash("sha256").update(PAGE_STYLE).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  // Written in one piece, since the hash counts every blank.
  const style: Markup = { markup: `<style>${PAGE_STYLE}</style>` };
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>kcfg doctor</title>
        ${style}
      </head>
      <body>
        <main>
          <h1>kcfg doctor</h1>
          <p class="soft">
            ${count(files.length, "kubeconfig")}, ${describeMoment(overview.now)}, kcfg ${VERSION}
          </p>
          ${tiles(diagnosis, overview)}
          ${
            fixed.length === 0
              ? undefined
              : section(
                  "Fixed",
                  html`<ul class="card">
                    ${fixed.map((line) => html`<li>${line}</li>`)}
                  </ul>`,
                )
          }
          ${section("Findings", findings.length === 0 ? html`<p class="card">Nothing was found.</p>` : writeFindings(diagnosis))}
          ${section("What belongs together", pictureCard(overview, findings))}
          ${section("When certificates and tokens expire", expiryCard(overview))}
          ${section("Contexts", contextTable(overview.contexts))}
        </main>
      </body>
    </html> `;
  return page.markup;
}

function section(title: string, content: Markup): Markup {
  return html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;
}

function tile(number: number, noun: string, style = ""): Markup {
  return html`<li class="${style}">
    <b>${number}</b>${number === 1 || noun === "info" ? noun : `${noun}s`}
  </li> `;
}

function tiles({ files, findings }: Diagnosis, { contexts }: Overview): Markup {
  const tileFor = (severity: Severity): Markup => {
    const number = findings.filter((each) => each.severity === severity).length;
    return tile(number, severity, number === 0 ? "good" : severity);
  };
  const distinct = (nameOf: (context: ContextFacts) => string | undefined): number =>
    new Set(contexts.flatMap((context) => nameOf(context) ?? [])).size;
  return html`<ul class="tiles">
    ${SEVERITIES.map(tileFor)} ${tile(files.length, "file")} ${tile(contexts.length, "context")}
    ${tile(
      distinct(({ cluster }) => cluster),
      "cluster",
    )}
    ${tile(
      distinct(({ user }) => user),
      "user",
    )}
    ${tile(
      distinct(({ login }) => (login.kind === "plugin" ? login.name : undefined)),
      "plugin",
    )}
  </ul>`;
}

function writeFindings({ findings, omitted }: Diagnosis): Markup {
  const serious = findings.filter(({ severity }) => severity !== "info");
  const info = findings.filter(({ severity }) => severity === "info");
  return html`${sectionsOf(groupFindings(serious)).map(writeSection)}
  ${
    info.length === 0
      ? undefined
      : html`<details>
          <summary>${info.length} info</summary>
          ${sectionsOf(groupFindings(info)).map(writeSection)}
        </details>`
  }
  ${[...omitted].map(([code, more]) => html`<p class="soft">${more} more of ${code}</p>`)}`;
}

function writeSection({ file, isOfSeveral, groups }: FindingSection): Markup {
  const title = isOfSeveral ? "In several files" : (file ?? "In no file");
  return html`<h3>${title}</h3>
    ${groups.map(writeGroup)}`;
}

function writeGroup(group: FindingGroup): Markup {
  const [first, ...others] = group.findings;
  const { code, severity, message, subject, position } = first;
  const isAlone = others.length === 0;
  const place = position === undefined ? "" : `${position.line}:${position.column}`;
  const hint = others.every((finding) => finding.hint === first.hint) ? first.hint : codeFacts(code).hint;
  const text = group.isOneCause ? message : codeFacts(code).title.concat(".");
  return html`<div class="card finding ${severity}">
    <div class="head">
      <span class="badge ${severity}">${severity}</span
      ><b>${isAlone ? subject || codeFacts(code).title : titleOf(group)}</b
      ><code class="soft">${code}</code
      >${isAlone && place !== "" ? html`<span class="soft small">${place}</span>` : undefined}
    </div>
    <p>${text}</p>
    <p class="hint mono">${hint}</p>
    ${isAlone ? undefined : writeMembers(group)}
  </div> `;
}

function writeMembers({ findings, isOneCause }: FindingGroup): Markup {
  return html`<details>
    <summary>Show all ${findings.length}</summary>
    <ul class="members">
      ${findings.map((finding) => writeMember(finding, isOneCause))}
    </ul>
  </details>`;
}

function writeMember(finding: Finding, isOneCause: boolean): Markup {
  const { file = "", position, message } = finding;
  const where = position === undefined ? file : `${file}:${position.line}`;
  return html`<li>
    ${memberOf(finding)} <span class="soft">${where}</span>${isOneCause ? undefined : html`<br />${message}`}
  </li>`;
}

function pictureCard(overview: Overview, findings: readonly Finding[]): Markup {
  return overview.contexts.length === 0
    ? html`<p class="card">There are no contexts.</p>`
    : html`<div class="card picture">
        ${connectionsPicture(overview, findings)}
        <p class="soft small">
          Red does not work, amber has a warning, green is the current context, dashed is unused. The table
          below says the same.
        </p>
      </div>`;
}

function expiryCard(overview: Overview): Markup {
  const picture = expiryPicture(overview);
  return picture === undefined
    ? html`<p class="card">No certificate and no token says when it expires.</p>`
    : html`<div class="card picture">${picture}</div>`;
}

/** More contexts are folded up. */
const MOST_OPEN = 40;

function contextTable(contexts: readonly ContextFacts[]): Markup {
  if (contexts.length === 0) {
    return html`<p class="card">There are no contexts.</p>`;
  }
  const table = html`<div class="scroll">
    <table>
      <tr>
        <th>Context</th>
        <th>Cluster</th>
        <th>Server</th>
        <th>User</th>
        <th>Login</th>
        <th>Namespace</th>
        <th>File</th>
      </tr>
      ${contexts.map(
        ({ name, isCurrent, cluster, server, user, login, namespace, place: { file = "", position } }) =>
          html`<tr>
            <td>${isCurrent ? html`<b>${name}</b> (current)` : name}</td>
            <td>${cluster === name ? "same" : cluster}</td>
            <td>${server ?? "no such cluster"}</td>
            <td>${user === name ? "same" : user}</td>
            <td>
              ${login.kind === "missing" ? "no such user" : login.name}${login.works || login.kind === "missing" ? "" : " (would not run)"}
            </td>
            <td>${namespace}</td>
            <td>${file}${position === undefined ? "" : `:${position.line}`}</td>
          </tr> `,
      )}
    </table>
  </div>`;
  return contexts.length <= MOST_OPEN
    ? html`<div class="card">${table}</div>`
    : html`<details class="card">
        <summary>${count(contexts.length, "context")}</summary>
        ${table}
      </details>`;
}
