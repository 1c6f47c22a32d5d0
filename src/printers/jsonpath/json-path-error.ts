/** A JSONPath template that does not parse or cannot be run, in the words of client-go's `util/jsonpath`. */
export class JsonPathError extends Error {
  override readonly name = "JsonPathError";
}
