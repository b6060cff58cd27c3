/** The writes whose outcome is not known yet. */
export class PendingWrites {
  private readonly writing = new Set<Promise<void>>();

  /** Marks a write as under way until the returned function is called. */
  begin(): () => void {
    let finish: () => void = () => undefined;
    const write = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.writing.add(write);
    return () => {
      this.writing.delete(write);
      finish();
    };
  }

  /** False while a write is under way: cached rows may show what it is about to change. */
  get settled(): boolean {
    return this.writing.size === 0;
  }

  /** Resolves when every write that was begun before is done. */
  async done(): Promise<void> {
    await Promise.all(this.writing);
  }
}
