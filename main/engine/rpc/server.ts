import { cancelSchema, requestSchema, type ToClient } from '#shared/contract/envelope.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { Engine } from '../engine.ts';
import { dispatch } from './dispatch.ts';
import type { StationOfCall } from './handler.ts';

/** One client's end of a port, whatever carries it. */
export interface ClientPort {
  send(message: ToClient): void;
}

export interface ClientSession {
  receive(message: unknown): void;
  /** Stops what the client waits for; resolves when nothing of it runs any more, so that the database may close. */
  close(): Promise<void>;
}

/**
 * Serves one client: parses every envelope, answers every request exactly
 * once, passes events on, and aborts what a closed client was waiting for.
 */
export function serveClient(
  engine: Engine,
  port: ClientPort,
  options: { checkOutput: boolean },
): ClientSession {
  const running = new Map<number, AbortController>();
  const answers = new Set<Promise<void>>();
  const station: StationOfCall = { operator: null };
  const unsubscribe = engine.bus.subscribe((event) => port.send(event));

  const answer = async (raw: unknown): Promise<void> => {
    const cancel = cancelSchema.safeParse(raw);
    if (cancel.success) {
      running.get(cancel.data.cancel)?.abort();
      return;
    }
    const request = requestSchema.safeParse(raw);
    if (!request.success) {
      const id = idOf(raw);
      if (id !== null)
        port.send({ id, ok: false, error: new CodedError('BAD_INPUT', 'Not a request').toShape() });
      return;
    }
    const { id, method, params, requestId } = request.data;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const actor = station.operator?.name ?? engine.actor;
      const call = { actor, requestId, signal: controller.signal, station };
      const result = await dispatch(engine, method, params, call, options);
      port.send({ id, ok: true, result });
    } catch (error) {
      const shape = toErrorShape(error);
      if (shape.code === 'INTERNAL') {
        engine.ports.log.error('call failed', {
          method,
          message: shape.message,
          stack: error instanceof Error ? error.stack : undefined,
        });
      }
      port.send({ id, ok: false, error: { ...shape, details: shape.details } });
    } finally {
      running.delete(id);
    }
  };

  return {
    receive: (message) => {
      const answering = answer(message).finally(() => answers.delete(answering));
      answers.add(answering);
    },
    close: async () => {
      unsubscribe();
      for (const controller of running.values()) controller.abort();
      await Promise.all(answers);
    },
  };
}

function idOf(raw: unknown): number | null {
  return typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'number' ? raw.id : null;
}
