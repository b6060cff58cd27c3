// One client of the engine that waits for answers and judges every message it gets.
import { errorShapeSchema, EVENT_TOPICS } from '../../shared/contract/envelope.ts';
import { serveClient } from '../../main/engine/rpc/server.ts';

const PATIENCE_MS = 400;

export class FuzzSession {
  constructor(engine, { onViolation, limitMs }) {
    this.onViolation = onViolation;
    this.limitMs = limitMs;
    this.waiting = new Map();
    this.nextId = 1;
    /** What came for ids that nobody waits for: answers to raw messages. */
    this.stray = 0;
    this.rawIds = new Set();
    this.session = serveClient(engine, { send: (message) => this.take(message) }, { checkOutput: true });
  }

  take(message) {
    let copy;
    try {
      // What travels to a window has to survive the copy.
      copy = structuredClone(message);
    } catch (error) {
      this.onViolation('message', `cannot be copied: ${error.message}`);
      return;
    }
    if ('event' in copy) {
      if (!EVENT_TOPICS.includes(copy.event)) this.onViolation('event', `unknown topic ${copy.event}`);
      return;
    }
    if (!copy.ok && !errorShapeSchema.safeParse(copy.error).success)
      this.onViolation('error', `not in its form: ${JSON.stringify(copy.error).slice(0, 300)}`);
    const waiter = this.waiting.get(copy.id);
    if (waiter) {
      this.waiting.delete(copy.id);
      waiter(copy);
    } else if (this.rawIds.has(copy.id)) this.stray += 1;
    else this.onViolation('reply', `nobody asked for ${copy.id}`);
  }

  /** Sends a call; when it takes long it is cancelled, and then it must answer within the limit. */
  async call(method, params, extra = {}) {
    const id = this.nextId;
    this.nextId += 1;
    const answered = Promise.withResolvers();
    this.waiting.set(id, answered.resolve);
    const began = performance.now();
    const impatient = setTimeout(() => this.session.receive({ v: 1, cancel: id }), PATIENCE_MS);
    const late = setTimeout(() => answered.resolve(null), this.limitMs);
    try {
      this.session.receive({ v: 1, id, method, params, ...extra });
      const reply = await answered.promise;
      return { reply, ms: performance.now() - began };
    } finally {
      clearTimeout(impatient);
      clearTimeout(late);
    }
  }

  /** Sends anything at all. Only a message with a number for an id may be answered. */
  raw(message) {
    const id = typeof message === 'object' && message !== null ? message.id : undefined;
    if (typeof id === 'number') this.rawIds.add(id);
    this.session.receive(message);
  }

  close() {
    return this.session.close();
  }
}
