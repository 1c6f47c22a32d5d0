import { registerHooks } from "node:module";
import process from "node:process";

/** Has "@kubernetes/client-node" mean the copy that CLIENT_NODE names. */
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === "@kubernetes/client-node" ? process.env["CLIENT_NODE"] : specifier, context),
});
