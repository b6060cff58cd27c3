import { fromEngineSchema, type FromEngine, type ToEngine } from '#shared/contract/host-protocol.ts';
import type { ClientPort, EngineExit, EngineHost } from '../app/engine-host/engine-host.ts';
import type { ClientPipe, ControlChannel } from '../process/control-channel.ts';
import { serveEngineProcess } from '../process/engine-process.ts';

/**
 * The engine in the process of the test. Messages are cloned on the way, as
 * between processes; `kill` cuts every line first, so that nothing that the
 * engine still says is heard.
 */
export function startInProcessHost(): EngineHost {
  const listeners: ((message: FromEngine) => void)[] = [];
  const exits: ((exit: EngineExit) => void)[] = [];
  const ports = new Map<number, ClientPort>();
  let toEngine: (message: unknown, pipe: ClientPipe | null) => void = () => undefined;
  let cut = false;
  let ended = false;

  const end = (): void => {
    if (ended) return;
    ended = true;
    for (const port of ports.values()) port.close();
    ports.clear();
    for (const listener of exits)
      listener(cut ? { code: null, signal: 'SIGKILL' } : { code: 0, signal: null });
  };
  const channel: ControlChannel = {
    send: (message) => {
      if (cut || ended) return;
      const parsed = fromEngineSchema.parse(structuredClone(message));
      queueMicrotask(() => {
        for (const listener of listeners) listener(parsed);
      });
    },
    onMessage: (listener) => {
      toEngine = listener;
    },
    end: () => queueMicrotask(end),
  };
  const deliver = (message: ToEngine, pipe: ClientPipe | null = null): void => {
    if (ended) return;
    const copy = structuredClone(message);
    queueMicrotask(() => toEngine(copy, pipe));
  };
  queueMicrotask(() =>
    serveEngineProcess({
      channel,
      startSample: () => Promise.reject(new Error('no sample store in this test')),
      checkOutput: true,
    }),
  );

  return {
    pid: process.pid,
    send: (message) => deliver(message),
    onMessage: (listener) => {
      listeners.push(listener);
    },
    onExit: (listener) => {
      exits.push(listener);
    },
    attach: (clientId, port) => {
      ports.get(clientId)?.close();
      ports.set(clientId, port);
      deliver(
        { type: 'client-open', clientId },
        pipeOver(port, () => cut || ended),
      );
    },
    kill: () => {
      cut = true;
      deliver({ type: 'shutdown' });
    },
  };
}

function pipeOver(port: ClientPort, isCut: () => boolean): ClientPipe {
  return {
    send: (message) => {
      if (!isCut()) port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
  };
}
