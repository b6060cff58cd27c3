import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open-engine.ts';
import { dispatch } from '../engine/rpc/dispatch.ts';
import { lineLogger, systemPorts } from '../engine/system-ports.ts';
import { DATABASE_FILE } from '../engine/workspace.ts';
import { crashAt } from '../process/crash-at.ts';
import { createKeyfileVault, defaultKeyFile, VAULT_FILE } from '../secrets/keyfile-vault.ts';
import { showProgress } from './progress.ts';

export interface Session {
  readonly engine: Engine;
  /** Aborted by Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal;
  call<M extends MethodName>(method: M, params: Params<M>, requestId?: string): Promise<Result<M>>;
  callByName(method: string, params: unknown, requestId?: string): Promise<unknown>;
}

/** The folder named with --workspace, else QUAYSIDE_WORKSPACE, else the current one when it is a workspace. */
export function workspaceDir(option: string | undefined): string {
  const named = option ?? process.env['QUAYSIDE_WORKSPACE'];
  if (named) return resolve(named);
  if (existsSync(join(process.cwd(), DATABASE_FILE))) return process.cwd();
  throw new CodedError(
    'WORKSPACE_MISSING',
    'Say which workspace: --workspace DIR (or set QUAYSIDE_WORKSPACE)',
  );
}

/** The keys of a workspace, sealed with a key file outside it. */
export function keyfileVault(dir: string): ReturnType<typeof createKeyfileVault> {
  return createKeyfileVault({
    vaultFile: join(dir, VAULT_FILE),
    keyFile: process.env['QUAYSIDE_VAULT_KEY'] ?? defaultKeyFile(),
  });
}

/**
 * Opens the workspace, runs `work`, closes it. Ctrl+C and SIGTERM stop running
 * jobs at their next safe point instead of tearing them apart.
 */
export async function withWorkspace<T>(
  option: string | undefined,
  work: (session: Session) => Promise<T>,
  options: { create?: boolean } = {},
): Promise<T> {
  const dir = workspaceDir(option);
  const debug = process.env['QUAYSIDE_LOG'] === '1';
  const ports = systemPorts(
    keyfileVault(dir),
    lineLogger(debug ? (line) => process.stderr.write(`${line}\n`) : () => undefined),
  );
  const atPoint = crashAt(process.env['QUAYSIDE_CRASH_AT']);
  const opened = await openEngine({
    dir,
    create: options.create ?? false,
    ports: atPoint ? { ...ports, atPoint } : ports,
    actor: 'cli',
  });
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const hideProgress = showProgress(opened.engine);
  const callByName = (method: string, params: unknown, requestId?: string): Promise<unknown> =>
    dispatch(
      opened.engine,
      method,
      params,
      { actor: 'cli', requestId, signal: stop.signal },
      { checkOutput: true },
    );
  try {
    return await work({
      engine: opened.engine,
      signal: stop.signal,
      callByName,
      call: async <M extends MethodName>(method: M, params: Params<M>, requestId?: string) =>
        (await callByName(method, params, requestId)) as Result<M>,
    });
  } finally {
    hideProgress();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await opened.close();
  }
}
