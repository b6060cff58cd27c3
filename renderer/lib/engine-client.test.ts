import { describe, expect, it, vi } from 'vitest';
import type { FromClient, Request, ToClient } from '#shared/contract/envelope.ts';
import { EngineClient, type EnginePort } from './engine-client.ts';

/** A port whose other end is the test. */
class TestPort implements EnginePort {
  readonly sent: FromClient[] = [];
  closed = false;
  private listener: (event: MessageEvent) => void = () => undefined;

  addEventListener(_type: 'message', listener: (event: MessageEvent) => void): void {
    this.listener = listener;
  }
  start(): void {}
  close(): void {
    this.closed = true;
  }
  postMessage(message: FromClient): void {
    this.sent.push(message);
  }
  say(message: ToClient): void {
    this.listener({ data: message } as MessageEvent);
  }
  request(index: number): Request {
    const message = this.sent[index];
    if (!message || !('method' in message)) throw new Error(`nothing was asked at ${index}`);
    return message;
  }
}

const nothing = { id: 0, ok: true, result: {} } as const;

describe('client of the engine', () => {
  it('asks when a port comes, and again on the next one with the same request id', async () => {
    const client = new EngineClient();
    const undo = client.call('history.undo', {});
    const first = new TestPort();
    client.attach(first);
    const asked = first.request(0);
    expect(asked).toMatchObject({ v: 1, method: 'history.undo', params: {} });
    expect(asked.requestId).toMatch(/^[0-9a-f-]{36}$/);

    client.detach();
    expect(first.closed).toBe(true);
    const second = new TestPort();
    client.attach(second);
    expect(second.request(0)).toEqual(asked);
    second.say({ ...nothing, id: asked.id });
    await expect(undo).resolves.toEqual({});
    const third = new TestPort();
    client.attach(third);
    expect(third.sent).toEqual([]);
  });

  it('gives queries no request id and passes coded errors on', async () => {
    const client = new EngineClient();
    const port = new TestPort();
    client.attach(port);
    const query = client.call('views.rows', { viewId: 'x', fields: ['title'] });
    const { id, requestId } = port.request(0);
    expect(requestId).toBeUndefined();
    port.say({ id, ok: false, error: { code: 'VIEW_GONE', message: 'gone', retryable: false } });
    await expect(query).rejects.toMatchObject({ code: 'VIEW_GONE', message: 'gone' });
  });

  it('tells the engine about a call that is given up', async () => {
    const client = new EngineClient();
    const port = new TestPort();
    client.attach(port);
    const stop = new AbortController();
    const call = client.call('workspace.verify', {}, { signal: stop.signal });
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(port.sent.at(-1)).toEqual({ v: 1, cancel: port.request(0).id });
  });

  it('gives up after the time of the method', async () => {
    vi.useFakeTimers();
    try {
      const client = new EngineClient();
      const call = client.call('status.get', {});
      const failure = call.catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(await failure).toMatchObject({ code: 'TIMEOUT', retryable: true });
    } finally {
      vi.useRealTimers();
    }
  });

  it('refuses everything that waits when the engine will not come back', async () => {
    const client = new EngineClient();
    const call = client.call('today.get', {});
    client.fail();
    await expect(call).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });

  it('hands events to listeners until they leave', () => {
    const client = new EngineClient();
    const port = new TestPort();
    client.attach(port);
    const heard: string[] = [];
    const leave = client.onEvent(({ event }) => heard.push(event));
    port.say({ event: 'jobs', rev: 1 });
    leave();
    port.say({ event: 'orders', rev: 2 });
    expect(heard).toEqual(['jobs']);
  });
});
