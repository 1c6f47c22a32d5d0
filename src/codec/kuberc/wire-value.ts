import type { JsonValue } from "../../api/json-value.ts";
import { sortedByName } from "../../go/order.ts";

/**
 * A value as Go's JSON decoder meets it: the members of an object stand in order, and one key may stand twice. A value
 * read from YAML is one too; its keys come sorted, because sigs.k8s.io/yaml turns it into JSON text on the way.
 */
export type WireValue = JsonValue | WireObject | readonly WireValue[];

/** The members of a JSON object in the order of the text. */
export class WireObject {
  readonly members: readonly WireMember[];

  constructor(members: readonly WireMember[]) {
    this.members = members;
  }
}

export type WireMember = readonly [key: string, value: WireValue];

/** The members of an object in the order in which Go meets them; undefined for what is no object. */
export function membersOf(value: WireValue): readonly WireMember[] | undefined {
  if (value instanceof WireObject) {
    return value.members;
  }
  return value instanceof Map ? sortedByName(value as ReadonlyMap<string, JsonValue>) : undefined;
}

/** How deep Go's encoding/json lets lists and objects nest. */
export const MAX_DEPTH = 10_000;

/** Whether lists and objects, empty ones too, nest deeper than Go's JSON decoder follows. */
export function nestsTooDeep(value: WireValue): boolean {
  let containers = [value].filter(isContainer);
  for (let depth = 1; containers.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      return true;
    }
    containers = containers.flatMap(childrenOf).filter(isContainer);
  }
  return false;
}

function isContainer(value: WireValue): boolean {
  return Array.isArray(value) || value instanceof Map || value instanceof WireObject;
}

function childrenOf(value: WireValue): readonly WireValue[] {
  return Array.isArray(value) ? value : (membersOf(value) ?? []).map(([, child]) => child);
}
