import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import { callFailed, codeOfStatus, networkFault } from './failures.ts';
import { assertSafeUrl } from './safe-url.ts';

/**
 * Stores a document at an address that a channel handed out. The address itself
 * is the permission, so no keys go along. Nothing refers to the document yet: a
 * failure left nothing applied. Throws INSECURE_URL, CANCELLED, CHANNEL_*.
 */
export async function upload(
  context: ChannelContext,
  url: URL,
  document: { readonly bytes: Uint8Array; readonly contentType: string },
  timeoutMs: number,
): Promise<void> {
  assertSafeUrl(url);
  const base = { method: 'PUT', path: url.pathname, applied: 'no' } as const;
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), timeoutMs);
  const signal = context.signal ? AbortSignal.any([context.signal, timer.signal]) : timer.signal;
  try {
    const response = await context.fetch(url.href, {
      method: 'PUT',
      headers: { 'content-type': document.contentType },
      body: Buffer.from(document.bytes),
      redirect: 'error',
      signal,
    });
    await response.body?.cancel();
    if (response.ok) return;
    const message = `${url.host} answered with HTTP ${response.status}`;
    // An address that ended is asked for again; it says nothing about the keys.
    const code = response.status === 403 ? 'CHANNEL_TRANSIENT' : codeOfStatus(response.status);
    throw callFailed(code, message, { ...base, status: response.status });
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (context.signal?.aborted) throw callFailed('CANCELLED', 'Stopped', base, error);
    const fault = networkFault(error);
    const reason = timer.signal.aborted ? 'timeout' : fault.reason;
    const message = `The document could not be handed to ${url.host} (${reason})`;
    throw callFailed(
      fault.code,
      message,
      { ...base, reason, ...(fault.network ? { network: true } : {}) },
      error,
    );
  } finally {
    clearTimeout(timeout);
  }
}
