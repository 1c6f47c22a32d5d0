import type { Connection } from "../../transport/connection.ts";
import { readBody } from "../../transport/read-body.ts";
import { serverError } from "./error-response.ts";

/** The server does not let this user read namespaces. */
export class NamespacesForbiddenError extends Error {}

/** How many namespaces are asked for at once; as kubectl does. */
const PAGE = 500;

/** How many are listed at most, and how large a response may be, in bytes: a server may be hostile. */
const MOST_NAMESPACES = 100_000;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Lists the namespaces of a cluster, page by page.
 *
 * @throws NamespacesForbiddenError if the user may not list them
 * @throws ConnectionError, ServerError and what else `fetch` of the connection throws
 */
export async function* listNamespaces(
  connection: Connection,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  let next = "";
  let count = 0;
  do {
    const query = next === "" ? "" : `&continue=${encodeURIComponent(next)}`;
    const list = await get(connection, `/api/v1/namespaces?limit=${PAGE}${query}`, signal);
    const items = listOf(fieldOf(list, "items"));
    const names = items.map((item) => textOf(fieldOf(fieldOf(item, "metadata"), "name")));
    yield names.filter((name) => name !== "");
    count += items.length;
    next = items.length === 0 ? "" : textOf(fieldOf(fieldOf(list, "metadata"), "continue"));
  } while (next !== "" && count < MOST_NAMESPACES);
}

/**
 * Reports whether a cluster has a namespace.
 *
 * @throws as {@link listNamespaces}
 */
export async function hasNamespace(
  connection: Connection,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  return (await get(connection, `/api/v1/namespaces/${encodeURIComponent(name)}`, signal)) !== undefined;
}

/** Gets a JSON object; undefined if the server has none there. */
async function get(connection: Connection, path: string, signal: AbortSignal): Promise<unknown> {
  const response = await connection.fetch(path, { headers: { Accept: "application/json" }, signal });
  const { bytes, isWhole } = await readBody(response, MOST_BYTES);
  if (response.status === 404) {
    return undefined;
  }
  if (!response.ok) {
    const contentType = response.headers.get("content-type") ?? "";
    const error = serverError({ code: response.status, contentType, body: bytes });
    throw response.status === 403 ? new NamespacesForbiddenError(error.message, { cause: error }) : error;
  }
  try {
    if (isWhole) {
      return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    }
  } catch {
    // It is no JSON, as from a proxy that wants a login.
  }
  throw new Error("the server's response is no list of namespaces");
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (Object.getOwnPropertyDescriptor(value, name)?.value as unknown)
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
