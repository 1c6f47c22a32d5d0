import type { WireCase } from "../wire-case.ts";
import { wire } from "./build.ts";

/** The user that a request acts as. */
export const impersonation: readonly WireCase[] = [
  wire("a user without credentials does not impersonate", { user: { as: "me" } }),
  wire("a user with a token impersonates another", { user: { token: "abc", as: "me" } }),
  wire("a user with letters beyond ASCII is impersonated", { user: { token: "abc", as: "m\u00e9 \u20ac" } }),
  wire("a user with a uid is impersonated", { user: { token: "abc", as: "me", "as-uid": "4711" } }),
  wire("groups are impersonated in their order", {
    user: { token: "abc", as: "me", "as-groups": ["b", "a", "b", ""] },
  }),
  wire("extras are impersonated", {
    user: { token: "abc", as: "me", "as-user-extra": { scopes: ["view", "edit"] } },
  }),
  wire("everything is impersonated at once", {
    user: {
      token: "abc",
      as: "me",
      "as-uid": "1",
      "as-groups": ["a", "b"],
      "as-user-extra": { one: ["1"], two: ["2", "22"], three: [] },
    },
  }),
  ...Object.entries({
    "with capitals": "Scopes.Of/Me",
    "with a percent sign": "a%b%2f",
    "with a space": "a b",
    "with letters beyond ASCII": "m\u00e9\u20ac\ud83d\ude00",
    "with a colon": "a:b",
    "with all that HTTP allows": "a!#$&'*+-.^_`|~0",
    "with brackets": '(a)<b>@,;\\"[c]?={d}',
    "with a tab": "a\tb",
    "that is empty": "",
    "with a slash": "example.com/scopes",
    "with hyphens and small letters": "x-y-z",
  }).map(([what, key]) =>
    wire(`an extra's key ${what} is encoded`, {
      user: { token: "abc", as: "me", "as-user-extra": { [key]: ["v"] } },
    }),
  ),
  wire("an extra's values are sent as they are", {
    user: { token: "abc", as: "me", "as-user-extra": { k: ["a b", "%2f", "\u00e9", "", "a,b"] } },
  }),
  wire("a uid without a user is refused", { user: { token: "abc", "as-uid": "4711" } }),
  wire("groups without a user are refused", { user: { token: "abc", "as-groups": ["a"] } }),
  wire("extras without a user are refused", { user: { token: "abc", "as-user-extra": { a: ["b"] } } }),
  wire("a user with a line break cannot be impersonated", { user: { token: "abc", as: "a\nb" } }),
  wire("flags impersonate", { flags: ["--as=you", "--as-uid=7", "--as-group=g", "--as-group=h"] }),
  wire("flags go over the file, field by field", {
    user: { token: "abc", as: "me", "as-uid": "4711", "as-groups": ["a"], "as-user-extra": { k: ["v"] } },
    flags: ["--as=you"],
  }),
  wire("groups of a flag take the place of the file's", {
    user: { token: "abc", as: "me", "as-groups": ["a", "b"] },
    flags: ["--as-group=c"],
  }),
  wire("a uid of a flag takes the place of the file's", {
    user: { token: "abc", as: "me", "as-uid": "1" },
    flags: ["--as-uid=2"],
  }),
  wire("a uid flag without a user is refused", { flags: ["--as-uid=2"] }),
  wire("extras of flags are sent", {
    flags: ["--as=you", "--as-user-extra=a=1", "--as-user-extra=b=2", "--as-user-extra", "a=3"],
  }),
  wire("extras of flags take the place of the file's", {
    user: { token: "abc", as: "me", "as-user-extra": { k: ["v"], a: ["0"] } },
    flags: ["--as-user-extra=a=1"],
  }),
  wire("an extra flag with several equals signs ends its key at the first", {
    flags: ["--as=you", "--as-user-extra=a=b=c"],
  }),
  wire("an extra flag without an equals sign is refused", { flags: ["--as=you", "--as-user-extra=a"] }),
  wire("a group flag with commas is one group", { flags: ["--as=you", "--as-group=a,b"] }),
  wire("an empty --as leaves the file's", { user: { token: "abc", as: "me" }, flags: ["--as="] }),
  wire("a password flag does not keep the file's impersonation from being sent", {
    user: { as: "me" },
    flags: ["--username=jane", "--password=geheim"],
  }),
];
