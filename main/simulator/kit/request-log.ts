import type { FaultName } from './fault-plan.ts';

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** Without signatures and secrets. */
  readonly query: Readonly<Record<string, string>>;
  /** Parsed body of a write. */
  readonly body: unknown;
  readonly status: number;
  readonly fault: FaultName | null;
  readonly atMs: number;
  readonly ms: number;
}

/** The newest requests, oldest first. Older ones are forgotten, their number is not. */
export class RequestLog {
  private readonly limit: number;
  private readonly kept: LoggedRequest[] = [];
  private seen = 0;

  constructor(limit = 20_000) {
    this.limit = limit;
  }

  add(request: LoggedRequest): void {
    this.seen += 1;
    this.kept.push(request);
    // Cut in large steps: shifting one at a time would move the whole list each time.
    if (this.kept.length > this.limit * 1.5) this.kept.splice(0, this.kept.length - this.limit);
  }

  get all(): readonly LoggedRequest[] {
    return this.kept;
  }

  get total(): number {
    return this.seen;
  }

  find(method: string, path: RegExp): LoggedRequest[] {
    return this.kept.filter((entry) => entry.method === method && path.test(entry.path));
  }

  clear(): void {
    this.kept.length = 0;
  }
}
