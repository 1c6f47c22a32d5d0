/** A function of a template refuses its arguments. */
export class FunctionError extends Error {}
