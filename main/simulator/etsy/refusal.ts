/** What the shop answers instead of doing what was asked. */
export class Refusal extends Error {
  readonly status: number;
  /** The body of the answer: Etsy's plain error, or a list of what is wrong with each part. */
  readonly body: unknown;

  constructor(status: number, body: string | readonly { path: string; type: string; message: string }[]) {
    super(typeof body === 'string' ? body : 'invalid');
    this.status = status;
    this.body = typeof body === 'string' ? { error: body } : body;
  }
}
