/** The flags, width and precision of a verb (`%+-# 0[width].[precision]`). */
export interface Flags {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  /** `%#v`, which writes Go. */
  readonly goSyntax: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

/** The flags of `print`. */
export const PRINT_FLAGS: Flags = {
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  goSyntax: false,
  width: undefined,
  precision: undefined,
};
