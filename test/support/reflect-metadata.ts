/**
 * The three functions of the Reflect metadata proposal that a dependency of @peculiar/x509 needs when it is loaded.
 * Import this before that package.
 */
const stored = new WeakMap<object, Map<unknown, unknown>>();

function getOwnMetadata(key: unknown, target: object): unknown {
  return stored.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object): unknown {
  const parent: unknown = Object.getPrototypeOf(target);
  return (
    getOwnMetadata(key, target) ??
    (typeof parent === "object" && parent !== null ? getMetadata(key, parent) : undefined)
  );
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
  stored.set(target, (stored.get(target) ?? new Map<unknown, unknown>()).set(key, value));
}

Object.assign(Reflect, { getMetadata, getOwnMetadata, defineMetadata });
