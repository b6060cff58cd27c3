import type { EngineEvent, EventTopic } from '#shared/contract/envelope.ts';

/** Rows named in one event; beyond that clients refetch what they show. */
const MAX_RIDS = 1_000;

/**
 * One revision counter and one fan-out. Events leave after the commit they
 * belong to, never before, and one user action sends one event a topic.
 */
export class EventBus {
  private readonly listeners = new Set<(event: EngineEvent) => void>();
  private revision = 0;

  get rev(): number {
    return this.revision;
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(topic: EventTopic, rids?: readonly number[], data?: unknown): void {
    this.revision += 1;
    const event: EngineEvent = {
      event: topic,
      rev: this.revision,
      ...(rids && rids.length <= MAX_RIDS ? { rids } : {}),
      ...(data === undefined ? {} : { data }),
    };
    for (const listener of this.listeners) listener(event);
  }
}
