import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '#shared/errors/coded-error.ts';

/**
 * A sign-in in the person's own browser that comes back to this machine
 * (RFC 8252): a server on the loopback address waits for exactly one answer.
 */
export interface SignInOptions {
  /** Where the browser is sent; it has to carry `redirectUri` and `state`. */
  readonly addressFor: (redirectUri: string, state: string) => URL;
  /** Unguessable, made for this one sign-in. */
  readonly state: string;
  /** A fixed port for platforms that know redirect addresses by heart; 0 = any free one. */
  readonly port: number;
  readonly path: string;
  /** The host in the redirect address; the server itself only listens on 127.0.0.1. */
  readonly host?: 'localhost' | '127.0.0.1';
  /** The platform's own checks of an answer whose state is right; throws when it is not genuine. */
  readonly check?: (answer: URLSearchParams) => void;
  /** How long a person may take. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What the browser shows at the end, plain texts in the person's language. */
  readonly pages: { readonly done: string; readonly failed: string };
}

export interface SignIn {
  /** To be opened in the person's browser. */
  readonly address: string;
  /** The same text has to be sent again when the code is exchanged. */
  readonly redirectUri: string;
  /**
   * The code. Rejects with CHANNEL_AUTH when the person or the platform refused,
   * TIMEOUT when nobody came back, CANCELLED when it was stopped.
   */
  readonly code: Promise<string>;
  close(): Promise<void>;
}

/** Starts to wait. Throws BAD_INPUT when the port is taken. */
export async function startSignIn(options: SignInOptions): Promise<SignIn> {
  const outcome = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    answer(request, response, options, outcome);
  });
  const port = await listen(server, options.port);
  const redirectUri = `http://${options.host ?? '127.0.0.1'}:${port}${options.path}`;
  const timer = setTimeout(() => {
    outcome.reject(new CodedError('TIMEOUT', 'Nobody came back from the sign-in; start it again'));
  }, options.timeoutMs);
  const stop = (): void => outcome.reject(new CodedError('CANCELLED', 'The sign-in was stopped'));
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted) stop();
  const close = async (): Promise<void> => {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    stop();
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await closed;
  };
  // Also when it fails: the port is free again before anybody hears of it.
  const code = outcome.promise.then(
    async (value) => close().then(() => value),
    async (error: unknown) => {
      await close();
      throw error;
    },
  );
  // Nobody may be listening yet when it fails.
  code.catch(() => undefined);
  return { address: options.addressFor(redirectUri, options.state).href, redirectUri, code, close };
}

async function listen(server: Server, port: number): Promise<number> {
  const failed = once(server, 'error').then(([error]) => {
    throw error as Error;
  });
  server.listen(port, '127.0.0.1');
  try {
    await Promise.race([once(server, 'listening'), failed]);
  } catch (error) {
    throw new CodedError(
      'BAD_INPUT',
      `Port ${port} is in use by another program; close it and try again`,
      { port },
      { cause: error },
    );
  }
  failed.catch(() => undefined);
  server.on('error', () => undefined);
  return (server.address() as AddressInfo).port;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: SignInOptions,
  outcome: PromiseWithResolvers<string>,
): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  // A page somewhere else may send the browser here; it knows neither the state nor this host.
  if (request.method !== 'GET' || url.pathname !== options.path || !isOwnHost(request.headers.host)) {
    send(response, 404, options.pages.failed);
    return;
  }
  const given = url.searchParams;
  if (!sameText(given.get('state') ?? '', options.state)) {
    send(response, 400, options.pages.failed);
    return;
  }
  try {
    const code = codeOf(given, options);
    send(response, 200, options.pages.done);
    outcome.resolve(code);
  } catch (error) {
    send(response, 400, options.pages.failed);
    outcome.reject(error);
  }
}

function codeOf(given: URLSearchParams, options: SignInOptions): string {
  const refusal = given.get('error');
  if (refusal) {
    throw new CodedError('CHANNEL_AUTH', `The sign-in was refused (${refusal})`, { channelCode: refusal });
  }
  options.check?.(given);
  const code = given.get('code') ?? '';
  if (code === '') throw new CodedError('CHANNEL_AUTH', 'The sign-in came back without a code', {});
  return code;
}

function isOwnHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
}

/** Takes the same time wherever the texts differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(text);
}
