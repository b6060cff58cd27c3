import { fork, type ChildProcess } from 'node:child_process';
import { fromEngineSchema, type FromEngine, type ToEngine } from '#shared/contract/host-protocol.ts';
import type { ClientPort, EngineExit, EngineHost } from './engine-host.ts';

/**
 * The engine as a Node child process: used where the desktop's own Node cannot
 * load the SQLite binding. Window messages are relayed, since a MessagePort
 * cannot travel to another program.
 */
export function startChildHost(options: { entry: string; node: string; env: NodeJS.ProcessEnv }): EngineHost {
  const child: ChildProcess = fork(options.entry, [], {
    execPath: options.node,
    env: options.env,
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const clients = new Map<number, ClientPort>();
  const listeners: ((message: FromEngine) => void)[] = [];
  const exits: ((exit: EngineExit) => void)[] = [];

  const post = (message: ToEngine): void => {
    if (child.connected) child.send(message, () => undefined);
  };

  child.on('message', (raw) => {
    const parsed = fromEngineSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.type === 'client-message') clients.get(message.clientId)?.postMessage(message.data);
    else for (const listener of listeners) listener(message);
  });
  // A failed spawn has no exit event; both lead to the same place once.
  let ended = false;
  const end = (exit: EngineExit): void => {
    if (ended) return;
    ended = true;
    for (const port of clients.values()) port.close();
    clients.clear();
    for (const listener of exits) listener(exit);
  };
  child.once('exit', (code, signal) => end({ code, signal }));
  child.once('error', () => end({ code: null, signal: null }));

  return {
    pid: child.pid,
    send: post,
    onMessage: (listener) => {
      listeners.push(listener);
    },
    onExit: (listener) => {
      exits.push(listener);
    },
    attach: (clientId, port) => {
      clients.get(clientId)?.close();
      clients.set(clientId, port);
      post({ type: 'client-open', clientId });
      port.on('message', ({ data }) => post({ type: 'client-message', clientId, data }));
      port.on('close', () => {
        if (clients.get(clientId) !== port) return;
        clients.delete(clientId);
        post({ type: 'client-close', clientId });
      });
      port.start();
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
