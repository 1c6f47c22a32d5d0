import type { World } from "./world.ts";

/** A requirement of an attack. */
export type Need = "root" | "kubectl" | "terminal" | "mount namespace";

/** An attack on kcfg, with its verdict. */
export interface Attack {
  /** The kind of fault that it looks for: H1 to H6, M1 to M8, L1 to L7, and S for side files in general. */
  readonly row: string;
  /** What the attacker does, in a sentence. */
  readonly attack: string;
  readonly needs?: readonly Need[];
  /** Sets the attack up, runs it, and throws `NotHeld` where kcfg did not hold. */
  readonly run: (world: World) => Promise<void>;
}

/** Thrown when an attack succeeds: the message says what happened. */
export class NotHeld extends Error {
  override readonly name = "NotHeld";
}

/** Throws NotHeld unless the condition is true. */
export function held(condition: boolean, otherwise: string): void {
  if (!condition) {
    throw new NotHeld(otherwise);
  }
}

/** Runs every variant of an attack to the end, and then reports the ones that kcfg did not hold. */
export async function eachVariant<Variant>(
  variants: readonly Variant[],
  nameOf: (variant: Variant) => string,
  run: (variant: Variant, index: number) => Promise<void>,
): Promise<void> {
  const faults: string[] = [];
  for (const [index, variant] of variants.entries()) {
    try {
      await run(variant, index);
    } catch (error) {
      faults.push(`${nameOf(variant)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (faults.length > 0) {
    const shown = process.env["KCFG_ATTACK_ALL"] === undefined ? 3 : faults.length;
    const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
    throw new NotHeld(
      [`${faults.length} of ${variants.length} variants`, ...faults.slice(0, shown), ...more].join("\n"),
    );
  }
}
