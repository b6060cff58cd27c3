import type { Exchange } from '../channels/contract.ts';

/** A batch may take many requests; the trail names the last ones. */
const SHOWN = 4;

/** The requests of one batch, for the trails of its ops. They come redacted: no secrets, no bodies. */
export class ExchangeLog {
  private readonly kept: Exchange[] = [];
  private seen = 0;

  add(exchange: Exchange): void {
    this.seen += 1;
    this.kept.push(exchange);
    if (this.kept.length > SHOWN) this.kept.shift();
  }

  clear(): void {
    this.kept.length = 0;
    this.seen = 0;
  }

  /** "POST /products/batch: 200 in 130 ms"; empty when there were none. */
  text(): string {
    const parts = this.kept.map(describe);
    const more = this.seen - parts.length;
    return [...(more > 0 ? [`${more} more`] : []), ...parts].join(', ');
  }
}

function describe({ method, path, status, ms, headers, error }: Exchange): string {
  const [where = ''] = path.split('?');
  const id = headers['x-request-id'] ?? headers['x-amzn-requestid'];
  const what = status === null ? (error ?? 'no answer') : String(status);
  return `${method} ${where}: ${what} in ${Math.round(ms)} ms${id ? `, request ${id}` : ''}`;
}
