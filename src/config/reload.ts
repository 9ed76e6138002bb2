/** What became of reading files again that something was read from before. */
export type Reload =
  | { readonly kind: 'same' }
  /** What they say now is in force. Each change is a line for the operator; there may be none. */
  | { readonly kind: 'taken'; readonly changes: readonly string[] }
  /** What was in force stays. The reason says where and why, one problem on each line. */
  | { readonly kind: 'refused'; readonly reason: string };
