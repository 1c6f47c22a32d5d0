/** A cluster entry without any field. client-go's `ErrEmptyCluster`, which sometimes means an empty config. */
export class EmptyClusterError extends Error {
  override readonly name = "EmptyClusterError";

  constructor() {
    super("cluster has no server defined");
  }
}
