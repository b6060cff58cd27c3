import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultPlan, FaultTarget } from './fault-plan.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';

export interface SimRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface SimAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** The records of a list answer, for the faults that repeat or reorder pages. */
  readonly isList?: boolean;
}

export interface SimServerOptions {
  readonly port: number;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly answer: (request: SimRequest) => SimAnswer;
  /** What the log keeps of a request; secrets left out. */
  readonly describe: (request: SimRequest) => Pick<LoggedRequest, 'query' | 'body'>;
  /** What faults are aimed at; by default method and path. For platforms that have one path for everything. */
  readonly targetOf?: (request: SimRequest) => FaultTarget;
  /** The body of a list answer with its records the other way round; by default of a JSON array. */
  readonly reorder?: (body: string) => string;
  /** Paths that never go wrong, such as pictures. */
  readonly spared: (path: string) => boolean;
  /** The platform's own body for an error status. */
  readonly errorBody: (status: number) => string;
}

export interface SimServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const LARGEST_BODY = 32 * 1024 * 1024;

/** An HTTP server on the loopback address that misbehaves as planned. */
export async function startSimServer(options: SimServerOptions): Promise<SimServer> {
  const lastList = new Map<string, SimAnswer>();
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, options, lastList).catch(() => incoming.socket.destroy());
  });
  // Clients keep connections for a while; the server must not close first and break the next request.
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  const failed = once(server, 'error').then(([error]) => {
    throw error as Error;
  });
  server.listen(port, '127.0.0.1');
  await Promise.race([once(server, 'listening'), failed]);
  // From here on an error is a broken connection, which the client notices itself.
  server.on('error', () => undefined);
  failed.catch(() => undefined);
  return (server.address() as AddressInfo).port;
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: SimServerOptions,
  lastList: Map<string, SimAnswer>,
): Promise<void> {
  const started = performance.now();
  const body = await readBody(incoming);
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? '127.0.0.1'}`);
  const request: SimRequest = {
    method: incoming.method ?? 'GET',
    url,
    headers: incoming.headers as Record<string, string | undefined>,
    body,
  };
  const target = options.targetOf?.(request) ?? { method: request.method, path: url.pathname };
  const fault = options.spared(url.pathname) ? null : options.faults.next(target);
  const early = fault ? earlyAnswer(fault, options) : undefined;
  const proper = early === undefined ? options.answer(request) : null;
  const answer =
    early ??
    (proper && fault ? bent(proper, fault, { last: lastList.get(target.path), ...options }) : proper);
  if (proper?.isList && proper.status === 200) lastList.set(target.path, proper);
  options.log.add({
    method: request.method,
    path: url.pathname,
    ...options.describe(request),
    status: answer?.status ?? 0,
    fault: fault?.name ?? null,
    atMs: Date.now(),
    ms: performance.now() - started,
  });
  if (fault?.name === 'slow' || fault?.name === 'timeout-after-apply') await sleep(fault.delayMs);
  if (answer === null || fault?.name === 'timeout-after-apply') {
    incoming.socket.destroy();
    return;
  }
  send(outgoing, answer, fault);
}

/** Faults that strike before the request reaches the shop. null = the connection breaks. */
function earlyAnswer(fault: Fault, options: SimServerOptions): SimAnswer | null | undefined {
  const retry: Record<string, string> =
    fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter) };
  const json = { 'content-type': 'application/json; charset=UTF-8' };
  switch (fault.name) {
    case 'rate-limit':
      return { status: 429, headers: { ...json, ...retry }, body: options.errorBody(429) };
    case 'unavailable':
      return { status: 503, headers: { ...json, ...retry }, body: options.errorBody(503) };
    case 'server-error':
      return { status: 500, headers: json, body: options.errorBody(500) };
    case 'drop':
      return null;
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: HTML_PAGE };
    default:
      return undefined;
  }
}

/** Faults that strike on the way back: whatever was asked for has been done. */
function bent(
  answer: SimAnswer,
  fault: Fault,
  { last, reorder = reversed }: Pick<SimServerOptions, 'reorder'> & { last: SimAnswer | undefined },
): SimAnswer {
  switch (fault.name) {
    case 'gateway-timeout':
      return { status: 504, headers: { 'content-type': 'text/html' }, body: GATEWAY_PAGE };
    case 'duplicate-page':
      return answer.isList && last ? last : answer;
    case 'reordered-page':
      return answer.isList ? { ...answer, body: reorder(String(answer.body)) } : answer;
    default:
      return answer;
  }
}

function reversed(body: string): string {
  return JSON.stringify((JSON.parse(body) as unknown[]).toReversed());
}

function send(outgoing: ServerResponse, answer: SimAnswer, fault: Fault | null): void {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body, 'utf8');
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) });
  if (fault?.name !== 'truncated') {
    outgoing.end(body);
    return;
  }
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.socket?.destroy());
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const part = chunk as Buffer;
    size += part.length;
    if (size > LARGEST_BODY) throw new RangeError('The request is too large');
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const HTML_PAGE = `<!DOCTYPE html><html><head><title>Just a moment...</title></head>
<body><h1>Checking your browser</h1><p>This shop is protected.</p></body></html>`;
const GATEWAY_PAGE =
  '<html><head><title>504 Gateway Time-out</title></head><body><h1>504 Gateway Time-out</h1></body></html>';
