import { randomBytes } from 'node:crypto';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { BrowserSignIn } from '../channels/contract.ts';
import type { Engine } from '../engine.ts';
import { connectorFor, noteFailure, requireAccount, storedContext } from './accounts.ts';

/** How long a person may take in the browser. */
const PATIENCE_MS = 15 * 60_000;
const PAGES = {
  done: 'Quayside is signed in. You can close this page.',
  failed: 'The sign-in did not work. Go back to Quayside and start it again.',
};

interface Waiting {
  readonly accountId: string;
  readonly browser: BrowserSignIn;
  readonly stop: AbortController;
}

/** Sign-ins that wait for a person, in memory only: one that a restart ended is simply begun again. */
export class SignIns {
  private readonly waiting = new Map<string, Waiting>();

  /** Begins one; an earlier one of the same account ends, for both would listen at the same address. */
  async start(
    engine: Engine,
    input: ParsedParams<'channels.authorizeStart'>,
  ): Promise<Result<'channels.authorizeStart'>> {
    const account = requireAccount(engine.db, input.accountId);
    const connector = connectorFor(engine, account);
    if (!connector.signIn) {
      throw new CodedError(
        'CHANNEL_NOT_SUPPORTED',
        `"${account.name}" is connected with keys that are entered, not with a sign-in`,
        { accountId: account.id },
      );
    }
    for (const [id, other] of this.waiting) if (other.accountId === account.id) await this.end(id);
    const stop = new AbortController();
    const context = await storedContext(engine, account, { signal: stop.signal });
    const browser = await connector.signIn(context, {
      state: randomBytes(32).toString('base64url'),
      pages: input.pages ?? PAGES,
      timeoutMs: PATIENCE_MS,
    });
    // Nobody may be listening yet when it fails.
    browser.done.catch(() => undefined);
    const authorizationId = engine.ports.newId();
    this.waiting.set(authorizationId, { accountId: account.id, browser, stop });
    return { authorizationId, url: browser.address };
  }

  /** Resolves when the tokens are stored; a cancelled wait ends the sign-in and frees its port. */
  async finish(
    engine: Engine,
    authorizationId: string,
    signal: AbortSignal,
  ): Promise<Result<'channels.authorizeFinish'>> {
    const waiting = this.waiting.get(authorizationId);
    if (!waiting) {
      throw new CodedError('NOT_FOUND', 'This sign-in has ended; start it again', { authorizationId });
    }
    const onAbort = (): void => void this.end(authorizationId);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      await waiting.browser.done;
    } catch (error) {
      const cancelled = error instanceof CodedError && error.code === 'CANCELLED';
      const account = requireAccount(engine.db, waiting.accountId);
      if (!cancelled) noteFailure(engine, account, error, 'sign-in');
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.waiting.delete(authorizationId);
    }
    engine.db.runComposed(
      `UPDATE account SET error_code = NULL, error_message = NULL, error_at_ms = NULL,
         status = CASE status WHEN 'auth_required' THEN 'active' ELSE status END WHERE id = :id`,
      { id: waiting.accountId },
    );
    engine.bus.emit('accounts');
    return { accountId: waiting.accountId };
  }

  async close(): Promise<void> {
    for (const id of this.waiting.keys()) await this.end(id);
  }

  private async end(authorizationId: string): Promise<void> {
    const waiting = this.waiting.get(authorizationId);
    this.waiting.delete(authorizationId);
    waiting?.stop.abort();
    await waiting?.browser.close();
  }
}
