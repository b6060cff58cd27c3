/** Who asks, and how a repeated request is recognised. */
export interface Call {
  readonly actor: string;
  readonly requestId?: string | undefined;
}
