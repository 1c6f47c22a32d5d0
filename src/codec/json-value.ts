export type { JsonObject, JsonValue } from "../api/json-value.ts";
export { compareGoStrings } from "./go-order.ts";
