/** A layout that cannot be edited in place: its parent has to be rewritten. */
export class Refusal extends Error {}
