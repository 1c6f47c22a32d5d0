// The cost of a module that imports nothing.
export const nothing = undefined;
