/**
 * Scans wait here for their turn. One after the other is carried out, in the
 * order in which they came; none is dropped because the last one still runs.
 */
export class ScanQueue<S> {
  private readonly waiting: S[] = [];
  private running = false;
  private stopped = false;
  private readonly work: (scan: S) => Promise<void>;

  /** `work` reports its own failures; a scan that fails never holds up the next one. */
  constructor(work: (scan: S) => Promise<void>) {
    this.work = work;
  }

  /** Scans that are not carried out yet, the running one counted. */
  get length(): number {
    return this.waiting.length + (this.running ? 1 : 0);
  }

  add(scan: S): void {
    this.waiting.push(scan);
    if (!this.running && !this.stopped) void this.drain();
  }

  /** Nothing further is started; gives back what was not. */
  stop(): readonly S[] {
    this.stopped = true;
    return this.waiting.splice(0);
  }

  private async drain(): Promise<void> {
    this.running = true;
    for (let scan = this.waiting.shift(); scan !== undefined; scan = this.waiting.shift()) {
      try {
        await this.work(scan);
      } catch {
        // Told by `work`.
      }
    }
    this.running = false;
  }
}
