// What a module costs that imports nothing.
export const nothing = undefined;
