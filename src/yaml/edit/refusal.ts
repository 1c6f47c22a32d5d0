/** A layout that cannot be edited in place. What holds it has to be written anew. */
export class Refusal extends Error {}
