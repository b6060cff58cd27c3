import { utilityProcess, type MessagePortMain } from 'electron';
import { fromEngineSchema, type FromEngine } from '#shared/contract/host-protocol.ts';
import type { EngineExit, EngineHost } from './engine-host.ts';

/** The engine as Electron's utility process: each window's port is handed over, so the desktop's process is not in the data path. */
export function startUtilityHost(options: { entry: string; env: NodeJS.ProcessEnv }): EngineHost {
  const child = utilityProcess.fork(options.entry, [], {
    serviceName: 'Quayside engine',
    env: options.env,
    stdio: 'inherit',
  });
  const listeners: ((message: FromEngine) => void)[] = [];
  const exits: ((exit: EngineExit) => void)[] = [];
  let ended = false;
  child.on('message', (raw: unknown) => {
    const parsed = fromEngineSchema.safeParse(raw);
    if (parsed.success) for (const listener of listeners) listener(parsed.data);
  });
  child.once('exit', (code: number) => {
    if (ended) return;
    ended = true;
    for (const listener of exits) listener({ code, signal: null });
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      if (!ended) child.postMessage(message);
    },
    onMessage: (listener) => {
      listeners.push(listener);
    },
    onExit: (listener) => {
      exits.push(listener);
    },
    attach: (clientId, port) => {
      child.postMessage({ type: 'client-open', clientId }, [port as unknown as MessagePortMain]);
    },
    kill: () => {
      // Electron's own kill asks politely, which an engine that hangs does not hear.
      if (child.pid !== undefined && !ended) process.kill(child.pid, 'SIGKILL');
    },
  };
}
