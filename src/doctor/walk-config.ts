import type { SourceNode } from "../yaml/source-tree.ts";
import type { EntryKind } from "./examination-input.ts";
import type { FieldShape, StructShape } from "./field-shapes.ts";
import { KUBECONFIG } from "./field-shapes.ts";

/** The entry that something belongs to. */
export interface Owner {
  readonly kind: EntryKind;
  readonly name: string;
}

/** A part of a kubeconfig. */
export type Visit = {
  readonly owner: Owner | undefined;
  readonly path: readonly (string | number)[];
  readonly node: SourceNode;
} & (
  | { readonly what: "scalar"; readonly shape: ScalarShape }
  /** A field that its mapping does not have. */
  | {
      readonly what: "unknown";
      readonly name: string;
      readonly struct: StructShape;
      readonly around: SourceNode;
    }
  /** A key that is not the name of a field. */
  | { readonly what: "key"; readonly name: string }
  /** An element of a list of named entries whose name is a repetition. */
  | { readonly what: "duplicate"; readonly name: string; readonly first: SourceNode }
  /** An element of a list of clusters, users or contexts without a name. */
  | { readonly what: "unnamed"; readonly kind: EntryKind }
);

/** What a scalar is to be, where only the scalars in a field matter. */
type ScalarShape = "text" | "flag" | "bytes" | "free";

/** Reports whether a scalar need not be visited: most need not, and every visit costs time. */
export type IsPlain = (shape: ScalarShape, node: SourceNode) => boolean;

/** Walks a kubeconfig from top to bottom. Visits the target of aliases once, and no scalar that is plain. */
export function* walkConfig(root: SourceNode, isPlain: IsPlain = () => false): Generator<Visit> {
  yield* walk(root, KUBECONFIG, { owner: undefined, path: [], seen: new Set(), isPlain });
}

interface WalkContext {
  readonly owner: Owner | undefined;
  readonly path: readonly (string | number)[];
  readonly seen: Set<unknown>;
  readonly isPlain: IsPlain;
}

/** Reports whether there is nothing to visit at a node. */
function isDull(node: SourceNode, shape: FieldShape, { isPlain }: WalkContext): boolean {
  if (node.fields.size > 0 || node.items.length > 0) {
    return false;
  }
  const isScalar = typeof node.value !== "object" || node.value === null;
  return typeof shape !== "string" || !isScalar || isPlain(shape, node);
}

function* walk(node: SourceNode, shape: FieldShape, way: WalkContext): Generator<Visit> {
  if (isDull(node, shape, way)) {
    return;
  }
  if (node.fields.size === 0 && node.items.length === 0) {
    if (typeof shape === "string") {
      yield { what: "scalar", shape, node, owner: way.owner, path: way.path };
    }
    return;
  }
  if (isSeen(node, way.seen)) {
    return;
  }
  if (shape === "free") {
    yield* walkFree(node, way);
  } else if (typeof shape === "object") {
    switch (shape.kind) {
      case "struct":
        yield* walkStruct(node, shape, way);
        break;
      case "list":
        yield* walkList(node, shape.items, way);
        break;
      default:
        yield* walkMap(node, shape.values, way);
    }
  }
}

function isSeen({ fields, items }: SourceNode, seen: Set<unknown>): boolean {
  const content = fields.size > 0 ? fields : items;
  if (seen.has(content)) {
    return true;
  }
  seen.add(content);
  return false;
}

function* walkStruct(node: SourceNode, shape: StructShape, way: WalkContext): Generator<Visit> {
  for (const [name, value] of node.fields) {
    const field = shape.fields.get(name);
    if (field !== undefined && isDull(value, field, way)) {
      continue;
    }
    const { owner } = way;
    const path = [...way.path, name];
    if (field === undefined) {
      yield { what: "unknown", name, node: value, struct: shape, around: node, owner, path };
    } else {
      yield* walk(value, field, { ...way, path });
    }
  }
}

const OWNERS: ReadonlyMap<string | number | undefined, EntryKind> = new Map([
  ["clusters", "cluster"],
  ["users", "user"],
  ["contexts", "context"],
]);

function* walkList(node: SourceNode, items: FieldShape, way: WalkContext): Generator<Visit> {
  const isNamed = typeof items === "object" && items.kind === "struct" && items.fields.size === 2;
  const hasUniqueNames = isNamed && !items.fields.has("value");
  const firsts = new Map<string, SourceNode>();
  const kind = way.path.length === 1 ? OWNERS.get(way.path[0]) : undefined;
  for (const [index, item] of node.items.entries()) {
    const path = [...way.path, index];
    const given = item.fields.get("name")?.value ?? "";
    const name = typeof given === "string" ? given : "";
    const owner = kind === undefined ? way.owner : { kind, name };
    if (kind !== undefined && (given ?? "") === "" && item.fields.size > 0) {
      yield { what: "unnamed", kind, node: item, owner, path };
    }
    const first = hasUniqueNames ? firsts.get(name) : undefined;
    if (first !== undefined) {
      yield { what: "duplicate", name, first, node: item, owner, path };
    }
    if (isAbsent(item, items)) {
      firsts.delete(name);
    } else if (first === undefined && typeof given === "string") {
      firsts.set(name, item);
    }
    yield* walk(item, items, { ...way, owner, path });
  }
}

/**
 * Reports whether an element counts as absent: client-go drops an extension that is null, so its name may be repeated.
 */
function isAbsent(item: SourceNode, shape: FieldShape): boolean {
  const isExtension = typeof shape === "object" && shape.kind === "struct" && shape.fields.has("extension");
  return isExtension && (item.fields.get("extension")?.value ?? null) === null;
}

function* walkMap(node: SourceNode, values: FieldShape, way: WalkContext): Generator<Visit> {
  for (const [name, value] of node.fields) {
    const path = [...way.path, name];
    yield { what: "key", name, node: value, owner: way.owner, path };
    yield* walk(value, values, { ...way, path });
  }
}

/** Walks free data with a stack of its own, since it may be nested without limit. */
function* walkFree(start: SourceNode, { owner, path, seen }: WalkContext): Generator<Visit> {
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const isMapping = node.fields.size > 0;
    const children = isMapping ? [...node.fields] : node.items.map((item) => ["", item] as const);
    for (const [name, child] of children.toReversed()) {
      if (isMapping) {
        yield { what: "key", name, node: child, owner, path };
      }
      if (child.fields.size === 0 && child.items.length === 0) {
        yield { what: "scalar", shape: "free", node: child, owner, path };
      } else if (!isSeen(child, seen)) {
        pending.push(child);
      }
    }
  }
}
